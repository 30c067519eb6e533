package dev.hookferry.file.pending;

import dev.hookferry.file.index.IndexEntry;
import java.util.Arrays;
import java.util.UUID;

/**
 * The pending deliveries, each as a row of ten numbers in a slot that it keeps until it is final.
 * Rows lie in pages, so that a million of them need no more than they fill. Not thread-safe.
 */
public final class PendingRows {
  /** The upper half of the delivery's id. */
  public static final int HIGH = 0;

  /** The lower half of the delivery's id. */
  public static final int LOW = 1;

  /** When it is due, in milliseconds. */
  static final int DUE = 2;

  /** When it came to be, in milliseconds. */
  static final int CREATED = 3;

  /** The sequence number of its event; 0 in a free slot. */
  public static final int EVENT = 4;

  /** Offset and length of its event. */
  static final int POSITION = 5;

  /** The segment of its event, and how many bytes the payload has. */
  static final int SEGMENT = 6;

  /** Its lane, and the kind of its event. */
  public static final int LANE = 7;

  /**
   * How many attempts were made, with what is held against it, and the number of its owner, 0 for
   * none.
   */
  static final int ATTEMPTS = 8;

  /** Where it is in its queue, and the next slot of the same bucket. */
  public static final int LINKS = 9;

  /** How many numbers a row has. */
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

  /** How many deliveries are pending. */
  int count() {
    return count;
  }

  /** One more than the greatest slot ever used. */
  public int slots() {
    return slots;
  }

  /** The slot of a delivery, or -1. */
  int find(UUID id) {
    long high = id.getMostSignificantBits();
    long low = id.getLeastSignificantBits();
    int slot = buckets[bucket(high, low)];
    while (slot != NONE && (get(slot, LOW) != low || get(slot, HIGH) != high)) {
      slot = lower(slot, LINKS);
    }
    return slot;
  }

  /** Gives a slot to a delivery that has none; all but its id is 0. */
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

  /** Takes a delivery's slot away. */
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

  /** Whether a delivery has this slot. */
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

  /** Which of two deliveries has the smaller id. */
  int compareIds(int slot, int other) {
    int high = Long.compareUnsigned(get(slot, HIGH), get(other, HIGH));
    return high != 0 ? high : Long.compareUnsigned(get(slot, LOW), get(other, LOW));
  }
}
