package dev.hookferry.memory;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Queues of the deliveries that have not ended, one for each endpoint and ordering key. */
final class MemoryKeyQueues {
  private final Map<Key, NavigableMap<Long, DeliveryId>> queues = new HashMap<>();
  private final Map<DeliveryId, QueuePosition> positions = new HashMap<>();
  private long last;

  private record Key(EndpointId endpoint, String key) {}

  private record QueuePosition(Key key, long number) {}

  /** Returns the position of a delivery in the queue of its key; 0 if it is in none. */
  long position(DeliveryId id) {
    QueuePosition position = positions.get(id);
    return position == null ? 0 : position.number();
  }

  /** Returns how many deliveries wait behind the first of a key. */
  int waiting(EndpointId endpoint, String key) {
    NavigableMap<Long, DeliveryId> queue = queues.get(new Key(endpoint, key));
    return queue == null ? 0 : queue.size() - 1;
  }

  /** Queues a delivery transferred from another store at its position there, if it has a key. */
  void restore(Delivery delivery, long position) {
    String key = delivery.orderingKey();
    if (key != null) {
      boolean unused =
          enter(new QueuePosition(new Key(delivery.endpoint(), key), position), delivery.id());
    }
  }

  /**
   * Queues a delivery with a key and returns it as it is to be stored: waiting if it is new in a
   * queue and not the first; without its key if it has ended.
   */
  Delivery entered(Delivery delivery) {
    String key = delivery.orderingKey();
    if (delivery.state().isFinal()) {
      return delivery.inOrder(null);
    }
    if (key == null || positions.containsKey(delivery.id())) {
      return delivery;
    }
    QueuePosition position = new QueuePosition(new Key(delivery.endpoint(), key), last + 1);
    return enter(position, delivery.id()) ? delivery : delivery.waiting();
  }

  /** Adds a delivery to a queue; returns whether it is alone there. */
  private boolean enter(QueuePosition position, DeliveryId id) {
    NavigableMap<Long, DeliveryId> queue =
        queues.computeIfAbsent(position.key(), k -> new TreeMap<>());
    queue.put(position.number(), id);
    positions.put(id, position);
    last = Math.max(last, position.number());
    return queue.size() == 1;
  }

  /** Removes a delivery that has ended; returns the first of its queue, if any is left. */
  Optional<DeliveryId> leave(DeliveryId id) {
    QueuePosition position = positions.remove(id);
    NavigableMap<Long, DeliveryId> queue = position == null ? null : queues.get(position.key());
    if (position == null || queue == null) {
      return Optional.empty();
    }
    queue.remove(position.number());
    if (queue.isEmpty()) {
      queues.remove(position.key());
    }
    return Optional.ofNullable(queue.firstEntry()).map(Map.Entry::getValue);
  }
}
