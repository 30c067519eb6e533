package dev.hookferry.file.index;

import java.util.Arrays;
import java.util.function.LongConsumer;

/**
 * A hash table from keys to record positions, for keys that any number of records may have. The
 * positions of one key form a chain. Not thread-safe.
 */
final class PostingTable {
  /** Each key is followed by the number of the last entry of its chain, plus one. */
  private long[] slots = new long[256];

  private int keys;
  private long[] positions = new long[64];

  /** The number of the previous entry, plus one; 0 at the beginning of the chain. */
  private int[] before = new int[64];

  private int count;

  /** Adds a position. */
  void add(long key, long position) {
    if (count == positions.length) {
      positions = Arrays.copyOf(positions, count * 2);
      before = Arrays.copyOf(before, count * 2);
    }
    if (keys * 3 > slots.length) {
      grow();
    }
    int at = slot(slots, key);
    if (slots[at] == 0) {
      slots[at] = key;
      keys++;
    }
    positions[count] = position;
    before[count] = (int) slots[at + 1];
    slots[at + 1] = ++count;
  }

  private void grow() {
    long[] larger = new long[slots.length * 2];
    for (int i = 0; i < slots.length; i += 2) {
      if (slots[i] != 0) {
        int at = slot(larger, slots[i]);
        larger[at] = slots[i];
        larger[at + 1] = slots[i + 1];
      }
    }
    slots = larger;
  }

  /**
   * Returns the array index of a key, or of the slot where it would be added. Keys are never zero.
   */
  private static int slot(long[] slots, long key) {
    int mask = slots.length / 2 - 1;
    int at = (int) (key >>> 20) & mask;
    while (slots[at * 2] != 0 && slots[at * 2] != key) {
      at = at + 1 & mask;
    }
    return at * 2;
  }

  /** Passes the positions of a key to the sink, the last added first. */
  void find(long key, LongConsumer sink) {
    for (int i = (int) slots[slot(slots, key) + 1]; i > 0; i = before[i - 1]) {
      sink.accept(positions[i - 1]);
    }
  }

  /**
   * Merges other pairs of keys and positions with those of this table, in the order of {@link
   * KeyTable#rank}.
   *
   * @param others the other pairs, in that order
   */
  long[] mergedWith(long[] others) {
    if (count == 0) {
      return others;
    }
    long[] merged = new long[others.length + count * 2];
    int other = 0;
    int next = 0;
    for (long key : sortedKeys()) {
      int end = other;
      while (end < others.length && KeyTable.rank(others[end]) <= KeyTable.rank(key)) {
        end += 2;
      }
      System.arraycopy(others, other, merged, next, end - other);
      next += end - other;
      other = end;
      for (int i = (int) slots[slot(slots, key) + 1]; i > 0; i = before[i - 1]) {
        merged[next++] = key;
        merged[next++] = positions[i - 1];
      }
    }
    System.arraycopy(others, other, merged, next, others.length - other);
    return merged;
  }

  private long[] sortedKeys() {
    long[] sorted = new long[keys];
    int next = 0;
    for (int i = 0; i < slots.length; i += 2) {
      if (slots[i] != 0) {
        // Flip the sign bit, because the sort compares signed numbers.
        sorted[next++] = slots[i] ^ Long.MIN_VALUE;
      }
    }
    Arrays.sort(sorted);
    for (int i = 0; i < sorted.length; i++) {
      sorted[i] ^= Long.MIN_VALUE;
    }
    return sorted;
  }
}
