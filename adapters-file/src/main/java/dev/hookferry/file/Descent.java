package dev.hookferry.file;

import java.io.IOException;
import java.util.Arrays;

/** Goes down through the rows of one segment that match a filter. Not thread-safe. */
final class Descent {
  private static final int FIRST_BLOCK = 64;
  private static final int BLOCK = 1024;

  private final Segment segment;
  private final Rows rows;
  private final RowFilter filter;
  private long[] block = new long[FIRST_BLOCK * Row.WIDTH];
  private int blockStart;
  private int next;
  private long[] row = new long[0];

  /** Begins below a cursor. */
  Descent(Segment segment, Rows rows, RowFilter filter, Cursor before) throws IOException {
    this.segment = segment;
    this.rows = rows;
    this.filter = filter;
    this.next =
        before.equals(Cursor.START) ? rows.count() : rows.countBefore(before.high(), before.low());
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
      if (next == blockStart) {
        load();
      }
      next--;
      int at = (next - blockStart) * Row.WIDTH;
      long[] candidate = Arrays.copyOfRange(block, at, at + Row.WIDTH);
      if (filter.matches(candidate)) {
        row = candidate;
        return true;
      }
    }
    return false;
  }

  /** Blocks grow, since whoever goes on has a filter that matches rarely. */
  private void load() throws IOException {
    int size = block.length / Row.WIDTH;
    if (next < rows.count() && size < BLOCK) {
      size *= 4;
      block = new long[size * Row.WIDTH];
    }
    int count = Math.min(size, next);
    rows.load(next - count, count, block);
    blockStart = next - count;
  }
}
