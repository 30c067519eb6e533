package dev.hookferry.file.search;

import dev.hookferry.file.index.EntryFilter;
import dev.hookferry.file.index.IndexEntries;
import dev.hookferry.file.index.IndexEntry;
import dev.hookferry.file.index.SegmentIndex;
import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Selects the rows of a segment whose records have the keys that a filter requires. */
final class PostedRows {
  private static final int BLOCK = 1024;

  private PostedRows() {}

  /**
   * Returns the numbers of all matching rows; see {@link IndexEntries#matching}. If the filter has
   * keys, the records with these keys are looked up first; if there are none, no row is read.
   */
  static @Nullable BitSet matching(SegmentIndex index, IndexEntries rows, EntryFilter filter)
      throws IOException {
    BitSet matching = null;
    for (long key : filter.keys()) {
      LongStream.Builder found = LongStream.builder();
      index.find(key, found);
      BitSet posted = at(found.build().sorted().distinct().toArray(), rows);
      if (matching != null) {
        posted.and(matching);
      }
      matching = posted;
      if (matching.isEmpty()) {
        return matching;
      }
    }
    BitSet others = rows.matching(filter);
    if (matching == null || others == null) {
      return matching == null ? others : matching;
    }
    matching.and(others);
    return matching;
  }

  /** Returns the row numbers of the records at these positions. */
  private static BitSet at(long[] positions, IndexEntries rows) throws IOException {
    BitSet posted = new BitSet(rows.count());
    long[] block = new long[BLOCK * IndexEntry.WIDTH];
    for (int from = 0; from < rows.count() && positions.length > 0; from += BLOCK) {
      int count = Math.min(BLOCK, rows.count() - from);
      rows.load(from, count, block);
      for (int i = 0; i < count; i++) {
        long position = block[i * IndexEntry.WIDTH + IndexEntry.POSITION];
        if (Arrays.binarySearch(positions, position) >= 0) {
          posted.set(from + i);
        }
      }
    }
    return posted;
  }
}
