package dev.hookferry.jdbc;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryId;
import dev.hookferry.endpoint.EndpointId;
import dev.hookferry.port.Owner;
import dev.hookferry.port.Release;
import dev.hookferry.port.Result;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * The hot statements on the queue of pending deliveries, where the databases differ most. Each
 * changes only rows of the given owner and says which these were: the fence.
 */
interface DeliveryQueue {
  /** Takes deliveries that have become final out of the queue. */
  Set<DeliveryId> remove(Handle handle, Owner owner, List<Delivery> settled);

  /** Writes when deliveries are to be tried again; nobody owns them from now on. */
  Set<DeliveryId> reschedule(Handle handle, Owner owner, List<Result> pending);

  /** Gives deliveries back as they are. */
  Set<DeliveryId> release(Handle handle, Owner owner, List<Release> releases);

  /** Gives free deliveries, which the transaction has locked or locks now, to the owner. */
  void own(Handle handle, Owner owner, List<Delivery> free);

  /**
   * Locks free deliveries that are due, endpoint after endpoint, passing over those that another
   * transaction has locked. Within an endpoint the earliest due come first.
   */
  List<Reading.Queued> lockDue(Handle handle, List<Room> rooms, Instant dueBy, int limit);

  /**
   * Selects {@code endpoint_id}: endpoints with pending deliveries, each once, by one step into an
   * index for each; all that have one which nobody owns, and perhaps others.
   */
  String endpoints();

  /** How many deliveries an endpoint can take. */
  record Room(EndpointId endpoint, int size) {}

  /** The key columns of deliveries. */
  static Rows keys(List<Delivery> deliveries) {
    Rows keys = Rows.of(Rows.text("site"), Rows.uuid("id"));
    deliveries.forEach(d -> keys.add(d.site().value(), d.id().value()));
    return keys;
  }

  /** What a delivery that waits again has new. */
  static Rows schedule(List<Result> results) {
    Rows rows =
        Rows.of(
            Rows.text("site"),
            Rows.uuid("id"),
            Rows.integer("attempts"),
            Rows.time("due_at"),
            Rows.text("suspicion"));
    for (Result result : results) {
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
  static Rows releaseKeys(List<Release> releases) {
    Rows keys = Rows.of(Rows.text("site"), Rows.uuid("id"));
    releases.forEach(r -> keys.add(r.site().value(), r.delivery().value()));
    return keys;
  }
}
