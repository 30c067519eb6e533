package dev.hookferry.file.index;

import java.util.Arrays;
import java.util.function.LongConsumer;

/** A hash table from keys to record positions; a key may have many. Not thread-safe. */
final class KeyTable {
  private static final int INDEX_BITS = 25;

  /** Each key is followed by its position, so that one memory access fetches both. */
  private long[] pairs = new long[512];

  private int count;

  /** Adds a position. */
  void add(long key, long position) {
    if (count * 3 > slots() * 2) {
      grow();
    }
    int at = slot(key);
    while (pairs[2 * at] != 0) {
      at = next(at);
    }
    pairs[2 * at] = key;
    pairs[2 * at + 1] = position;
    count++;
  }

  private void grow() {
    long[] old = pairs;
    pairs = new long[old.length * 2];
    count = 0;
    for (int i = 0; i < old.length; i += 2) {
      if (old[i] != 0) {
        add(old[i], old[i + 1]);
      }
    }
  }

  private int slots() {
    return pairs.length / 2;
  }

  private int slot(long key) {
    return (int) (key >>> 20) & slots() - 1;
  }

  private int next(int slot) {
    return slot + 1 & slots() - 1;
  }

  /** Passes the positions of a key to the sink, in no particular order. */
  void find(long key, LongConsumer sink) {
    for (int at = slot(key); pairs[2 * at] != 0; at = next(at)) {
      if (pairs[2 * at] == key) {
        sink.accept(pairs[2 * at + 1]);
      }
    }
  }

  /**
   * Returns all keys, each followed by its position, in the order of {@link #rank}. Even the
   * largest segment has fewer than half the keys that fit into a table of 2 to the power of {@value
   * #INDEX_BITS} slots.
   */
  long[] sorted() {
    long[] ranks = new long[count];
    int next = 0;
    for (int i = 0; i < slots(); i++) {
      if (pairs[2 * i] != 0) {
        // Flip the sign bit, because the sort compares signed numbers.
        ranks[next++] = ((rank(pairs[2 * i]) << INDEX_BITS) | i) ^ Long.MIN_VALUE;
      }
    }
    Arrays.sort(ranks);
    long[] all = new long[count * 2];
    for (int i = 0; i < count; i++) {
      int at = (int) ranks[i] & ((1 << INDEX_BITS) - 1);
      all[2 * i] = pairs[2 * at];
      all[2 * i + 1] = pairs[2 * at + 1];
    }
    return all;
  }

  /** Returns the sort order of a key; keys of equal rank are in no particular order. */
  static long rank(long key) {
    return key >>> INDEX_BITS;
  }
}
