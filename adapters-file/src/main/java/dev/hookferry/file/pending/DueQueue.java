package dev.hookferry.file.pending;

import java.util.Arrays;

/**
 * Slots of pending deliveries, the earliest due first, those due at once by id: a heap in which
 * each delivery's row says where it is, so that it can leave from anywhere. Not thread-safe.
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

  /** The slot that is due first; there must be one. */
  int first() {
    return heap[0];
  }

  /** When the first is due, in milliseconds; there must be one. */
  long firstDue() {
    return rows.get(heap[0], PendingRows.DUE);
  }

  /** The slot at a place of the heap, in no order. */
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
