package dev.hookferry.file.pending;

import dev.hookferry.id.EndpointId;
import dev.hookferry.store.ClaimRequest;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The endpoints for which a claim has capacity left and a free delivery is due, ordered by due
 * time. Not thread-safe.
 */
final class ClaimCapacity {
  private final PriorityQueue<Room> rooms =
      new PriorityQueue<>(Comparator.comparingLong((Room room) -> room.queue.firstDue()));
  private final long dueBy;

  /**
   * Creates the capacity of a claim.
   *
   * @param queues returns the queue of an endpoint, or null if it has none
   */
  ClaimCapacity(ClaimRequest claim, Function<EndpointId, @Nullable DueQueue> queues) {
    dueBy = claim.dueBy().toEpochMilli();
    claim
        .room()
        .forEach(
            (endpoint, left) -> {
              DueQueue queue = queues.apply(endpoint);
              if (queue != null) {
                keep(new Room(queue, left));
              }
            });
  }

  private static final class Room {
    final DueQueue queue;
    int left;

    Room(DueQueue queue, int left) {
      this.queue = queue;
      this.left = left;
    }
  }

  private void keep(Room room) {
    if (room.left > 0 && !room.queue.isEmpty() && room.queue.firstDue() <= dueBy) {
      rooms.add(room);
    }
  }

  /** Returns whether no endpoint is left. */
  boolean isEmpty() {
    return rooms.isEmpty();
  }

  /** Returns the slot that is due first. */
  int first() {
    return rooms.element().queue.first();
  }

  /**
   * Takes the first slot.
   *
   * @param taking must remove the slot from its queue
   */
  void take(Runnable taking) {
    Room room = rooms.remove();
    taking.run();
    room.left--;
    keep(room);
  }
}
