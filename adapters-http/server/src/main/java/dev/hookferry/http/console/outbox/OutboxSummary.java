package dev.hookferry.http.console.outbox;

import dev.hookferry.http.console.frame.StatePill;
import dev.hookferry.http.words.DisplayTime;
import dev.hookferry.http.words.NumberText;
import dev.hookferry.outbox.OutboxStatus;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An outbox for display. Values its database did not return are {@code unknown}.
 *
 * @param pill its state
 * @param oldest when the oldest waiting row was inserted
 * @param rejected the number of rejected rows
 * @param hasRejected whether there may be rejected rows
 * @param problem the problem that stops the relay, or empty
 */
public record OutboxSummary(
    String name,
    StatePill pill,
    String waiting,
    DisplayTime oldest,
    String rejected,
    boolean hasRejected,
    String relayed,
    String table,
    String place,
    String problem) {
  static OutboxSummary of(OutboxStatus status, Instant now) {
    Long rejected = status.rejected();
    return new OutboxSummary(
        status.name(),
        status.problem() == null
            ? new StatePill("good", status.state(), StatePill.TICK)
            : new StatePill("bad", status.state(), StatePill.CROSS),
        figure(status.pending()),
        DisplayTime.of(status.oldest(), now),
        figure(rejected),
        rejected == null || rejected > 0,
        figure(status.relayed()),
        status.table(),
        status.place(),
        Objects.requireNonNullElse(status.problem(), ""));
  }

  private static String figure(@Nullable Long number) {
    return number == null ? "unknown" : NumberText.of(number);
  }
}
