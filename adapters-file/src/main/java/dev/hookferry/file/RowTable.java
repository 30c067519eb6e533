package dev.hookferry.file;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The growing rows of one listing. Not thread-safe, but what {@link #rows} gave is. */
final class RowTable {
  private long[] rows = new long[64 * Row.WIDTH];
  private int[] order = new int[64];
  private int count;
  private @Nullable Rows frozen;

  /** Adds a row. Ids ascend with time, so its place is mostly at the end or close to it. */
  void add(long[] row) {
    if (count == order.length) {
      rows = Arrays.copyOf(rows, rows.length * 2);
      order = Arrays.copyOf(order, order.length * 2);
    }
    System.arraycopy(row, 0, rows, count * Row.WIDTH, Row.WIDTH);
    int at = place(row);
    System.arraycopy(order, at, order, at + 1, count - at);
    order[at] = count++;
    frozen = null;
  }

  private int place(long[] row) {
    int from = 0;
    int to = count;
    if (to > 0 && Row.compare(rows, order[to - 1] * Row.WIDTH, row, 0) <= 0) {
      return to;
    }
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (Row.compare(rows, order[middle] * Row.WIDTH, row, 0) <= 0) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from;
  }

  int count() {
    return count;
  }

  /** The rows as they are now. */
  Rows rows() {
    Rows now = frozen;
    if (now == null) {
      now = new Frozen(rows, Arrays.copyOf(order, count));
      frozen = now;
    }
    return now;
  }

  /** Rows are only added, never changed: the array can be shared, its order cannot. */
  private static final class Frozen implements Rows {
    private final long[] rows;
    private final int[] order;

    Frozen(long[] rows, int[] order) {
      this.rows = rows;
      this.order = order;
    }

    @Override
    public int count() {
      return order.length;
    }

    @Override
    public void load(int from, int count, long[] into) {
      for (int i = 0; i < count; i++) {
        System.arraycopy(rows, order[from + i] * Row.WIDTH, into, i * Row.WIDTH, Row.WIDTH);
      }
    }

    @Override
    public long[] last() {
      long[] row = new long[Row.WIDTH];
      load(order.length - 1, 1, row);
      return row;
    }
  }
}
