package dev.hookferry.file;

import dev.hookferry.port.TimeWindow;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The rows of all segments that match a filter, the greatest first. Ids ascend with time, so mostly
 * one segment is read after the other; where their rows overlap, several are read at once. Not
 * thread-safe.
 */
final class MergedRows {
  private static final Instant EARLIEST = Instant.ofEpochMilli(Long.MIN_VALUE + 1);
  private static final Instant LATEST = Instant.ofEpochMilli(Long.MAX_VALUE - 1);

  private final RowFilter filter;
  private final Cursor before;
  private final List<Unopened> unopened = new ArrayList<>();
  private final PriorityQueue<Descent> opened =
      new PriorityQueue<>(Comparator.comparing(Descent::row, (a, b) -> Row.compare(b, 0, a, 0)));

  /** A segment with its greatest row. */
  private static final class Unopened {
    final Segment segment;
    final Rows rows;
    final long[] last;

    Unopened(Segment segment, Rows rows) throws IOException {
      this.segment = segment;
      this.rows = rows;
      this.last = rows.last();
    }
  }

  /** What was found. */
  static final class Hit {
    private final Segment segment;
    private final long[] row;

    Hit(Segment segment, long[] row) {
      this.segment = segment;
      this.row = row;
    }

    Segment segment() {
      return segment;
    }

    /** A number of the row. */
    long get(int column) {
      return row[column];
    }

    long position() {
      return row[Row.POSITION];
    }

    Cursor cursor() {
      return new Cursor(row[Row.HIGH], row[Row.LOW]);
    }
  }

  /**
   * Rows of some segments.
   *
   * @param window which times are wanted
   * @param before where to begin
   */
  MergedRows(List<Segment> segments, RowFilter filter, TimeWindow window, Cursor before)
      throws IOException {
    this.filter = filter;
    this.before = before;
    for (Segment segment : segments) {
      Rows rows = segment.index().rows(filter.listing());
      if (rows.count() > 0
          && overlaps(segment.index().span(filter.listing()), window)
          && filter.mayMatch(segment.index())) {
        unopened.add(new Unopened(segment, rows));
      }
    }
    unopened.sort((a, b) -> Row.compare(a.last, 0, b.last, 0));
    long since = window.since() == null ? Long.MIN_VALUE : ceiling(window.since());
    long until = window.until() == null ? Long.MAX_VALUE : ceiling(window.until());
    filter.check(row -> row[Row.TIME] >= since && row[Row.TIME] < until);
  }

  private static long ceiling(Instant time) {
    if (time.isBefore(EARLIEST)) {
      return Long.MIN_VALUE;
    }
    if (time.isAfter(LATEST)) {
      return Long.MAX_VALUE;
    }
    return time.minusNanos(1).toEpochMilli() + 1;
  }

  private static boolean overlaps(SegmentIndex.Span span, TimeWindow window) {
    return (window.since() == null || !Instant.ofEpochMilli(span.last()).isBefore(window.since()))
        && (window.until() == null || Instant.ofEpochMilli(span.first()).isBefore(window.until()));
  }

  /** The next row, or null. */
  @Nullable Hit next() throws IOException {
    while (!unopened.isEmpty() && (opened.isEmpty() || isDue(unopened.get(unopened.size() - 1)))) {
      Unopened next = unopened.remove(unopened.size() - 1);
      Descent descent = new Descent(next.segment, next.rows, filter, before);
      if (descent.step()) {
        opened.add(descent);
      }
    }
    Descent first = opened.poll();
    if (first == null) {
      return null;
    }
    Hit found = new Hit(first.segment(), first.row());
    if (first.step()) {
      opened.add(first);
    }
    return found;
  }

  private boolean isDue(Unopened next) {
    Descent first = opened.peek();
    return first != null && Row.compare(next.last, 0, first.row(), 0) >= 0;
  }
}
