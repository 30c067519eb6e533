package dev.hookferry.file;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The rows of all segments that match a filter, the greatest first. Ids ascend with time, so mostly
 * one segment is read after the other; where their rows overlap, several are read at once. Not
 * thread-safe.
 */
final class MergedRows {
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

    /** The id, in listings that are ordered by ids. */
    UUID id() {
      return new UUID(row[Row.HIGH], row[Row.LOW]);
    }

    Cursor cursor() {
      return new Cursor(row[Row.HIGH], row[Row.LOW]);
    }
  }

  /**
   * Rows of some segments.
   *
   * @param before where to begin
   */
  MergedRows(List<Segment> segments, RowFilter filter, Cursor before) throws IOException {
    this.filter = filter;
    this.before = before;
    for (Segment segment : segments) {
      Rows rows = segment.index().rows(filter.listing());
      if (rows.count() > 0 && filter.mayMatch(segment.index())) {
        unopened.add(new Unopened(segment, rows));
      }
    }
    unopened.sort((a, b) -> Row.compare(a.last, 0, b.last, 0));
  }

  /** The next row, or null. */
  @Nullable Hit next() throws IOException {
    open();
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

  private void open() throws IOException {
    while (!unopened.isEmpty() && (opened.isEmpty() || isDue(unopened.get(unopened.size() - 1)))) {
      Unopened next = unopened.remove(unopened.size() - 1);
      Descent descent = new Descent(next.segment, next.rows, filter, before);
      if (descent.step()) {
        opened.add(descent);
      }
    }
  }

  /**
   * The next row whose id is this one or a smaller one, or null. The rows above it are left out; it
   * itself comes next.
   */
  @Nullable Hit seek(long high, long low) throws IOException {
    open();
    Descent first = opened.peek();
    while (first != null && !first.isAtMost(high, low)) {
      opened.remove(first);
      if (first.skip(high, low)) {
        opened.add(first);
      }
      open();
      first = opened.peek();
    }
    return first == null ? null : new Hit(first.segment(), first.row());
  }

  private boolean isDue(Unopened next) {
    Descent first = opened.peek();
    return first != null && Row.compare(next.last, 0, first.row(), 0) >= 0;
  }
}
