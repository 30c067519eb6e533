package dev.hookferry.jdbc.dialect;

import dev.hookferry.body.BodyVersion;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.CrashSuspicion;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.delivery.Response;
import dev.hookferry.delivery.ResponseHeaders;
import dev.hookferry.delivery.Timing;
import dev.hookferry.event.Event;
import dev.hookferry.event.EventOptions;
import dev.hookferry.event.Fingerprint;
import dev.hookferry.event.Idempotence;
import dev.hookferry.event.Payload;
import dev.hookferry.id.AttemptId;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

/** Maps rows to values. */
public final class RowReader {
  /** Columns read by {@link #event}. */
  public static final String EVENT =
      "site, id, type, occurred_at, accepted_at, idempotency_key, fingerprint, payload,"
          + " options";

  /** Columns of the queue read by {@link #queued}. */
  public static final String QUEUED =
      "site, id, event_id, type, endpoint_id, attempts, created_at, due_at, payload_bytes, owner,"
          + " suspicion, ordering_key, key_position, parked, own_due_at";

  /** Columns of final deliveries read by {@link #delivery}. */
  public static final String FINAL =
      "site, id, event_id, type, endpoint_id, state, attempts, created_at, due_at, settled_at";

  /** Columns read by {@link #attempt}. */
  public static final String ATTEMPT =
      "site, id, delivery_id, endpoint_id, event_id, type, " + AttemptColumns.names("");

  private final Dialect dialect;

  public RowReader(Dialect dialect) {
    this.dialect = dialect;
  }

  /** Qualifies columns with the alias of a table. */
  public static String of(String alias, String columns) {
    return alias + "." + columns.replace(", ", ", " + alias + ".");
  }

  /**
   * A row of the queue.
   *
   * @param payloadBytes size of the event's payload
   * @param position its position in the queue of its ordering key; 0 if it has none
   */
  public record Queued(
      Delivery delivery,
      int payloadBytes,
      @Nullable UUID owner,
      CrashSuspicion suspicion,
      long position) {}

  public RowMapper<Event> event() {
    return (row, context) -> {
      String fingerprint = row.getString("fingerprint");
      return new Event(
          new EventId(row.getString("id")),
          new SiteId(row.getString("site")),
          new EventType(row.getString("type")),
          time(row, "occurred_at"),
          time(row, "accepted_at"),
          Payload.wrap(row.getBytes("payload")),
          fingerprint == null
              ? null
              : new Idempotence(row.getString("idempotency_key"), new Fingerprint(fingerprint)),
          EventOptions.parse(row.getString("options")));
    };
  }

  /** Returns a mapper for final deliveries. */
  public RowMapper<Delivery> delivery() {
    return (row, context) ->
        delivery(row, state(row), time(row, "due_at"), time(row, "settled_at"));
  }

  /**
   * Returns a mapper for deliveries in any state; the query must select the state and the ordering
   * key.
   */
  public RowMapper<Delivery> listed() {
    return (row, context) -> {
      DeliveryState state = state(row);
      Instant settledAt = state.isFinal() ? time(row, "settled_at") : null;
      return delivery(row, state, time(row, "due_at"), settledAt);
    };
  }

  private static DeliveryState state(ResultSet row) throws SQLException {
    return DeliveryState.fromCode(row.getString("state")).orElseThrow();
  }

  public RowMapper<Queued> queued() {
    return (row, context) -> {
      String parked = row.getString("parked");
      DeliveryState state =
          parked == null ? DeliveryState.PENDING : DeliveryState.fromCode(parked).orElseThrow();
      Instant dueAt = time(row, parked == null ? "due_at" : "own_due_at");
      return new Queued(
          delivery(row, state, dueAt, null),
          row.getInt("payload_bytes"),
          dialect.readUuid(row, "owner"),
          CrashSuspicion.fromCode(row.getString("suspicion")).orElseThrow(),
          row.getLong("key_position"));
    };
  }

  private Delivery delivery(
      ResultSet row, DeliveryState state, Instant dueAt, @Nullable Instant settledAt)
      throws SQLException {
    return new Delivery(
        new DeliveryId(uuid(row, "id")),
        new SiteId(row.getString("site")),
        new EventId(row.getString("event_id")),
        new EventType(row.getString("type")),
        new EndpointId(uuid(row, "endpoint_id")),
        state,
        row.getInt("attempts"),
        time(row, "created_at"),
        dueAt,
        settledAt,
        state.isFinal() ? null : row.getString("ordering_key"));
  }

  public RowMapper<Attempt> attempt() {
    return (row, context) ->
        new Attempt(
            new AttemptId(uuid(row, "id")),
            new DeliveryId(uuid(row, "delivery_id")),
            new SiteId(row.getString("site")),
            new EndpointId(uuid(row, "endpoint_id")),
            new EventId(row.getString("event_id")),
            new EventType(row.getString("type")),
            row.getInt("number"),
            time(row, "started_at"),
            row.getString("url"),
            outcome(row),
            BodyVersion.parse(row.getString("sent_as")));
  }

  private static Outcome outcome(ResultSet row) throws SQLException {
    String timing = row.getString("timing");
    Timing split = timing == null ? null : Timing.parse(timing);
    Duration took = split == null ? Duration.ofMillis(row.getLong("took_ms")) : split.total();
    int status = row.getInt("status");
    Response response =
        row.wasNull()
            ? null
            : new Response(
                status,
                Payload.wrap(row.getBytes("response_body")),
                row.getBoolean("response_truncated"),
                row.getString("response_content_type"),
                row.getString("response_retry_after"),
                headers(row));
    return new Outcome(
        OutcomeKind.fromCode(row.getString("outcome")).orElseThrow(),
        response,
        row.getString("detail"),
        took,
        split);
  }

  private static ResponseHeaders headers(ResultSet row) throws SQLException {
    String headers = row.getString("response_headers");
    return headers == null ? ResponseHeaders.NONE : new ResponseHeaders(headers);
  }

  public UUID uuid(ResultSet row, String column) throws SQLException {
    return Objects.requireNonNull(dialect.readUuid(row, column), column);
  }

  public Instant time(ResultSet row, String column) throws SQLException {
    return Objects.requireNonNull(dialect.readTime(row, column), column);
  }
}
