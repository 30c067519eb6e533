package dev.hookferry.file.pending;

import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * A heap of slots of pending deliveries, ordered by due time, then by id. Each delivery's row holds
 * its position in the heap, so that any delivery can be removed. Not thread-safe.
 */
final class DueQueue {
  private final PendingRows rows;
  private int[] heap = new int[4];
  private int size;

  DueQueue(PendingRows rows) {
    this.rows = rows;
  }

  int size() {
    return size;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** Returns the slot that is due first; the queue must not be empty. */
  int first() {
    return heap[0];
  }

  /**
   * Returns when the first slot is due, in milliseconds since 1970; the queue must not be empty.
   */
  long firstDue() {
    return rows.get(heap[0], PendingRows.DUE);
  }

  /**
   * Returns when the first slot that a filter accepts is due, in milliseconds since 1970; {@link
   * Long#MAX_VALUE} if there is none. The cost grows only with the number of slots that the filter
   * rejects.
   */
  long firstDue(IntPredicate filter) {
    return firstDue(0, filter);
  }

  private long firstDue(int place, IntPredicate filter) {
    if (place >= size) {
      return Long.MAX_VALUE;
    }
    return filter.test(heap[place])
        ? rows.get(heap[place], PendingRows.DUE)
        : Math.min(firstDue(2 * place + 1, filter), firstDue(2 * place + 2, filter));
  }

  /** Returns the slot at a heap position; positions are in no particular order. */
  int at(int place) {
    return heap[place];
  }

  void add(int slot) {
    if (size == heap.length) {
      heap = Arrays.copyOf(heap, size + (size >> 1) + 1);
    }
    size++;
    up(size - 1, slot);
  }

  void remove(int slot) {
    int place = rows.upper(slot, PendingRows.LINKS);
    size--;
    int moved = heap[size];
    if (place < size) {
      down(place, moved);
      if (heap[place] == moved) {
        up(place, moved);
      }
    }
  }

  private void up(int from, int slot) {
    int place = from;
    while (place > 0 && isBefore(slot, heap[(place - 1) >>> 1])) {
      put(place, heap[(place - 1) >>> 1]);
      place = (place - 1) >>> 1;
    }
    put(place, slot);
  }

  private void down(int from, int slot) {
    int place = from;
    while (2 * place + 1 < size) {
      int child = 2 * place + 1;
      if (child + 1 < size && isBefore(heap[child + 1], heap[child])) {
        child++;
      }
      if (!isBefore(heap[child], slot)) {
        break;
      }
      put(place, heap[child]);
      place = child;
    }
    put(place, slot);
  }

  private void put(int place, int slot) {
    heap[place] = slot;
    rows.setUpper(slot, PendingRows.LINKS, place);
  }

  private boolean isBefore(int slot, int other) {
    long due = rows.get(slot, PendingRows.DUE);
    long otherDue = rows.get(other, PendingRows.DUE);
    return due != otherDue ? due < otherDue : rows.compareIds(slot, other) < 0;
  }
}
