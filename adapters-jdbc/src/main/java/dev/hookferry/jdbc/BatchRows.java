package dev.hookferry.jdbc;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.Event;
import dev.hookferry.event.Idempotence;
import dev.hookferry.port.Owner;
import dev.hookferry.port.Publication.Entry;
import dev.hookferry.port.Publication.Queued;
import dev.hookferry.port.Result;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of the tables of events, deliveries and attempts. */
final class BatchRows {
  private BatchRows() {}

  /**
   * The names that producers gave to events, in one order, so that two commits do not wait for each
   * other. An event without such a name has an id that was made for it alone.
   */
  static Rows names(List<Entry> entries) {
    Rows rows =
        Rows.of(
            Rows.text("site"),
            Rows.text("event_id"),
            Rows.text("idempotency_key"),
            Rows.time("accepted_at"));
    entries.stream()
        .map(Entry::event)
        .filter(e -> e.idempotence() != null)
        .sorted(
            Comparator.comparing((Event e) -> e.site().value()).thenComparing(e -> e.id().value()))
        .forEach(
            e -> rows.add(e.site().value(), e.id().value(), KnownEvents.key(e), e.acceptedAt()));
    return rows;
  }

  static Rows events(List<Entry> entries) {
    Rows rows =
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
    entries.forEach(entry -> add(rows, entry.event(), entry.deliveries().size()));
    return rows;
  }

  private static void add(Rows rows, Event event, int deliveries) {
    Idempotence idempotence = event.idempotence();
    rows.add(
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

  static Rows queue(List<Entry> entries, @Nullable Owner owner) {
    Rows rows = queue();
    for (Entry entry : entries) {
      for (Queued queued : entry.deliveries()) {
        int payloadBytes = entry.event().payload().size();
        add(rows, queued.delivery(), payloadBytes, queued.owned() ? owner : null);
      }
    }
    return rows;
  }

  /** New deliveries of one event, which nobody owns. */
  static Rows queue(List<Delivery> deliveries, int payloadBytes) {
    Rows rows = queue();
    deliveries.forEach(delivery -> add(rows, delivery, payloadBytes, null));
    return rows;
  }

  private static Rows queue() {
    return Rows.of(
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
  }

  private static void add(Rows rows, Delivery delivery, int payloadBytes, @Nullable Owner owner) {
    rows.add(
        delivery.site().value(),
        delivery.id().value(),
        delivery.event().value(),
        delivery.type().name(),
        delivery.endpoint().value(),
        delivery.attempts(),
        delivery.createdAt(),
        delivery.dueAt(),
        payloadBytes,
        owner == null ? null : owner.value());
  }

  /** Deliveries that have become final. */
  static Rows finals(List<Delivery> deliveries) {
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
    return rows;
  }

  /** The attempts of these results. */
  static Rows attempts(List<Result> results) {
    Rows rows =
        AttemptColumns.after(
            Rows.text("site"),
            Rows.uuid("id"),
            Rows.uuid("delivery_id"),
            Rows.uuid("endpoint_id"),
            Rows.text("event_id"),
            Rows.text("type"),
            Rows.time("accepted_at"));
    for (Result result : results) {
      if (result.attempt() != null) {
        add(rows, result.attempt(), result.delivery());
      }
    }
    return rows;
  }

  private static void add(Rows rows, Attempt attempt, Delivery delivery) {
    AttemptColumns.add(
        rows,
        attempt,
        attempt.site().value(),
        attempt.id().value(),
        attempt.delivery().value(),
        attempt.endpoint().value(),
        attempt.event().value(),
        attempt.type().name(),
        delivery.createdAt());
  }

  /**
   * Results with their attempts; what the queue knows of their deliveries is left out. A result
   * without an attempt has no {@code attempt_id}.
   */
  static Rows results() {
    return AttemptColumns.after(
        Rows.text("site"),
        Rows.uuid("delivery_id"),
        Rows.text("state"),
        Rows.integer("attempts"),
        Rows.time("due_at"),
        Rows.time("settled_at"),
        Rows.text("suspicion"),
        Rows.uuid("attempt_id"));
  }

  static void add(Rows results, Result result) {
    Delivery delivery = result.delivery();
    Attempt attempt = result.attempt();
    AttemptColumns.add(
        results,
        attempt,
        delivery.site().value(),
        delivery.id().value(),
        delivery.state().word(),
        delivery.attempts(),
        delivery.dueAt(),
        delivery.settledAt(),
        result.suspicion().word(),
        attempt == null ? null : attempt.id().value());
  }
}
