package dev.hookferry.jdbc.transfer;

import dev.hookferry.body.BodyVersion;
import dev.hookferry.delivery.Attempt;
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
import dev.hookferry.jdbc.dialect.BinaryRows;
import dev.hookferry.jdbc.dialect.RowReader;
import dev.hookferry.jdbc.transfer.StoredEventPages.EventRow;
import dev.hookferry.store.transfer.TransferRecord.StoredAttempt;
import dev.hookferry.store.transfer.TransferRecord.StoredEvent;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Maps rows that PostgreSQL sends in binary form; the columns are those of {@link RowReader}. */
final class BinaryRecords {
  private BinaryRecords() {}

  /** Maps the columns {@link RowReader#EVENT}, {@code seq} and {@code deliveries}. */
  static EventRow event(BinaryRows row) throws SQLException {
    SiteId site = new SiteId(row.text());
    EventId id = new EventId(row.text());
    EventType type = new EventType(row.text());
    Instant occurredAt = row.time();
    Instant acceptedAt = row.time();
    String key = row.textOrNull();
    String fingerprint = row.textOrNull();
    Payload payload = Payload.wrap(Objects.requireNonNull(row.bytesOrNull(), "payload"));
    EventOptions options = EventOptions.parse(row.textOrNull());
    Idempotence idempotence =
        fingerprint == null ? null : new Idempotence(key, new Fingerprint(fingerprint));
    long seq = row.longNumber();
    Event event = new Event(id, site, type, occurredAt, acceptedAt, payload, idempotence, options);
    return new EventRow(
        new StoredEvent(event, row.number()),
        new EventKey(site.value(), acceptedAt, seq, id.value(), null));
  }

  /** Maps the columns {@link RowReader#FINAL}. */
  static Delivery delivery(BinaryRows row) throws SQLException {
    SiteId site = new SiteId(row.text());
    return new Delivery(
        new DeliveryId(row.uuid()),
        site,
        new EventId(row.text()),
        new EventType(row.text()),
        new EndpointId(row.uuid()),
        DeliveryState.fromCode(row.text()).orElseThrow(),
        row.number(),
        row.time(),
        row.time(),
        row.time(),
        null);
  }

  /** Maps the columns {@link RowReader#ATTEMPT} and {@code accepted_at}. */
  static StoredAttempt attempt(BinaryRows row) throws SQLException {
    SiteId site = new SiteId(row.text());
    AttemptId id = new AttemptId(row.uuid());
    DeliveryId delivery = new DeliveryId(row.uuid());
    EndpointId endpoint = new EndpointId(row.uuid());
    EventId event = new EventId(row.text());
    EventType type = new EventType(row.text());
    int number = row.number();
    Instant startedAt = row.time();
    long millis = row.longNumber();
    String url = row.text();
    Outcome outcome = outcome(row, millis);
    BodyVersion body = BodyVersion.parse(row.textOrNull());
    return new StoredAttempt(
        new Attempt(
            id, delivery, site, endpoint, event, type, number, startedAt, url, outcome, body),
        row.time());
  }

  private static Outcome outcome(BinaryRows row, long millis) throws SQLException {
    OutcomeKind kind = OutcomeKind.fromCode(row.text()).orElseThrow();
    Integer status = row.numberOrNull();
    String detail = row.text();
    String contentType = row.textOrNull();
    String retryAfter = row.textOrNull();
    boolean isTruncated = row.flag();
    byte[] body = row.bytesOrNull();
    String timing = row.textOrNull();
    ResponseHeaders headers = headers(row.textOrNull());
    Timing split = timing == null ? null : Timing.parse(timing);
    Response response =
        status == null
            ? null
            : new Response(
                status,
                Payload.wrap(Objects.requireNonNull(body, "response_body")),
                isTruncated,
                contentType,
                retryAfter,
                headers);
    Duration took = split == null ? Duration.ofMillis(millis) : split.total();
    return new Outcome(kind, response, detail, took, split);
  }

  private static ResponseHeaders headers(@Nullable String text) {
    return text == null ? ResponseHeaders.NONE : new ResponseHeaders(text);
  }
}
