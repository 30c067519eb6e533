package dev.hookferry.file;

import java.util.Arrays;
import java.util.function.LongConsumer;

/** Keys with the positions of records, in a hash table; one key may have many. Not thread-safe. */
final class KeyTable {
  private static final int INDEX_BITS = 25;

  private long[] keys = new long[256];
  private long[] positions = new long[256];
  private int count;

  /** Adds a position. */
  void add(long key, long position) {
    if (count * 3 > keys.length * 2) {
      grow();
    }
    int at = slot(key);
    while (keys[at] != 0) {
      at = at + 1 & keys.length - 1;
    }
    keys[at] = key;
    positions[at] = position;
    count++;
  }

  private void grow() {
    long[] oldKeys = keys;
    long[] oldPositions = positions;
    keys = new long[oldKeys.length * 2];
    positions = new long[oldKeys.length * 2];
    count = 0;
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldKeys[i] != 0) {
        add(oldKeys[i], oldPositions[i]);
      }
    }
  }

  private int slot(long key) {
    return (int) (key >>> 20) & keys.length - 1;
  }

  /** Hands out the positions of a key, in no order. */
  void find(long key, LongConsumer sink) {
    for (int at = slot(key); keys[at] != 0; at = at + 1 & keys.length - 1) {
      if (keys[at] == key) {
        sink.accept(positions[at]);
      }
    }
  }

  /**
   * All keys, each with its position behind it, in the order of {@link #rank}. A segment of the
   * largest size has less than half of those that fit into a table of 2 to the {@value
   * #INDEX_BITS}.
   */
  long[] sorted() {
    long[] ranks = new long[count];
    int next = 0;
    for (int i = 0; i < keys.length; i++) {
      if (keys[i] != 0) {
        // The sign is turned, because sorting knows only numbers with one.
        ranks[next++] = ((rank(keys[i]) << INDEX_BITS) | i) ^ Long.MIN_VALUE;
      }
    }
    Arrays.sort(ranks);
    long[] all = new long[count * 2];
    for (int i = 0; i < count; i++) {
      int at = (int) ranks[i] & ((1 << INDEX_BITS) - 1);
      all[2 * i] = keys[at];
      all[2 * i + 1] = positions[at];
    }
    return all;
  }

  /** By what sorted keys ascend: keys of the same rank are in no order. */
  static long rank(long key) {
    return key >>> INDEX_BITS;
  }
}
