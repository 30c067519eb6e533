package dev.hookferry.file.pending;

import dev.hookferry.file.index.IndexEntry;
import java.util.Arrays;
import java.util.UUID;

/**
 * The pending deliveries as rows of ten numbers. A delivery keeps its slot until it is final. Rows
 * are stored in pages, so that a million rows take little more memory than their content. Not
 * thread-safe.
 */
public final class PendingRows {
  /** Upper half of the delivery id. */
  public static final int HIGH = 0;

  /** Lower half of the delivery id. */
  public static final int LOW = 1;

  /** Due time, in milliseconds since 1970. */
  static final int DUE = 2;

  /** Creation time, in milliseconds since 1970. */
  static final int CREATED = 3;

  /** Sequence number of the event; 0 in a free slot. */
  public static final int EVENT = 4;

  /** Offset and length of the event. */
  static final int POSITION = 5;

  /** Segment of the event, and payload size in bytes. */
  static final int SEGMENT = 6;

  /** Numbers of the endpoint and of the kind, see {@link NumberedNames}. */
  public static final int LANE = 7;

  /** Number of attempts with the crash suspicion, and the owner number, 0 for none. */
  static final int ATTEMPTS = 8;

  /** Position in the queue, and the next slot of the same hash bucket. */
  public static final int LINKS = 9;

  /** Numbers per row. */
  public static final int WIDTH = 10;

  private static final int PAGE_BITS = 11;
  private static final int PAGE = 1 << PAGE_BITS;
  private static final int NONE = -1;

  private long[][] pages = new long[16][];
  private int[] buckets = new int[1 << 12];
  private int slots;
  private int free = NONE;
  private int count;

  PendingRows() {
    Arrays.fill(buckets, NONE);
  }

  /** Returns the number of pending deliveries. */
  int count() {
    return count;
  }

  /** Returns one more than the greatest slot ever used. */
  public int slots() {
    return slots;
  }

  /** Returns the slot of a delivery, or -1 if it has none. */
  int find(UUID id) {
    long high = id.getMostSignificantBits();
    long low = id.getLeastSignificantBits();
    int slot = buckets[bucket(high, low)];
    while (slot != NONE && (get(slot, LOW) != low || get(slot, HIGH) != high)) {
      slot = lower(slot, LINKS);
    }
    return slot;
  }

  /** Assigns a slot to a delivery that has none; all columns but its id are 0. */
  int add(UUID id) {
    if (count >= buckets.length) {
      rehash();
    }
    int slot = free;
    if (slot == NONE) {
      slot = slots++;
      if (slot >>> PAGE_BITS == pages.length) {
        pages = Arrays.copyOf(pages, pages.length * 2);
      }
      if (pages[slot >>> PAGE_BITS] == null) {
        pages[slot >>> PAGE_BITS] = new long[PAGE * WIDTH];
      }
    } else {
      free = lower(slot, LINKS);
    }
    int at = (slot & PAGE - 1) * WIDTH;
    Arrays.fill(pages[slot >>> PAGE_BITS], at, at + WIDTH, 0);
    set(slot, HIGH, id.getMostSignificantBits());
    set(slot, LOW, id.getLeastSignificantBits());
    link(slot);
    count++;
    return slot;
  }

  private void link(int slot) {
    int bucket = bucket(get(slot, HIGH), get(slot, LOW));
    setLower(slot, LINKS, buckets[bucket]);
    buckets[bucket] = slot;
  }

  private void rehash() {
    buckets = new int[buckets.length * 2];
    Arrays.fill(buckets, NONE);
    for (int slot = 0; slot < slots; slot++) {
      if (isUsed(slot)) {
        link(slot);
      }
    }
  }

  /** Frees the slot of a delivery. */
  void remove(int slot) {
    int bucket = bucket(get(slot, HIGH), get(slot, LOW));
    int next = lower(slot, LINKS);
    if (buckets[bucket] == slot) {
      buckets[bucket] = next;
    } else {
      int before = buckets[bucket];
      while (lower(before, LINKS) != slot) {
        before = lower(before, LINKS);
      }
      setLower(before, LINKS, next);
    }
    set(slot, EVENT, 0);
    setLower(slot, LINKS, free);
    free = slot;
    count--;
  }

  /** Returns whether a delivery has this slot. */
  public boolean isUsed(int slot) {
    return get(slot, EVENT) != 0;
  }

  private int bucket(long high, long low) {
    long mixed = (high * 31 + low) * 0x9e37_79b9_7f4a_7c15L;
    return (int) (mixed >>> 32) & buckets.length - 1;
  }

  public long get(int slot, int field) {
    return pages[slot >>> PAGE_BITS][(slot & PAGE - 1) * WIDTH + field];
  }

  void set(int slot, int field, long value) {
    pages[slot >>> PAGE_BITS][(slot & PAGE - 1) * WIDTH + field] = value;
  }

  int upper(int slot, int field) {
    return (int) (get(slot, field) >>> 32);
  }

  public int lower(int slot, int field) {
    return (int) get(slot, field);
  }

  void setUpper(int slot, int field, int value) {
    set(slot, field, IndexEntry.pair(value, lower(slot, field)));
  }

  void setLower(int slot, int field, int value) {
    set(slot, field, IndexEntry.pair(upper(slot, field), value));
  }

  /** Compares the ids of two deliveries. */
  int compareIds(int slot, int other) {
    int high = Long.compareUnsigned(get(slot, HIGH), get(other, HIGH));
    return high != 0 ? high : Long.compareUnsigned(get(slot, LOW), get(other, LOW));
  }
}
