package dev.hookferry.jdbc.order;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.jdbc.dialect.ColumnRows;
import dev.hookferry.jdbc.dialect.Dialect;
import dev.hookferry.jdbc.order.KeyQueueTable.Waiting;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The changes that one transaction makes to the queues of ordering keys. First announce all
 * changes, then call {@link #lock}, write the deliveries, and call {@link #write}. Not thread-safe.
 *
 * <p>Transactions that change a queue run one after the other, so positions follow the order of
 * commits, and a delivery that enters while the first one leaves is not missed.
 */
public final class KeyQueues {
  private final Dialect dialect;
  private final KeyQueueTable table;
  private final Map<Delivery, UUID> entering = new LinkedHashMap<>();
  private final Map<DeliveryId, UUID> leaving = new HashMap<>();
  private final List<Waiting> withdrawn = new ArrayList<>();
  private final List<Delivery> blocked = new ArrayList<>();
  private final Map<DeliveryId, QueuePlace> places = new HashMap<>();
  private final Map<DeliveryId, QueuePlace> waiting = new HashMap<>();

  public KeyQueues(Dialect dialect) {
    this.dialect = dialect;
    table = new KeyQueueTable(dialect);
  }

  /** Announces that a delivery enters its queue at the end; no effect if it has no key. */
  public void enter(Delivery delivery) {
    UUID queue = KeyQueueId.of(delivery);
    if (queue != null) {
      entering.put(delivery, queue);
    }
  }

  /**
   * Announces the result of the first delivery in a queue: it leaves if it has ended, and may block
   * the queue. No effect if it has no key.
   */
  public void result(Delivery after) {
    UUID queue = KeyQueueId.of(after);
    if (queue != null && after.state().isFinal()) {
      leaving.put(after.id(), queue);
    } else if (queue != null && after.state() == DeliveryState.BLOCKED) {
      blocked.add(after);
    }
  }

  /**
   * Announces that a delivery leaves its queue, whatever its position; no effect if it has no key.
   *
   * @param before the delivery as it is stored
   * @param position its position
   */
  public void leave(Delivery before, long position) {
    UUID queue = KeyQueueId.of(before);
    if (queue != null && before.state() == DeliveryState.WAITING) {
      withdrawn.add(new Waiting(queue, position, before.site().value(), before.id().value()));
    } else if (queue != null) {
      leaving.put(before.id(), queue);
    }
  }

  /** Returns whether no change was announced. */
  public boolean isEmpty() {
    return entering.isEmpty() && leaving.isEmpty() && withdrawn.isEmpty() && blocked.isEmpty();
  }

  /** Locks the queues, in an order common to all transactions, and assigns positions. */
  public void lock(Handle handle) {
    Map<UUID, Integer> added = new TreeMap<>();
    leaving.values().forEach(queue -> added.put(queue, 0));
    withdrawn.forEach(one -> added.put(one.queue(), 0));
    entering.values().forEach(queue -> added.merge(queue, 1, Integer::sum));
    if (added.isEmpty()) {
      return;
    }
    Map<UUID, Long> last = table.lock(handle, added);
    Map<UUID, Long> next = new HashMap<>();
    added.forEach((queue, count) -> next.put(queue, last.getOrDefault(queue, 0L) - count + 1));
    entering.forEach(
        (delivery, queue) -> {
          long position = next.merge(queue, 1L, Long::sum) - 1;
          QueuePlace place = new QueuePlace(queue, position);
          places.put(delivery.id(), place);
          // An empty queue has no row, so its first delivery gets position 1.
          if (position > 1) {
            waiting.put(delivery.id(), place);
          }
        });
  }

  /** Returns the place of an entering delivery; null if it enters no queue. */
  public @Nullable QueuePlace place(Delivery delivery) {
    return places.get(delivery.id());
  }

  /** Returns whether an entering delivery has others ahead of it in its queue. */
  public boolean waits(Delivery delivery) {
    return waiting.containsKey(delivery.id());
  }

  /**
   * Updates the queues after the deliveries have been written.
   *
   * @param refused deliveries whose result was not written
   * @return whether a waiting delivery has become the first in its queue
   */
  public boolean write(Handle handle, Set<DeliveryId> refused) {
    List<Waiting> added = new ArrayList<>();
    for (Delivery delivery : entering.keySet()) {
      QueuePlace place = waiting.get(delivery.id());
      if (place != null) {
        String site = delivery.site().value();
        added.add(new Waiting(place.queue(), place.position(), site, delivery.id().value()));
      }
    }
    table.insert(handle, added);
    table.delete(handle, withdrawn);
    park(handle, blocked.stream().filter(one -> !refused.contains(one.id())).toList());
    Set<UUID> open = new TreeSet<>();
    Set<UUID> unchanged = new TreeSet<>();
    leaving.forEach((id, queue) -> (refused.contains(id) ? unchanged : open).add(queue));
    unchanged.removeAll(open);
    table.removeUnused(handle, unchanged);
    return table.promoteFirsts(handle, open);
  }

  private void park(Handle handle, List<Delivery> deliveries) {
    ColumnRows rows =
        ColumnRows.of(
            ColumnRows.time("due_at"),
            ColumnRows.time("own_due_at"),
            ColumnRows.text("site"),
            ColumnRows.uuid("id"));
    for (Delivery one : deliveries) {
      rows.add(QueuePlace.BLOCKED, one.dueAt(), one.site().value(), one.id().value());
    }
    dialect.each(
        handle,
        """
        UPDATE hookferry_delivery_queue
        SET due_at = :due_at, own_due_at = :own_due_at, parked = 'blocked'
        WHERE site = :site AND id = :id
        """,
        rows);
  }
}
