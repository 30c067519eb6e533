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
import dev.hookferry.store.commit.Release;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * The hot statements on the queue of pending deliveries, where the databases differ most. Each
 * changes only rows of the given owner and says which these were: the fence.
 */
public interface DeliveryQueue {
  /** Returns the statements that suit a database best. */
  static DeliveryQueue of(Dialect dialect) {
    return dialect instanceof PostgresDialect postgres
        ? new PostgresQueue(postgres)
        : new PlainQueue(dialect);
  }

  /** Takes deliveries that have become final out of the queue. */
  Set<DeliveryId> remove(Handle handle, Owner owner, List<Delivery> settled);

  /** Writes when deliveries are to be tried again; nobody owns them from now on. */
  Set<DeliveryId> reschedule(Handle handle, Owner owner, List<AttemptResult> pending);

  /** Gives deliveries back as they are. */
  Set<DeliveryId> release(Handle handle, Owner owner, List<Release> releases);

  /** Gives free deliveries, which the transaction has locked or locks now, to the owner. */
  void own(Handle handle, Owner owner, List<Delivery> free);

  /**
   * Locks free deliveries that are due, endpoint after endpoint, passing over those that another
   * transaction has locked. Within an endpoint the earliest due come first.
   */
  List<RowReader.Queued> lockDue(Handle handle, List<Room> rooms, Instant dueBy, int limit);

  /**
   * Selects {@code endpoint_id}: endpoints with pending deliveries, each once, by one step into an
   * index for each; all that have one which nobody owns, and perhaps others.
   */
  String endpoints();

  /** How many deliveries an endpoint can take. */
  record Room(EndpointId endpoint, int size) {}

  /** The key columns of deliveries. */
  static ColumnRows keys(List<Delivery> deliveries) {
    ColumnRows keys = ColumnRows.of(ColumnRows.text("site"), ColumnRows.uuid("id"));
    deliveries.forEach(d -> keys.add(d.site().value(), d.id().value()));
    return keys;
  }

  /** What a delivery that waits again has new. */
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
          result.suspicion().word());
    }
    return rows;
  }

  /** The key columns of releases. */
  static ColumnRows releaseKeys(List<Release> releases) {
    ColumnRows keys = ColumnRows.of(ColumnRows.text("site"), ColumnRows.uuid("id"));
    releases.forEach(r -> keys.add(r.site().value(), r.delivery().value()));
    return keys;
  }
}
