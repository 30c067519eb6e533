package dev.hookferry.file;

import java.util.function.LongConsumer;

/** Keys with the positions of records, in a hash table; one key may have many. Not thread-safe. */
final class KeyTable {
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

  int count() {
    return count;
  }

  /** All keys with their positions, in the order of the keys as numbers without sign. */
  long[][] sorted() {
    long[][] all = new long[count][];
    int next = 0;
    for (int i = 0; i < keys.length; i++) {
      if (keys[i] != 0) {
        all[next++] = new long[] {keys[i], positions[i]};
      }
    }
    java.util.Arrays.sort(all, (a, b) -> Long.compareUnsigned(a[0], b[0]));
    return all;
  }
}
