package dev.hookferry.outbox;

import java.time.Instant;
import java.util.Objects;

/**
 * An outbox row that could not become an event. Its values are as the producer wrote them, so they
 * may violate any rule for events.
 *
 * @param id its id in the table of rejected rows
 * @param eventId the event id
 * @param site the site
 * @param type the event type
 * @param data the first 1,000 characters of its data
 * @param reason the rule that it violates
 * @param rejectedAt when it was rejected, by the database's clock
 */
public record RejectedRow(
    long id,
    String eventId,
    String site,
    String type,
    String data,
    String reason,
    Instant rejectedAt) {
  /** Maximum number of characters of the data. */
  public static final int SHOWN = 1_000;

  public RejectedRow {
    Objects.requireNonNull(eventId, "eventId");
    Objects.requireNonNull(site, "site");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(data, "data");
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(rejectedAt, "rejectedAt");
  }

  /** Returns the row without its data, which may be confidential. */
  @Override
  public String toString() {
    return "RejectedRow[" + id + ", " + eventId + ", " + reason + "]";
  }
}
