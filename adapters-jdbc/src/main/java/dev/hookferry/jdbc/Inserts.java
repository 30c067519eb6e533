package dev.hookferry.jdbc;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.Response;
import dev.hookferry.event.Event;
import dev.hookferry.event.Idempotence;
import dev.hookferry.port.Owner;
import dev.hookferry.port.Publication.Entry;
import dev.hookferry.port.Publication.Queued;
import dev.hookferry.port.Result;
import java.util.Comparator;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Adds rows to the tables of events, deliveries and attempts. */
final class Inserts {
  private final Dialect dialect;

  Inserts(Dialect dialect) {
    this.dialect = dialect;
  }

  /** The names first: if one is taken, the payloads need not travel. */
  void events(Handle handle, List<Entry> entries) {
    Rows names =
        Rows.of(
            Rows.text("site"),
            Rows.text("event_id"),
            Rows.text("idempotency_key"),
            Rows.time("accepted_at"));
    Rows events =
        Rows.of(
            Rows.text("site"),
            Rows.text("id"),
            Rows.text("type"),
            Rows.time("occurred_at"),
            Rows.time("accepted_at"),
            Rows.integer("deliveries"),
            Rows.text("idempotency_key"),
            Rows.text("fingerprint"),
            Rows.bytes("payload"));
    // In one order, so that two commits with the same names do not wait for each other.
    entries.stream()
        .map(Entry::event)
        .sorted(
            Comparator.comparing((Event e) -> e.site().value()).thenComparing(e -> e.id().value()))
        .forEach(
            e -> names.add(e.site().value(), e.id().value(), KnownEvents.key(e), e.acceptedAt()));
    entries.forEach(entry -> add(events, entry.event(), entry.deliveries().size()));
    dialect.insert(handle, "hookferry_event_id", names);
    dialect.insert(handle, "hookferry_event", events);
  }

  private static void add(Rows events, Event event, int deliveries) {
    Idempotence idempotence = event.idempotence();
    events.add(
        event.site().value(),
        event.id().value(),
        event.type().name(),
        event.occurredAt(),
        event.acceptedAt(),
        deliveries,
        KnownEvents.key(event),
        idempotence == null ? null : idempotence.fingerprint().hex(),
        event.payload().unsafeBytes());
  }

  void queue(Handle handle, List<Entry> entries, @Nullable Owner owner) {
    Rows rows =
        Rows.of(
            Rows.text("site"),
            Rows.uuid("id"),
            Rows.text("event_id"),
            Rows.text("type"),
            Rows.uuid("endpoint_id"),
            Rows.integer("attempts"),
            Rows.time("created_at"),
            Rows.time("due_at"),
            Rows.integer("payload_bytes"),
            Rows.uuid("owner"));
    for (Entry entry : entries) {
      for (Queued queued : entry.deliveries()) {
        Delivery delivery = queued.delivery();
        rows.add(
            delivery.site().value(),
            delivery.id().value(),
            delivery.event().value(),
            delivery.type().name(),
            delivery.endpoint().value(),
            delivery.attempts(),
            entry.event().acceptedAt(),
            delivery.dueAt(),
            entry.event().payload().size(),
            queued.owned() && owner != null ? owner.value() : null);
      }
    }
    dialect.insert(handle, "hookferry_delivery_queue", rows);
  }

  /** Deliveries that have become final. */
  void finals(Handle handle, List<Delivery> deliveries) {
    Rows rows =
        Rows.of(
            Rows.text("site"),
            Rows.uuid("id"),
            Rows.text("event_id"),
            Rows.text("type"),
            Rows.uuid("endpoint_id"),
            Rows.text("state"),
            Rows.integer("attempts"),
            Rows.time("created_at"),
            Rows.time("due_at"),
            Rows.time("settled_at"));
    for (Delivery delivery : deliveries) {
      rows.add(
          delivery.site().value(),
          delivery.id().value(),
          delivery.event().value(),
          delivery.type().name(),
          delivery.endpoint().value(),
          delivery.state().word(),
          delivery.attempts(),
          delivery.createdAt(),
          delivery.dueAt(),
          delivery.settledAt());
    }
    dialect.insert(handle, "hookferry_delivery", rows);
  }

  /** The attempts of these results. */
  void attempts(Handle handle, List<Result> results) {
    Rows rows =
        Rows.of(
            Rows.text("site"),
            Rows.uuid("id"),
            Rows.uuid("delivery_id"),
            Rows.uuid("endpoint_id"),
            Rows.text("event_id"),
            Rows.text("type"),
            Rows.time("accepted_at"),
            Rows.integer("number"),
            Rows.time("started_at"),
            Rows.longInteger("took_ms"),
            Rows.text("url"),
            Rows.text("outcome"),
            Rows.integer("status"),
            Rows.text("detail"),
            Rows.text("response_content_type"),
            Rows.text("response_retry_after"),
            Rows.flag("response_truncated"),
            Rows.bytes("response_body"));
    for (Result result : results) {
      if (result.attempt() != null) {
        add(rows, result.attempt(), result.delivery());
      }
    }
    dialect.insert(handle, "hookferry_attempt", rows);
  }

  private static void add(Rows rows, Attempt attempt, Delivery delivery) {
    Outcome outcome = attempt.outcome();
    Response response = outcome.response();
    rows.add(
        attempt.site().value(),
        attempt.id().value(),
        attempt.delivery().value(),
        attempt.endpoint().value(),
        attempt.event().value(),
        attempt.type().name(),
        delivery.createdAt(),
        attempt.number(),
        attempt.startedAt(),
        outcome.took().toMillis(),
        attempt.url(),
        outcome.kind().word(),
        response == null ? null : response.status(),
        outcome.detail(),
        response == null ? null : response.contentType(),
        response == null ? null : response.retryAfter(),
        response != null && response.truncated(),
        response == null ? null : response.body().unsafeBytes());
  }
}
