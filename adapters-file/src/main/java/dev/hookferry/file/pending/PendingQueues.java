package dev.hookferry.file.pending;

import dev.hookferry.id.EndpointId;
import dev.hookferry.store.OrphanedEndpoint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Queues of pending deliveries: one for all that have an owner, and two per endpoint, one for
 * deliveries that can be claimed and one for parked ones. Not thread-safe.
 */
final class PendingQueues {
  private final PendingRows rows;
  private final NumberedNames names;
  private final EndpointQueues lanes;
  private final EndpointQueues parked;
  private final DueQueue owned;

  PendingQueues(PendingRows rows, NumberedNames names) {
    this.rows = rows;
    this.names = names;
    lanes = new EndpointQueues(rows, names);
    parked = new EndpointQueues(rows, names);
    owned = new DueQueue(rows);
  }

  /** Returns the queues of deliveries that can be claimed. */
  EndpointQueues lanes() {
    return lanes;
  }

  /** Returns the queues of deliveries that wait for their turn or are blocked. */
  EndpointQueues parked() {
    return parked;
  }

  /** Returns the queue of deliveries that have an owner. */
  DueQueue owned() {
    return owned;
  }

  /** Returns the queue of the delivery in a slot. */
  DueQueue of(int slot) {
    if (rows.lower(slot, PendingRows.ATTEMPTS) != PendingIndex.NOBODY) {
      return owned;
    }
    return (isParked(slot) ? parked : lanes).of(rows.upper(slot, PendingRows.LANE));
  }

  boolean isParked(int slot) {
    return DeliveryHistory.isParked(rows.upper(slot, PendingRows.ATTEMPTS));
  }

  /** Parks the delivery in a slot, or makes it claimable again. */
  void park(int slot, boolean isParked) {
    of(slot).remove(slot);
    int history = rows.upper(slot, PendingRows.ATTEMPTS);
    rows.setUpper(slot, PendingRows.ATTEMPTS, DeliveryHistory.parked(history, isParked));
    of(slot).add(slot);
  }

  /**
   * Returns the earliest time at which a delivery to an active endpoint is due, ignoring parked
   * ones; null if there is none.
   */
  @Nullable Instant oldestDue(Predicate<EndpointId> isActive) {
    Map<Integer, Boolean> active = new HashMap<>();
    IntPredicate counts =
        slot ->
            active.computeIfAbsent(
                rows.upper(slot, PendingRows.LANE), lane -> isActive.test(names.endpoint(lane)));
    long oldest = owned.firstDue(counts);
    for (DueQueue lane : lanes.all()) {
      if (!lane.isEmpty() && lane.firstDue() < oldest && counts.test(lane.first())) {
        oldest = lane.firstDue();
      }
    }
    return oldest == Long.MAX_VALUE ? null : Instant.ofEpochMilli(oldest);
  }

  /**
   * Returns the endpoints that have deliveries without an owner and are not among the known ones.
   */
  List<OrphanedEndpoint> orphanedEndpoints(Set<EndpointId> known) {
    List<OrphanedEndpoint> orphaned = new ArrayList<>();
    int endpoints = Math.max(lanes.all().size(), parked.all().size());
    for (int number = 0; number < endpoints; number++) {
      DueQueue lane = lanes.of(number).isEmpty() ? parked.of(number) : lanes.of(number);
      if (!lane.isEmpty() && !known.contains(names.endpoint(number))) {
        NumberedNames.Kind kind = names.kind(rows.lower(lane.first(), PendingRows.LANE));
        orphaned.add(new OrphanedEndpoint(kind.site(), names.endpoint(number)));
      }
    }
    return orphaned;
  }
}
