package dev.hookferry.file.commit;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.file.commit.CommitPlan.Planned;
import dev.hookferry.file.pending.PendingDelivery;
import dev.hookferry.file.pending.PendingIndex;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The turns of deliveries with an ordering key, as they are after the steps planned so far. Not
 * thread-safe.
 */
final class PlannedTurns {
  private final PendingIndex pending;
  private final Map<DeliveryId, Long> positions = new HashMap<>();
  private final Map<Key, List<DeliveryId>> entered = new HashMap<>();
  private long last = -1;

  PlannedTurns(PendingIndex pending) {
    this.pending = pending;
  }

  private record Key(EndpointId endpoint, String key) {}

  /**
   * Adds an event's new deliveries to their queues and returns their position; 0 if none has an
   * ordering key.
   */
  long enter(List<Delivery> deliveries) {
    long position = 0;
    for (Delivery delivery : deliveries) {
      if (delivery.orderingKey() != null) {
        position = position == 0 ? next() : position;
        enter(delivery, position);
      }
    }
    return position;
  }

  private void enter(Delivery delivery, long position) {
    positions.put(delivery.id(), position);
    entered
        .computeIfAbsent(
            new Key(delivery.endpoint(), String.valueOf(delivery.orderingKey())),
            key -> new ArrayList<>())
        .add(delivery.id());
  }

  private long next() {
    if (last < 0) {
      synchronized (pending) {
        last = pending.chains().last();
      }
    }
    return ++last;
  }

  /**
   * Returns the position of a delivery after a change: its current one, or a new one at the end if
   * it had none; 0 if it has no ordering key or is final.
   */
  long position(Delivery before, Delivery after) {
    if (after.orderingKey() == null || after.state().isFinal()) {
      return 0;
    }
    Long planned = positions.get(after.id());
    if (planned != null && !before.state().isFinal()) {
      return planned;
    }
    Optional<PendingDelivery> stored =
        before.state().isFinal() ? Optional.empty() : pending.get(after.id());
    if (stored.isPresent() && stored.get().turn() != null) {
      return stored.get().turn().position();
    }
    long position = next();
    enter(after, position);
    return position;
  }

  /** Returns a delivery, made to wait or promoted if its turn requires that. */
  Delivery current(Delivery delivery, Map<DeliveryId, Planned> planned) {
    String key = delivery.orderingKey();
    boolean isOpen =
        delivery.state() == DeliveryState.PENDING || delivery.state() == DeliveryState.WAITING;
    if (key == null || !isOpen) {
      return delivery;
    }
    DeliveryId first = first(delivery.endpoint(), key, planned).orElseThrow();
    boolean waits = !delivery.id().equals(first);
    if (waits == (delivery.state() == DeliveryState.WAITING)) {
      return delivery;
    }
    return waits ? delivery.waiting() : delivery.promoted();
  }

  /** Returns whether an unfinished delivery remains in the queue of one that has ended. */
  boolean isFollowed(Delivery ended, Map<DeliveryId, Planned> planned) {
    String key = ended.orderingKey();
    return key != null && first(ended.endpoint(), key, planned).isPresent();
  }

  private Optional<DeliveryId> first(
      EndpointId endpoint, String key, Map<DeliveryId, Planned> planned) {
    for (UUID stored : pending.chain(endpoint, key)) {
      DeliveryId id = new DeliveryId(stored);
      if (!hasEnded(id, planned)) {
        return Optional.of(id);
      }
    }
    return entered.getOrDefault(new Key(endpoint, key), List.of()).stream()
        .filter(id -> !hasEnded(id, planned))
        .findFirst();
  }

  private static boolean hasEnded(DeliveryId id, Map<DeliveryId, Planned> planned) {
    Planned now = planned.get(id);
    return now != null && now.delivery().state().isFinal();
  }
}
