package dev.hookferry.jdbc.delivery;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.Event;
import dev.hookferry.event.EventOptions;
import dev.hookferry.event.Idempotence;
import dev.hookferry.jdbc.dialect.AttemptColumns;
import dev.hookferry.jdbc.dialect.ColumnRows;
import dev.hookferry.jdbc.dialect.LabelLines;
import dev.hookferry.store.commit.AttemptResult;
import dev.hookferry.store.commit.PublishEntry.Entry;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * The rows of the event, attempt and final delivery tables: their columns and values. A method
 * without arguments returns empty rows.
 */
public final class BatchRows {
  private BatchRows() {}

  /**
   * Returns the ids and idempotency keys chosen by producers, sorted so that two commits do not
   * deadlock. Other events have a generated id, which is unique.
   */
  static ColumnRows names(List<Entry> entries) {
    ColumnRows rows = names();
    entries.stream()
        .map(Entry::event)
        .filter(e -> e.idempotence() != null)
        .sorted(
            Comparator.comparing((Event e) -> e.site().value()).thenComparing(e -> e.id().value()))
        .forEach(event -> addName(rows, event));
    return rows;
  }

  public static ColumnRows names() {
    return ColumnRows.of(
        ColumnRows.text("site"),
        ColumnRows.text("event_id"),
        ColumnRows.text("idempotency_key"),
        ColumnRows.time("accepted_at"));
  }

  /** Adds the id and key of an event whose producer chose one. */
  public static void addName(ColumnRows names, Event event) {
    names.add(event.site().value(), event.id().value(), KnownEvents.key(event), event.acceptedAt());
  }

  static ColumnRows events(List<Entry> entries) {
    ColumnRows rows = events();
    entries.forEach(entry -> addEvent(rows, entry.event(), entry.deliveries().size()));
    return rows;
  }

  public static ColumnRows events() {
    return ColumnRows.of(
        ColumnRows.text("site"),
        ColumnRows.text("id"),
        ColumnRows.text("type"),
        ColumnRows.time("occurred_at"),
        ColumnRows.time("accepted_at"),
        ColumnRows.integer("deliveries"),
        ColumnRows.text("idempotency_key"),
        ColumnRows.text("fingerprint"),
        ColumnRows.bytes("payload"),
        ColumnRows.text("options"),
        ColumnRows.text("labels"));
  }

  /**
   * Adds an event.
   *
   * @param deliveries number of deliveries in its receipt
   */
  public static void addEvent(ColumnRows rows, Event event, int deliveries) {
    Idempotence idempotence = event.idempotence();
    EventOptions options = event.options();
    rows.add(
        event.site().value(),
        event.id().value(),
        event.type().name(),
        event.occurredAt(),
        event.acceptedAt(),
        deliveries,
        KnownEvents.key(event),
        idempotence == null ? null : idempotence.fingerprint().hex(),
        event.payload().unsafeBytes(),
        options.isNone() ? null : options.text(),
        LabelLines.of(options));
  }

  static ColumnRows fields(List<Entry> entries) {
    ColumnRows rows = fields();
    entries.forEach(entry -> addFields(rows, entry.event()));
    return rows;
  }

  public static ColumnRows fields() {
    return ColumnRows.of(
        ColumnRows.text("site"),
        ColumnRows.longInteger("hash"),
        ColumnRows.time("accepted_at"),
        ColumnRows.text("event_id"));
  }

  /** Adds the values that an event is searched by. */
  public static void addFields(ColumnRows rows, Event event) {
    event
        .options()
        .searchFields()
        .forEach(
            (name, value) ->
                rows.add(
                    event.site().value(),
                    LabelLines.hash(LabelLines.fieldLine(name, value)),
                    event.acceptedAt(),
                    event.id().value()));
  }

  static ColumnRows finals(List<Delivery> deliveries) {
    ColumnRows rows = finals();
    deliveries.forEach(delivery -> addFinal(rows, delivery));
    return rows;
  }

  public static ColumnRows finals() {
    return ColumnRows.of(
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
  }

  /** Adds a final delivery. */
  public static void addFinal(ColumnRows finals, Delivery delivery) {
    finals.add(
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

  static ColumnRows attempts(List<AttemptResult> results) {
    ColumnRows rows = attempts();
    for (AttemptResult result : results) {
      if (result.attempt() != null) {
        addAttempt(rows, result.attempt(), result.delivery().createdAt());
      }
    }
    return rows;
  }

  public static ColumnRows attempts() {
    return AttemptColumns.after(
        ColumnRows.text("site"),
        ColumnRows.uuid("id"),
        ColumnRows.uuid("delivery_id"),
        ColumnRows.uuid("endpoint_id"),
        ColumnRows.text("event_id"),
        ColumnRows.text("type"),
        ColumnRows.time("accepted_at"));
  }

  /**
   * Adds an attempt.
   *
   * @param acceptedAt when its event was accepted
   */
  public static void addAttempt(ColumnRows attempts, Attempt attempt, Instant acceptedAt) {
    AttemptColumns.add(
        attempts,
        attempt,
        attempt.site().value(),
        attempt.id().value(),
        attempt.delivery().value(),
        attempt.endpoint().value(),
        attempt.event().value(),
        attempt.type().name(),
        acceptedAt);
  }

  /**
   * Returns empty rows for results and their attempts, without the queue columns of the deliveries.
   * A result without an attempt has no {@code attempt_id}.
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
