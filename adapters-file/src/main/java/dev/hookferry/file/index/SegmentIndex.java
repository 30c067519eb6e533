package dev.hookferry.file.index;

import java.io.IOException;
import java.util.function.LongConsumer;

/** Where things stand in one segment. Thread-safe. */
public interface SegmentIndex {
  /** The rows of a listing, as they are now. */
  IndexEntries rows(IndexedList listing);

  /** Between which times the rows of a listing lie; an empty span if there are none. */
  Span span(IndexedList listing);

  /** False if the segment has no record with this key; true if it may have one. */
  boolean mayContain(long key);

  /** Hands out the packed positions of the records that may have this key, in no order. */
  void find(long key, LongConsumer sink) throws IOException;

  /**
   * Times in milliseconds.
   *
   * @param first the earliest
   * @param last the latest; before the first if there are none
   */
  record Span(long first, long last) {
    static final Span EMPTY = new Span(Long.MAX_VALUE, Long.MIN_VALUE);

    public boolean contains(long time) {
      return first <= time && time <= last;
    }

    Span with(long time) {
      return new Span(Math.min(first, time), Math.max(last, time));
    }
  }
}
