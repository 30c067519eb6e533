package dev.hookferry.file.index;

import java.io.IOException;
import java.util.function.LongConsumer;

/** The index of one segment. Thread-safe. */
public interface SegmentIndex {
  /** Returns a snapshot of the rows of a listing. */
  IndexEntries rows(IndexedList listing);

  /** Returns the earliest and latest time of a listing's rows; an empty span if there are none. */
  Span span(IndexedList listing);

  /** Returns false if the segment has no record with this key; true if it may have one. */
  boolean mayContain(long key);

  /**
   * Passes the packed positions of the records that may have this key to the sink, in no particular
   * order.
   */
  void find(long key, LongConsumer sink) throws IOException;

  /**
   * A span of times in milliseconds since 1970.
   *
   * @param first earliest time
   * @param last latest time, inclusive; before {@code first} if the span is empty
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
