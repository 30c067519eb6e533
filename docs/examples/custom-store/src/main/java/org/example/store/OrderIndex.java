package org.example.store;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The unfinished deliveries of each endpoint and ordering key, in queue order. */
final class OrderIndex {
  private final Map<Key, LinkedHashSet<DeliveryId>> queues = new HashMap<>();

  private record Key(EndpointId endpoint, String key) {}

  /** Returns a delivery as it is to be stored: a new one waits if others are ahead of it. */
  Delivery entered(Delivery delivery) {
    if (delivery.state().isFinal()) {
      return delivery.inOrder(null);
    }
    if (delivery.orderingKey() == null) {
      return delivery;
    }
    LinkedHashSet<DeliveryId> queue =
        queues.computeIfAbsent(key(delivery), key -> new LinkedHashSet<>());
    boolean isNew = queue.add(delivery.id());
    boolean waits =
        switch (delivery.state()) {
          case PENDING -> isNew && queue.size() > 1;
          default -> false;
        };
    return waits ? delivery.waiting() : delivery;
  }

  /**
   * Removes a delivery that has ended.
   *
   * @return the first remaining delivery of its queue; empty if there is none
   */
  Optional<DeliveryId> leave(Delivery before) {
    LinkedHashSet<DeliveryId> queue = before.orderingKey() == null ? null : queues.get(key(before));
    if (queue == null) {
      return Optional.empty();
    }
    queue.remove(before.id());
    if (queue.isEmpty()) {
      queues.remove(key(before));
    }
    return queue.stream().findFirst();
  }

  /** Returns how many deliveries wait behind the first one of an ordering key. */
  int waiting(EndpointId endpoint, String orderingKey) {
    LinkedHashSet<DeliveryId> queue = queues.get(new Key(endpoint, orderingKey));
    return queue == null ? 0 : queue.size() - 1;
  }

  /** Returns the deliveries of all queues, those of each queue in order. */
  Stream<DeliveryId> all() {
    return queues.values().stream().flatMap(Collection::stream);
  }

  private static Key key(Delivery delivery) {
    return new Key(delivery.endpoint(), delivery.orderingKey());
  }
}
