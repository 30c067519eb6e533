package dev.hookferry.file.pending;

import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * The endpoints for which a claim has capacity left and a free delivery is due, ordered by due
 * time. Not thread-safe.
 */
final class ClaimCapacity {
  private final PriorityQueue<Room> rooms =
      new PriorityQueue<>(Comparator.comparingLong((Room room) -> room.queue.firstDue()));
  private final long dueBy;

  /**
   * Starts without any endpoints.
   *
   * @param dueBy the latest due time, in milliseconds since 1970
   */
  ClaimCapacity(long dueBy) {
    this.dueBy = dueBy;
  }

  /** Adds an endpoint's queue if it has room and its first delivery is due. */
  void add(DueQueue queue, int room) {
    keep(new Room(queue, room));
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
   * @param taking an action that must remove the slot from its queue
   */
  void take(Runnable taking) {
    Room room = rooms.remove();
    taking.run();
    room.left--;
    keep(room);
  }
}
