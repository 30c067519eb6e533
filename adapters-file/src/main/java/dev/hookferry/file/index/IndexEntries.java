package dev.hookferry.file.index;

import java.io.IOException;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** The rows of one listing of one segment, in ascending order; they do not change. Thread-safe. */
public interface IndexEntries {
  /** How many there are. */
  int count();

  /** Copies some of them, one behind the other. */
  void load(int from, int count, long[] into) throws IOException;

  /** The greatest row, if there is one. */
  long[] last() throws IOException;

  /** The numbers of all rows that match, and maybe of others whose time does not; null for all. */
  @Nullable BitSet matching(EntryFilter filter) throws IOException;

  /** How many of the first {@code among} rows have a smaller key. */
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
