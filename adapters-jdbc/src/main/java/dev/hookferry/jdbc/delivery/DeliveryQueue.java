package dev.hookferry.jdbc.delivery;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.jdbc.dialect.ColumnRows;
import dev.hookferry.jdbc.dialect.Dialect;
import dev.hookferry.jdbc.dialect.PostgresDialect;
import dev.hookferry.jdbc.dialect.RowReader;
import dev.hookferry.store.Owner;
import dev.hookferry.store.commit.AttemptResult;
import dev.hookferry.store.commit.HandBack;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * The performance-critical statements on the queue of pending deliveries, where databases differ
 * most.
 */
public interface DeliveryQueue {
  /** Returns the statements that suit a database best. */
  static DeliveryQueue of(Dialect dialect) {
    return dialect instanceof PostgresDialect postgres
        ? new PostgresQueue(postgres)
        : new PlainQueue(dialect);
  }

  /** Frees deliveries of the owner without other changes; returns those freed (fencing). */
  Set<DeliveryId> handBack(Handle handle, Owner owner, List<HandBack> handBacks);

  /** Assigns free deliveries to the owner. The transaction has locked them or locks them here. */
  void assign(Handle handle, Owner owner, List<Delivery> free);

  /**
   * Locks free deliveries that are due, endpoint by endpoint, earliest due first within an
   * endpoint. Skips deliveries locked by other transactions.
   */
  List<RowReader.Queued> lockDue(Handle handle, List<Room> rooms, Instant dueBy, int limit);

  /**
   * Returns a SELECT of {@code endpoint_id} that returns each endpoint with pending deliveries
   * once, at the cost of one index lookup each. It includes all endpoints with free deliveries, and
   * possibly others.
   */
  String endpoints();

  /**
   * Returns a SELECT of {@code endpoint_id} and {@code due_at} that returns each endpoint with free
   * deliveries once, with their earliest due time, at the cost of one or two index lookups each. It
   * may include other endpoints, with null.
   */
  String firsts();

  /** The number of deliveries that an endpoint can take. */
  record Room(EndpointId endpoint, int size) {}

  /** Returns the key columns of deliveries. */
  static ColumnRows keys(List<Delivery> deliveries) {
    ColumnRows keys = ColumnRows.of(ColumnRows.text("site"), ColumnRows.uuid("id"));
    deliveries.forEach(d -> keys.add(d.site().value(), d.id().value()));
    return keys;
  }

  /** Returns the columns that change when a delivery is pending again, with its key. */
  static ColumnRows schedule(List<AttemptResult> results) {
    ColumnRows rows =
        ColumnRows.of(
            ColumnRows.text("site"),
            ColumnRows.uuid("id"),
            ColumnRows.integer("attempts"),
            ColumnRows.time("due_at"),
            ColumnRows.text("suspicion"));
    for (AttemptResult result : results) {
      Delivery delivery = result.delivery();
      rows.add(
          delivery.site().value(),
          delivery.id().value(),
          delivery.attempts(),
          delivery.dueAt(),
          result.suspicion().code());
    }
    return rows;
  }

  /** Returns the key columns of hand-backs. */
  static ColumnRows handBackKeys(List<HandBack> handBacks) {
    ColumnRows keys = ColumnRows.of(ColumnRows.text("site"), ColumnRows.uuid("id"));
    handBacks.forEach(r -> keys.add(r.site().value(), r.delivery().value()));
    return keys;
  }
}
