package dev.hookferry.jdbc.outbox;

import dev.hookferry.Events;
import dev.hookferry.event.NewEvent;
import dev.hookferry.event.Payload;
import dev.hookferry.id.EventId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Problems;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A row of the outbox as its producer wrote it; nothing about it is checked.
 *
 * @param data the data, or null if it is too large to be read
 * @param length size of the data in bytes, or in characters
 * @param occurredAt when the event happened, or when the row was inserted if the row does not say;
 *     null if it is not a time
 * @param options the optional fields; null if {@code deliver_at} is not a time
 */
record OutboxRow(
    long id,
    String eventId,
    String site,
    String type,
    @Nullable String data,
    long length,
    @Nullable Instant occurredAt,
    @Nullable String idempotencyKey,
    @Nullable OptionColumns options) {
  private static final String TIME = "must be a time in RFC 3339, such as 2026-11-27T12:00:00.000Z";

  static final String COLUMNS =
      "id, event_id, site, type, CASE WHEN %1$s <= "
          + Events.MAX_DATA
          + " THEN data END AS data, %1$s AS data_length, occurred_at, idempotency_key, created_at, "
          + OptionColumns.NAMES;

  static OutboxRow read(OutboxDialect dialect, ResultSet row, boolean hasTrace)
      throws SQLException {
    return new OutboxRow(
        row.getLong("id"),
        text(row, "event_id"),
        text(row, "site"),
        text(row, "type"),
        row.getString("data"),
        row.getLong("data_length"),
        time(dialect, row),
        row.getString("idempotency_key"),
        options(dialect, row, hasTrace));
  }

  private static String text(ResultSet row, String column) throws SQLException {
    String text = row.getString(column);
    return text == null ? "" : text;
  }

  private static @Nullable Instant time(OutboxDialect dialect, ResultSet row) throws SQLException {
    try {
      Instant said = dialect.readTime(row, "occurred_at");
      return said == null ? dialect.readTime(row, "created_at") : said;
    } catch (InvalidException e) {
      return null;
    }
  }

  private static @Nullable OptionColumns options(
      OutboxDialect dialect, ResultSet row, boolean hasTrace) throws SQLException {
    try {
      return OptionColumns.read(dialect, row, hasTrace);
    } catch (InvalidException e) {
      return null;
    }
  }

  /**
   * Returns the site.
   *
   * @throws InvalidException if no site can have this name
   */
  SiteId siteId() {
    return new SiteId(site);
  }

  /**
   * Returns the event.
   *
   * @throws InvalidException with everything that is wrong with the row in itself
   */
  NewEvent event() {
    Problems problems = new Problems();
    problems.collect("", this::siteId);
    EventType eventType = problems.collect("", () -> new EventType(type));
    EventId id = problems.collect("", () -> new EventId(eventId));
    problems.require(occurredAt != null, "occurred_at", TIME);
    problems.require(
        data != null,
        "data",
        "must have " + Events.MAX_DATA + " bytes at most (has " + length + ")");
    problems.require(options != null, "deliver_at", TIME);
    Outbox.requireKey(problems, idempotencyKey);
    problems.throwIfAny();
    NewEvent event =
        NewEvent.of(Objects.requireNonNull(eventType), Payload.of(Objects.requireNonNull(data)))
            .id(Objects.requireNonNull(id))
            .occurredAt(Objects.requireNonNull(occurredAt));
    event = idempotencyKey == null ? event : event.idempotencyKey(idempotencyKey);
    event = Objects.requireNonNull(options).addTo(event, problems);
    problems.throwIfAny();
    return event;
  }
}
