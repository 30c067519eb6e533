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
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A row of the outbox as its producer wrote it.
 *
 * @param eventId the event id; empty if the row has none
 * @param site the site; empty if the row has none
 * @param type the event type; empty if the row has none
 * @param data the data, or null if the row has none
 * @param occurredAt when the event happened; null if the row has no time
 * @param createdAt when the row was inserted, for an event without a time of its own
 * @param unreadable problems of columns that are too long to be read, or are not valid times
 */
record OutboxRow(
    long id,
    String eventId,
    String site,
    String type,
    @Nullable String data,
    @Nullable Instant occurredAt,
    @Nullable Instant createdAt,
    @Nullable String idempotencyKey,
    OptionColumns options,
    Problems unreadable) {
  /** The number of rows that are fetched first; their size shows how many more fit into memory. */
  static final int FETCH = 50;

  /** The size of a batch, not counting its last row. */
  private static final long MAX_TOTAL_LENGTH = 8 << 20;

  /** Maximum length in bytes: far more than any valid value needs, however it is escaped. */
  private static final int MAX_LENGTH = 1 << 16;

  private static final List<String> TEXTS =
      List.of(
          "event_id",
          "site",
          "type",
          "idempotency_key",
          "labels",
          "addressed_to",
          "ordering_key",
          "routing",
          "subject");
  private static final List<String> TIMES = List.of("occurred_at", "created_at", "deliver_at");
  private static final List<String> TRACE = List.of("traceparent", "tracestate");

  /**
   * Returns the columns to select. A string that is too long, which may not even fit into memory,
   * is null, and {@code too_long} names its column. A trace that is too long is just null, and
   * ignored like a malformed one.
   */
  static String columns(OutboxDialect dialect, boolean hasTrace) {
    List<String> texts = new ArrayList<>(TEXTS);
    List<String> columns = new ArrayList<>(List.of("id"));
    if (dialect.hasTextTimes()) {
      texts.addAll(TIMES);
    } else {
      columns.addAll(TIMES);
    }
    StringBuilder tooLong = new StringBuilder("CASE");
    for (String text : texts) {
      String size = dialect.length(dialect.text(text));
      columns.add(ifShort(size, MAX_LENGTH, text));
      tooLong.append(" WHEN %s > %d THEN '%s'".formatted(size, MAX_LENGTH, text));
    }
    columns.add(tooLong + " END AS too_long");
    String dataSize = dialect.length("data");
    columns.add(ifShort(dataSize, Events.MAX_DATA, "data"));
    columns.add(dataSize + " AS data_length");
    if (hasTrace) {
      TRACE.forEach(text -> columns.add(shortText(dialect, text)));
    }
    return String.join(", ", columns);
  }

  /** Returns a text column to select, which is null for a string that is too long to be valid. */
  static String shortText(OutboxDialect dialect, String column) {
    return ifShort(dialect.length(dialect.text(column)), MAX_LENGTH, column);
  }

  private static String ifShort(String size, int maxLength, String column) {
    return "CASE WHEN %s <= %d THEN %s END AS %s".formatted(size, maxLength, column, column);
  }

  /**
   * Reads the result of a query for these {@link #columns}.
   *
   * @param limit the maximum number of rows; fewer if they are large
   */
  static List<OutboxRow> readAll(
      OutboxDialect dialect, ResultSet found, boolean hasTrace, int limit) throws SQLException {
    List<OutboxRow> rows = new ArrayList<>();
    long length = 0;
    while (rows.size() < limit && length < MAX_TOTAL_LENGTH && found.next()) {
      OutboxRow row = read(dialect, found, hasTrace);
      rows.add(row);
      length += row.length();
      if (rows.size() == FETCH) {
        long fitting = MAX_TOTAL_LENGTH * FETCH / Math.max(1, length);
        found.setFetchSize((int) Math.max(FETCH, Math.min(limit, fitting)));
      }
    }
    return rows;
  }

  /** Reads the current row of a query for these {@link #columns}. */
  static OutboxRow read(OutboxDialect dialect, ResultSet row, boolean hasTrace)
      throws SQLException {
    Problems unreadable = new Problems();
    String tooLong = row.getString("too_long");
    if (tooLong != null) {
      unreadable.add(tooLong, "must be at most " + MAX_LENGTH + " bytes");
    }
    long size = row.getLong("data_length");
    unreadable.require(
        size <= Events.MAX_DATA,
        "data",
        "must be at most " + Events.MAX_DATA + " bytes (has " + size + ")");
    Instant occurredAt = time(dialect, row, "occurred_at", unreadable);
    return new OutboxRow(
        row.getLong("id"),
        text(row, "event_id"),
        text(row, "site"),
        text(row, "type"),
        row.getString("data"),
        occurredAt,
        occurredAt == null ? time(dialect, row, "created_at", unreadable) : null,
        row.getString("idempotency_key"),
        OptionColumns.read(row, time(dialect, row, "deliver_at", unreadable), hasTrace),
        unreadable);
  }

  /** Reads a string; empty if there is none. */
  static String text(ResultSet row, String column) throws SQLException {
    String text = row.getString(column);
    return text == null ? "" : text;
  }

  private static @Nullable Instant time(
      OutboxDialect dialect, ResultSet row, String column, Problems problems) throws SQLException {
    try {
      return dialect.readTime(row, column);
    } catch (InvalidException e) {
      e.problems().forEach(problem -> problems.add(problem.field(), problem.reason()));
      return null;
    }
  }

  /** Returns the size of the strings in characters. */
  int length() {
    return eventId.length()
        + site.length()
        + type.length()
        + (data == null ? 0 : data.length())
        + (idempotencyKey == null ? 0 : idempotencyKey.length())
        + options.length();
  }

  /**
   * Returns the site.
   *
   * @throws InvalidException if this is not a valid name of a site
   */
  SiteId siteId() {
    return new SiteId(site);
  }

  /**
   * Returns the event.
   *
   * @throws InvalidException with all problems of the row that can be found without Hookferry's
   *     configuration
   */
  NewEvent event() {
    unreadable.throwIfAny();
    Problems problems = new Problems();
    problems.collect("", this::siteId);
    EventType eventType = problems.collect("", () -> new EventType(type));
    EventId eventsId = problems.collect("", () -> new EventId(eventId));
    problems.require(data != null, "data", "must not be null");
    Outbox.requireKey(problems, idempotencyKey);
    problems.throwIfAny();
    NewEvent event =
        NewEvent.of(Objects.requireNonNull(eventType), Payload.of(Objects.requireNonNull(data)))
            .id(Objects.requireNonNull(eventsId));
    event = occurredAt == null ? event : event.occurredAt(occurredAt);
    // Not as the event's own time: a repeat in another row would then have different content.
    event = createdAt == null ? event : event.submittedAt(createdAt);
    event = idempotencyKey == null ? event : event.idempotencyKey(idempotencyKey);
    event = options.addTo(event, problems);
    problems.throwIfAny();
    return event;
  }
}
