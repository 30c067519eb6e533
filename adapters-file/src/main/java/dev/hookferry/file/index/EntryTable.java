package dev.hookferry.file.index;

import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** The growing rows of one listing. Not thread-safe, but the result of {@link #rows} is. */
final class EntryTable {
  private static final int PAGE_BITS = 9;
  private static final int PAGE = 1 << PAGE_BITS;

  private long[][] pages = new long[4][];
  private int[] order = new int[PAGE];
  private int count;
  private @Nullable IndexEntries frozen;

  /** Adds a row. Ids ascend with time, so rows usually go to the end or close to it. */
  void add(long[] row) {
    if (count == order.length) {
      order = Arrays.copyOf(order, order.length * 2);
    }
    int page = count >>> PAGE_BITS;
    if (page == pages.length) {
      pages = Arrays.copyOf(pages, pages.length * 2);
    }
    if (pages[page] == null) {
      pages[page] = new long[PAGE * IndexEntry.WIDTH];
    }
    System.arraycopy(row, 0, pages[page], offset(count), IndexEntry.WIDTH);
    int at = place(row);
    System.arraycopy(order, at, order, at + 1, count - at);
    order[at] = count++;
    frozen = null;
  }

  private static int offset(int number) {
    return (number & (PAGE - 1)) * IndexEntry.WIDTH;
  }

  private int place(long[] row) {
    int from = 0;
    int to = count;
    if (to > 0 && isUpTo(order[to - 1], row)) {
      return to;
    }
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (isUpTo(order[middle], row)) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from;
  }

  private boolean isUpTo(int number, long[] row) {
    return IndexEntry.compare(pages[number >>> PAGE_BITS], offset(number), row, 0) <= 0;
  }

  /** Returns a snapshot of the rows. */
  IndexEntries rows() {
    IndexEntries now = frozen;
    if (now == null) {
      now = new Frozen(pages, Arrays.copyOf(order, count));
      frozen = now;
    }
    return now;
  }

  /**
   * A snapshot. Rows are only added, never changed, so it shares the pages and copies only their
   * order.
   */
  private static final class Frozen implements IndexEntries {
    private final long[][] pages;
    private final int[] order;

    Frozen(long[][] pages, int[] order) {
      this.pages = pages;
      this.order = order;
    }

    @Override
    public int count() {
      return order.length;
    }

    @Override
    public void load(int from, int count, long[] target) {
      for (int i = 0; i < count; i++) {
        int number = order[from + i];
        System.arraycopy(
            pages[number >>> PAGE_BITS],
            offset(number),
            target,
            i * IndexEntry.WIDTH,
            IndexEntry.WIDTH);
      }
    }

    @Override
    public BitSet matching(EntryFilter filter) {
      BitSet matching = new BitSet(order.length);
      for (int i = 0; i < order.length; i++) {
        if (filter.matches(pages[order[i] >>> PAGE_BITS], offset(order[i]))) {
          matching.set(i);
        }
      }
      return matching;
    }

    @Override
    public long[] last() {
      long[] row = new long[IndexEntry.WIDTH];
      load(order.length - 1, 1, row);
      return row;
    }
  }
}
