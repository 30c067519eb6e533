package dev.hookferry.file.index;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The rows of a listing, grouped by site, endpoint, event type and code. A filter selects whole
 * groups; only the time is checked row by row. A segment without a matching group is skipped
 * without reading any of its rows.
 */
public final class BloomGroups {
  /**
   * Numbers per group: place, kind, and where its row numbers end in the list of all row numbers.
   */
  static final int WIDTH = 3;

  /** Rows per block; each block's earliest and latest time is stored. */
  static final int BLOCK = 256;

  private final long[] groups;
  private final long[] times;
  private final int[] numbers;

  private BloomGroups(long[] groups, long[] times, int[] numbers) {
    this.groups = groups;
    this.times = times;
    this.numbers = numbers;
  }

  private record Key(long place, long kind) {}

  /** A growing list of numbers. */
  private static final class Numbers {
    private int[] numbers = new int[4];
    private int count;

    void add(int number) {
      if (count == numbers.length) {
        numbers = Arrays.copyOf(numbers, count * 2);
      }
      numbers[count++] = number;
    }
  }

  /** Groups the rows of a listing. */
  public static BloomGroups of(IndexEntries rows) throws IOException {
    Map<Key, Numbers> found = new HashMap<>();
    long[] times = new long[(rows.count() + BLOCK - 1) / BLOCK * 2];
    long[] block = new long[BLOCK * IndexEntry.WIDTH];
    for (int from = 0; from < rows.count(); from += BLOCK) {
      int count = Math.min(BLOCK, rows.count() - from);
      rows.load(from, count, block);
      SegmentIndex.Span span = SegmentIndex.Span.EMPTY;
      for (int i = 0; i < count; i++) {
        int at = i * IndexEntry.WIDTH;
        span = span.with(block[at + IndexEntry.TIME]);
        found
            .computeIfAbsent(
                new Key(block[at + IndexEntry.PLACE], block[at + IndexEntry.KIND]),
                k -> new Numbers())
            .add(from + i);
      }
      times[from / BLOCK * 2] = span.first();
      times[from / BLOCK * 2 + 1] = span.last();
    }
    return joined(found, times, rows.count());
  }

  private static BloomGroups joined(Map<Key, Numbers> found, long[] times, int count) {
    List<Key> keys =
        found.keySet().stream()
            .sorted(Comparator.comparingLong(Key::place).thenComparingLong(Key::kind))
            .toList();
    long[] groups = new long[keys.size() * WIDTH];
    int[] numbers = new int[count];
    int end = 0;
    for (int i = 0; i < keys.size(); i++) {
      Numbers own = found.getOrDefault(keys.get(i), new Numbers());
      System.arraycopy(own.numbers, 0, numbers, end, own.count);
      end += own.count;
      groups[i * WIDTH] = keys.get(i).place();
      groups[i * WIDTH + 1] = keys.get(i).kind();
      groups[i * WIDTH + 2] = end;
    }
    return new BloomGroups(groups, times, numbers);
  }

  /** Adds the values that occur in the rows to a filter. */
  public void presences(IndexedList listing, BloomFilter filter) {
    for (int i = 0; i < groups.length; i += WIDTH) {
      EntryFilter.presences(listing, groups[i], groups[i + 1], filter::add);
    }
  }

  public ByteBuffer groups() {
    return bytes(groups);
  }

  public ByteBuffer times() {
    return bytes(times);
  }

  public ByteBuffer numbers() {
    ByteBuffer bytes = ByteBuffer.allocate(numbers.length * Integer.BYTES);
    bytes.asIntBuffer().put(numbers);
    return bytes;
  }

  private static ByteBuffer bytes(long[] longs) {
    ByteBuffer bytes = ByteBuffer.allocate(longs.length * Long.BYTES);
    bytes.asLongBuffer().put(longs);
    return bytes;
  }
}
