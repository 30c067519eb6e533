package dev.hookferry.file.search;

import dev.hookferry.file.index.EntryFilter;
import dev.hookferry.file.index.IndexEntries;
import dev.hookferry.file.index.IndexEntry;
import dev.hookferry.file.journal.Segment;
import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** Goes down through the rows of one segment that match a filter. Not thread-safe. */
final class SegmentCursor {
  private static final int FIRST_BLOCK = 64;
  private static final int BLOCK = 1024;

  /** If fewer than one of so many rows match, each is read by itself. */
  private static final int SPARSE = 16;

  /** So many rows are stepped over before the way is cut short. */
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

  /** Begins below a cursor. */
  SegmentCursor(Segment segment, IndexEntries rows, EntryFilter filter, PageCursor before)
      throws IOException {
    this.segment = segment;
    this.rows = rows;
    this.filter = filter;
    this.matching = rows.matching(filter);
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

  /** Where it stands. */
  long[] row() {
    return row;
  }

  /** Goes to the next row; false if there is none. */
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

  /** Goes on until the row's id is this one or a smaller one; false if there is no such row. */
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

  /** Whether the row's id is this one or a smaller one. */
  boolean isAtMost(long high, long low) {
    int upper = Long.compareUnsigned(row[IndexEntry.HIGH], high);
    return upper < 0 || (upper == 0 && Long.compareUnsigned(row[IndexEntry.LOW], low) <= 0);
  }

  /** Blocks grow, since whoever goes on has a filter that matches rarely. */
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
