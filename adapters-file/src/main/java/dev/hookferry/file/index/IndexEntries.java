package dev.hookferry.file.index;

import java.io.IOException;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot of the rows of one listing of one segment, in ascending order. Immutable and
 * thread-safe.
 */
public interface IndexEntries {
  /** Returns the number of rows. */
  int count();

  /** Copies consecutive rows into an array. */
  void load(int from, int count, long[] target) throws IOException;

  /** Returns the greatest row; there must be one. */
  long[] last() throws IOException;

  /**
   * Returns the numbers of all matching rows, possibly including some whose time does not match;
   * null means all rows.
   */
  @Nullable BitSet matching(EntryFilter filter) throws IOException;

  /** Returns how many of the first {@code among} rows have a smaller key. */
  default int countBefore(long high, long low, long sequence, int among) throws IOException {
    long[] key = new long[IndexEntry.WIDTH];
    key[IndexEntry.HIGH] = high;
    key[IndexEntry.LOW] = low;
    key[IndexEntry.SEQUENCE] = sequence;
    long[] row = new long[IndexEntry.WIDTH];
    int from = 0;
    int to = among;
    while (from < to) {
      int middle = (from + to) >>> 1;
      load(middle, 1, row);
      if (IndexEntry.compare(row, 0, key, 0) < 0) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from;
  }
}
