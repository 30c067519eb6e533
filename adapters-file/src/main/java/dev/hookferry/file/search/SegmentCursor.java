package dev.hookferry.file.search;

import dev.hookferry.file.index.EntryFilter;
import dev.hookferry.file.index.IndexEntries;
import dev.hookferry.file.index.IndexEntry;
import dev.hookferry.file.journal.Segment;
import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** Iterates over the matching rows of one segment, greatest first. Not thread-safe. */
final class SegmentCursor {
  private static final int FIRST_BLOCK = 64;
  private static final int BLOCK = 1024;

  /** Rows are read individually if fewer than one in this many matches. */
  private static final int SPARSE = 16;

  /** Rows to step over before switching to a binary search. */
  private static final int STEPS = 4;

  private final Segment segment;
  private final IndexEntries rows;
  private final EntryFilter filter;
  private final @Nullable BitSet matching;
  private final boolean isSparse;
  private long[] block = new long[FIRST_BLOCK * IndexEntry.WIDTH];
  private int blockStart;
  private int next;
  private long[] row = new long[0];

  /** Creates a cursor that starts after a page. */
  SegmentCursor(Segment segment, IndexEntries rows, EntryFilter filter, PageCursor before)
      throws IOException {
    this.segment = segment;
    this.rows = rows;
    this.filter = filter;
    this.matching = PostedRows.matching(segment.index(), rows, filter);
    this.isSparse = matching != null && matching.cardinality() < rows.count() / SPARSE;
    this.next =
        before.equals(PageCursor.START) || (matching != null && matching.isEmpty())
            ? rows.count()
            : rows.countBefore(before.high(), before.low(), Long.MIN_VALUE, rows.count());
    this.blockStart = next;
  }

  Segment segment() {
    return segment;
  }

  /** Returns the current row. */
  long[] row() {
    return row;
  }

  /** Advances to the next row; returns false at the end. */
  boolean step() throws IOException {
    while (next > 0) {
      next = matching == null ? next - 1 : matching.previousSetBit(next - 1);
      if (next < 0) {
        return false;
      }
      if (next < blockStart) {
        load();
      }
      int at = (next - blockStart) * IndexEntry.WIDTH;
      if (filter.matches(block, at)) {
        row = Arrays.copyOfRange(block, at, at + IndexEntry.WIDTH);
        return true;
      }
    }
    return false;
  }

  /** Advances until the row's id is at most this one; returns false if there is no such row. */
  boolean skip(long high, long low) throws IOException {
    for (int steps = 0; !isAtMost(high, low); steps++) {
      if (steps == STEPS) {
        next = rows.countBefore(high, low, Long.MAX_VALUE, next);
      }
      if (!step()) {
        return false;
      }
    }
    return true;
  }

  /** Returns whether the row's id is at most this one. */
  boolean isAtMost(long high, long low) {
    int upper = Long.compareUnsigned(row[IndexEntry.HIGH], high);
    return upper < 0 || (upper == 0 && Long.compareUnsigned(row[IndexEntry.LOW], low) <= 0);
  }

  /** Loads a block of rows. Blocks grow, since a long scan means that the filter matches rarely. */
  private void load() throws IOException {
    int size = block.length / IndexEntry.WIDTH;
    if (blockStart < rows.count() && size < BLOCK) {
      size *= 4;
      block = new long[size * IndexEntry.WIDTH];
    }
    int count = isSparse ? 1 : Math.min(size, next + 1);
    blockStart = next + 1 - count;
    rows.load(blockStart, count, block);
  }
}
