package dev.hookferry.jdbc.delivery;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.Event;
import dev.hookferry.event.Idempotence;
import dev.hookferry.jdbc.dialect.AttemptColumns;
import dev.hookferry.jdbc.dialect.ColumnRows;
import dev.hookferry.store.Owner;
import dev.hookferry.store.commit.AttemptResult;
import dev.hookferry.store.commit.PublishEntry.Entry;
import dev.hookferry.store.commit.PublishEntry.Queued;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds rows of the event, delivery and attempt tables. */
final class BatchRows {
  private BatchRows() {}

  /**
   * Returns the ids and idempotency keys chosen by producers, sorted so that two commits do not
   * deadlock. Events without any have a generated id, which is unique.
   */
  static ColumnRows names(List<Entry> entries) {
    ColumnRows rows =
        ColumnRows.of(
            ColumnRows.text("site"),
            ColumnRows.text("event_id"),
            ColumnRows.text("idempotency_key"),
            ColumnRows.time("accepted_at"));
    entries.stream()
        .map(Entry::event)
        .filter(e -> e.idempotence() != null)
        .sorted(
            Comparator.comparing((Event e) -> e.site().value()).thenComparing(e -> e.id().value()))
        .forEach(
            e -> rows.add(e.site().value(), e.id().value(), KnownEvents.key(e), e.acceptedAt()));
    return rows;
  }

  static ColumnRows events(List<Entry> entries) {
    ColumnRows rows =
        ColumnRows.of(
            ColumnRows.text("site"),
            ColumnRows.text("id"),
            ColumnRows.text("type"),
            ColumnRows.time("occurred_at"),
            ColumnRows.time("accepted_at"),
            ColumnRows.integer("deliveries"),
            ColumnRows.text("idempotency_key"),
            ColumnRows.text("fingerprint"),
            ColumnRows.bytes("payload"));
    entries.forEach(entry -> add(rows, entry.event(), entry.deliveries().size()));
    return rows;
  }

  private static void add(ColumnRows rows, Event event, int deliveries) {
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

  static ColumnRows queue(List<Entry> entries, @Nullable Owner owner) {
    ColumnRows rows = queue();
    for (Entry entry : entries) {
      for (Queued queued : entry.deliveries()) {
        int payloadBytes = entry.event().payload().size();
        add(rows, queued.delivery(), payloadBytes, queued.owned() ? owner : null);
      }
    }
    return rows;
  }

  /** Returns queue rows for new, free deliveries of one event. */
  static ColumnRows queue(List<Delivery> deliveries, int payloadBytes) {
    ColumnRows rows = queue();
    deliveries.forEach(delivery -> add(rows, delivery, payloadBytes, null));
    return rows;
  }

  private static ColumnRows queue() {
    return ColumnRows.of(
        ColumnRows.text("site"),
        ColumnRows.uuid("id"),
        ColumnRows.text("event_id"),
        ColumnRows.text("type"),
        ColumnRows.uuid("endpoint_id"),
        ColumnRows.integer("attempts"),
        ColumnRows.time("created_at"),
        ColumnRows.time("due_at"),
        ColumnRows.integer("payload_bytes"),
        ColumnRows.uuid("owner"));
  }

  private static void add(
      ColumnRows rows, Delivery delivery, int payloadBytes, @Nullable Owner owner) {
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

  /** Returns rows for final deliveries. */
  static ColumnRows finals(List<Delivery> deliveries) {
    ColumnRows rows =
        ColumnRows.of(
            ColumnRows.text("site"),
            ColumnRows.uuid("id"),
            ColumnRows.text("event_id"),
            ColumnRows.text("type"),
            ColumnRows.uuid("endpoint_id"),
            ColumnRows.text("state"),
            ColumnRows.integer("attempts"),
            ColumnRows.time("created_at"),
            ColumnRows.time("due_at"),
            ColumnRows.time("settled_at"));
    for (Delivery delivery : deliveries) {
      rows.add(
          delivery.site().value(),
          delivery.id().value(),
          delivery.event().value(),
          delivery.type().name(),
          delivery.endpoint().value(),
          delivery.state().code(),
          delivery.attempts(),
          delivery.createdAt(),
          delivery.dueAt(),
          delivery.settledAt());
    }
    return rows;
  }

  /** Returns rows for the attempts of these results. */
  static ColumnRows attempts(List<AttemptResult> results) {
    ColumnRows rows =
        AttemptColumns.after(
            ColumnRows.text("site"),
            ColumnRows.uuid("id"),
            ColumnRows.uuid("delivery_id"),
            ColumnRows.uuid("endpoint_id"),
            ColumnRows.text("event_id"),
            ColumnRows.text("type"),
            ColumnRows.time("accepted_at"));
    for (AttemptResult result : results) {
      if (result.attempt() != null) {
        add(rows, result.attempt(), result.delivery());
      }
    }
    return rows;
  }

  private static void add(ColumnRows rows, Attempt attempt, Delivery delivery) {
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
   * Returns empty rows for results with their attempts, without what the queue knows of their
   * deliveries. A result without an attempt has no {@code attempt_id}.
   */
  static ColumnRows results() {
    return AttemptColumns.after(
        ColumnRows.text("site"),
        ColumnRows.uuid("delivery_id"),
        ColumnRows.text("state"),
        ColumnRows.integer("attempts"),
        ColumnRows.time("due_at"),
        ColumnRows.time("settled_at"),
        ColumnRows.text("suspicion"),
        ColumnRows.uuid("attempt_id"));
  }

  static void add(ColumnRows results, AttemptResult result) {
    Delivery delivery = result.delivery();
    Attempt attempt = result.attempt();
    AttemptColumns.add(
        results,
        attempt,
        delivery.site().value(),
        delivery.id().value(),
        delivery.state().code(),
        delivery.attempts(),
        delivery.dueAt(),
        delivery.settledAt(),
        result.suspicion().code(),
        attempt == null ? null : attempt.id().value());
  }
}
