package dev.hookferry.memory;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** The deliveries of each endpoint and ordering key, in their order. */
final class MemoryKeyQueues {
  private final Map<Key, NavigableMap<Long, DeliveryId>> queues = new HashMap<>();
  private final Map<DeliveryId, Place> places = new HashMap<>();
  private long last;

  private record Key(EndpointId endpoint, String key) {}

  private record Place(Key key, long position) {}

  /** Returns the position of a delivery among those of its key; 0 if it has none. */
  long position(DeliveryId id) {
    Place place = places.get(id);
    return place == null ? 0 : place.position();
  }

  /** Returns how many deliveries wait behind the first of a key. */
  int waiting(EndpointId endpoint, String key) {
    NavigableMap<Long, DeliveryId> queue = queues.get(new Key(endpoint, key));
    return queue == null ? 0 : queue.size() - 1;
  }

  /** Gives a delivery of another store its position. */
  void restore(Delivery delivery, long position) {
    String key = delivery.orderingKey();
    if (key != null) {
      boolean unused = enter(new Place(new Key(delivery.endpoint(), key), position), delivery.id());
    }
  }

  /**
   * Returns a delivery as it is stored: waiting if it is new in the queue of its key, and not the
   * first there.
   */
  Delivery entered(Delivery delivery) {
    String key = delivery.orderingKey();
    if (delivery.state().isFinal()) {
      return delivery.inOrder(null);
    }
    if (key == null || places.containsKey(delivery.id())) {
      return delivery;
    }
    Place place = new Place(new Key(delivery.endpoint(), key), last + 1);
    enter(place, delivery.id());
    return enter(place, delivery.id()) ? delivery : delivery.waiting();
  }

  /** Returns whether it is alone in its queue. */
  private boolean enter(Place place, DeliveryId id) {
    NavigableMap<Long, DeliveryId> queue =
        queues.computeIfAbsent(place.key(), k -> new TreeMap<>());
    queue.put(place.position(), id);
    places.put(id, place);
    last = Math.max(last, place.position());
    return queue.size() == 1;
  }

  /** Removes a delivery that has ended; returns the first of those that are left. */
  Optional<DeliveryId> leave(DeliveryId id) {
    Place place = places.remove(id);
    NavigableMap<Long, DeliveryId> queue = place == null ? null : queues.get(place.key());
    if (place == null || queue == null) {
      return Optional.empty();
    }
    queue.remove(place.position());
    if (queue.isEmpty()) {
      queues.remove(place.key());
    }
    return Optional.ofNullable(queue.firstEntry()).map(Map.Entry::getValue);
  }
}
