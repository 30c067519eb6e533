package dev.hookferry.file.search;

import dev.hookferry.file.index.EntryFilter;
import dev.hookferry.file.index.IndexEntries;
import dev.hookferry.file.index.IndexEntry;
import dev.hookferry.file.journal.Segment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Merges the rows of all segments that match a filter, greatest first. Ids ascend with time, so
 * usually one segment is read after another; segments with overlapping rows are read together. Not
 * thread-safe.
 */
public final class MergedEntries {
  private final EntryFilter filter;
  private final PageCursor before;
  private final List<Unopened> unopened = new ArrayList<>();
  private final PriorityQueue<SegmentCursor> opened =
      new PriorityQueue<>(
          Comparator.comparing(SegmentCursor::row, (a, b) -> IndexEntry.compare(b, 0, a, 0)));

  /** A segment that has not been opened yet, with its greatest row. */
  private static final class Unopened {
    final Segment segment;
    final IndexEntries rows;
    final long[] last;

    Unopened(Segment segment, IndexEntries rows) throws IOException {
      this.segment = segment;
      this.rows = rows;
      this.last = rows.last();
    }
  }

  /** A matching row. */
  public static final class Hit {
    private final Segment segment;
    private final long[] row;

    Hit(Segment segment, long[] row) {
      this.segment = segment;
      this.row = row;
    }

    public Segment segment() {
      return segment;
    }

    /** Returns a column of the row, see {@link IndexEntry}. */
    public long get(int column) {
      return row[column];
    }

    public long position() {
      return row[IndexEntry.POSITION];
    }

    /** Returns the id, for listings that are ordered by id. */
    UUID id() {
      return new UUID(row[IndexEntry.HIGH], row[IndexEntry.LOW]);
    }

    public PageCursor cursor() {
      return new PageCursor(row[IndexEntry.HIGH], row[IndexEntry.LOW]);
    }
  }

  /**
   * Merges the rows of these segments.
   *
   * @param before the cursor to begin after
   */
  public MergedEntries(List<Segment> segments, EntryFilter filter, PageCursor before)
      throws IOException {
    this.filter = filter;
    this.before = before;
    for (Segment segment : segments) {
      IndexEntries rows = segment.index().rows(filter.listing());
      if (rows.count() > 0 && filter.mayMatch(segment.index())) {
        unopened.add(new Unopened(segment, rows));
      }
    }
    unopened.sort((a, b) -> IndexEntry.compare(a.last, 0, b.last, 0));
  }

  /** Returns the next row, or null at the end. */
  public @Nullable Hit next() throws IOException {
    open();
    SegmentCursor first = opened.poll();
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
      SegmentCursor descent = new SegmentCursor(next.segment, next.rows, filter, before);
      if (descent.step()) {
        opened.add(descent);
      }
    }
  }

  /**
   * Skips rows with a greater id and returns the next row without consuming it; null at the end.
   */
  @Nullable Hit seek(long high, long low) throws IOException {
    open();
    SegmentCursor first = opened.peek();
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
    SegmentCursor first = opened.peek();
    return first != null && IndexEntry.compare(next.last, 0, first.row(), 0) >= 0;
  }
}
