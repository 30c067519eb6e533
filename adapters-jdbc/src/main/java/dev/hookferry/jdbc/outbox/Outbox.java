package dev.hookferry.jdbc.outbox;

import dev.hookferry.Events;
import dev.hookferry.event.JsonValidator;
import dev.hookferry.event.NewEvent;
import dev.hookferry.id.EventId;
import dev.hookferry.id.SiteId;
import dev.hookferry.refusal.Problems;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Publishes events in the caller's own transaction, by inserting them into the outbox table. An
 * event is delivered at least once if that transaction commits, and never if it rolls back.
 *
 * <p>Stateless and thread-safe; needs neither a running Hookferry nor its configuration. An {@link
 * OutboxRelay}, here or in a server, moves the rows into Hookferry.
 */
public final class Outbox {
  /** The API's range of times, which every store can represent and every receiver can parse. */
  static final String TIME_RANGE = "must be a valid time in the years 1970 to 9999";

  private static final Instant LAST_TIME = Instant.parse("9999-12-31T23:59:59.999Z");
  private static final int MAX_KEY_LENGTH = 250;

  private final String table;
  private final RandomGenerator random;

  private Outbox(String table, RandomGenerator random) {
    this.table = table;
    this.random = random;
  }

  /** Returns the outbox with the table of these options. */
  public static Outbox of(OutboxOptions options) {
    return of(options, new SecureRandom());
  }

  /**
   * Returns the outbox with the table of these options.
   *
   * @param random generates ids for events without one; must be thread-safe if the outbox is shared
   */
  public static Outbox of(OutboxOptions options, RandomGenerator random) {
    Objects.requireNonNull(options, "options");
    return new Outbox(options.table(), Objects.requireNonNull(random, "random"));
  }

  /** Returns the outbox with the default table, {@value OutboxOptions#TABLE}. */
  public static Outbox standard() {
    return new Outbox(OutboxOptions.TABLE, new SecureRandom());
  }

  /**
   * Inserts an event on the given connection. Neither commits nor rolls back, and uses no other
   * connection or thread; the event is published if and when the caller's transaction commits. In
   * auto-commit mode that happens immediately.
   *
   * <p>Checks what can be checked without Hookferry's configuration. Whether the site exists and
   * has the event type is checked when the row is relayed; if not, the row is rejected and kept,
   * with the reason.
   *
   * @param connection a connection to the database that has the outbox table
   * @param site the site that the event belongs to
   * @param event the event; if it has no id, it gets a random one
   * @return the event's id, which receivers see as {@code webhook-id}
   * @throws dev.hookferry.refusal.InvalidException if the data is not one JSON value of at most 1
   *     MiB, or the idempotency key or a time is out of range; nothing was inserted
   * @throws SQLException if the INSERT fails, for example because the table is missing or has a row
   *     with this site and event id; whether the transaction can continue depends on the database
   */
  public EventId publish(Connection connection, SiteId site, NewEvent event) throws SQLException {
    Objects.requireNonNull(connection, "connection");
    Objects.requireNonNull(site, "site");
    Objects.requireNonNull(event, "event");
    check(event);
    EventId id = event.id() == null ? generated() : event.id();
    boolean hasTrace = event.trace() != null;
    String sql =
        "INSERT INTO "
            + table
            + " (event_id, site, type, data, occurred_at, idempotency_key, "
            + OptionColumns.NAMES
            + (hasTrace ? OptionColumns.TRACE_NAMES : "")
            + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?"
            + (hasTrace ? ", ?, ?)" : ")");
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setString(1, id.value());
      insert.setString(2, site.value());
      insert.setString(3, event.type().name());
      insert.setString(4, event.data().text());
      OutboxDialect dialect = OutboxDialect.of(connection);
      dialect.writeTime(insert, 5, event.occurredAt());
      insert.setString(6, event.idempotencyKey());
      OptionColumns.write(dialect, insert, 7, event);
      insert.executeUpdate();
    } catch (SQLException e) {
      throw hasTrace ? explained(e) : e;
    }
    return id;
  }

  /** Explains how to add the trace columns if the table lacks them. */
  private SQLException explained(SQLException failure) {
    String message = String.valueOf(failure.getMessage());
    boolean isOld =
        Stream.of("traceparent", "tracestate").anyMatch(message.toLowerCase(Locale.ROOT)::contains);
    return isOld
        ? new SQLException(
            "the tables "
                + table
                + " and "
                + table
                + "_rejected have no columns for a trace; add traceparent (255 characters) and"
                + " tracestate (512) to both, or publish without a trace: "
                + message,
            failure.getSQLState(),
            failure.getErrorCode(),
            failure)
        : failure;
  }

  private EventId generated() {
    return new EventId(new UUID(random.nextLong(), random.nextLong()).toString());
  }

  private static void check(NewEvent event) {
    Problems problems = new Problems();
    if (event.data().size() > Events.MAX_DATA) {
      problems.add("data", "must be at most " + Events.MAX_DATA + " bytes");
    } else {
      problems.collect(
          "",
          () -> {
            JsonValidator.require("data", event.data());
            return event;
          });
    }
    requireTime(problems, "occurredAt", event.occurredAt());
    requireTime(problems, "deliverAt", event.deliverAt());
    requireKey(problems, event.idempotencyKey());
    problems.throwIfAny();
  }

  private static void requireTime(Problems problems, String field, @Nullable Instant time) {
    problems.require(time == null || !isOutOfRange(time), field, TIME_RANGE);
  }

  static boolean isOutOfRange(Instant time) {
    return time.isBefore(Instant.EPOCH) || time.isAfter(LAST_TIME);
  }

  static void requireKey(Problems problems, @Nullable String key) {
    problems.require(
        key == null
            || (!key.isEmpty()
                && key.length() <= MAX_KEY_LENGTH
                && key.chars().allMatch(c -> '!' <= c && c <= '~')),
        "idempotencyKey",
        "must be 1 to 250 characters, visible ASCII without spaces");
  }

  /**
   * Creates the two tables of the outbox, like running the script of {@link OutboxDialect#ddl}.
   * Most databases commit the current transaction to do so.
   *
   * @throws SQLException if a statement fails, for example because the tables exist
   */
  public void createTables(Connection connection) throws SQLException {
    Objects.requireNonNull(connection, "connection");
    String script = OutboxDialect.of(connection).ddl(table);
    try (Statement statement = connection.createStatement()) {
      for (String sql : script.replaceAll("(?m)^--.*$", "").split(";", -1)) {
        if (!sql.isBlank()) {
          statement.execute(sql);
        }
      }
    }
  }
}
