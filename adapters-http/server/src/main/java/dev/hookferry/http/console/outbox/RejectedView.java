package dev.hookferry.http.console.outbox;

import dev.hookferry.http.words.DisplayTime;
import dev.hookferry.outbox.RejectedRow;
import java.time.Instant;

/**
 * A rejected row for display.
 *
 * @param data the beginning of its data
 */
public record RejectedView(
    long id,
    String event,
    String site,
    String type,
    String reason,
    DisplayTime rejected,
    String data) {
  static RejectedView of(RejectedRow row, Instant now) {
    boolean cut = row.data().length() >= RejectedRow.SHOWN;
    return new RejectedView(
        row.id(),
        row.eventId(),
        row.site(),
        row.type(),
        row.reason(),
        DisplayTime.of(row.rejectedAt(), now),
        cut ? row.data() + "…" : row.data());
  }
}
