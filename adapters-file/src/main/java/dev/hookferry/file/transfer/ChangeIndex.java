package dev.hookferry.file.transfer;

import dev.hookferry.file.index.IndexEntries;
import dev.hookferry.file.index.IndexEntry;
import dev.hookferry.file.index.IndexedList;
import dev.hookferry.file.journal.Segment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Finds the delivery changes of the events of a segment. Most are in the same segment, but a retry
 * may be days later. The positions of such late changes are collected for as many segments at a
 * time as memory allows, so that the indexes are read only a few times rather than once per
 * segment. Not thread-safe.
 */
final class ChangeIndex {
  /** Maximum number of late changes in memory, unless a single segment has more. */
  private static final int LATE_AT_ONCE = 500_000;

  private static final int BLOCK = 1024;
  private static final Comparator<StoredChange> ORDER =
      Comparator.comparingLong(StoredChange::event).thenComparingLong(StoredChange::sequence);

  private final List<Segment> segments;
  private final long last;
  private final int atOnce;

  /** Number of late changes of the events of each segment. */
  private final int[] late;

  /** Index of the first segment with events whose changes are in this segment. */
  private final int[] reach;

  private StoredChange[] collected = {};
  private int from;
  private int to;

  /**
   * Reads the indexes of all segments once.
   *
   * @param segments consecutive segments
   * @param last sequence number of the last record to consider
   */
  ChangeIndex(List<Segment> segments, long last) throws IOException {
    this(segments, last, LATE_AT_ONCE);
  }

  ChangeIndex(List<Segment> segments, long last, int atOnce) throws IOException {
    this.segments = segments;
    this.last = last;
    this.atOnce = atOnce;
    late = new int[segments.size()];
    reach = new int[segments.size()];
    for (int i = 0; i < segments.size(); i++) {
      int at = i;
      reach[i] = i;
      each(
          i,
          change -> {
            int owner = segmentOf(change.event());
            if (owner >= 0 && owner < at) {
              late[owner]++;
              reach[at] = Math.min(reach[at], owner);
            }
          });
    }
  }

  /** Returns the index of the segment that has or had the event; -1 if it was removed. */
  private int segmentOf(long event) {
    int low = 0;
    int high = segments.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (segments.get(middle).header().first() <= event) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low - 1;
  }

  private interface Sink {
    void accept(StoredChange change);
  }

  private void each(int index, Sink sink) throws IOException {
    Segment segment = segments.get(index);
    long[] block = new long[BLOCK * IndexEntry.WIDTH];
    for (IndexedList listing : List.of(IndexedList.ATTEMPTS, IndexedList.STATES)) {
      IndexEntries rows = segment.index().rows(listing);
      for (int start = 0; start < rows.count(); start += BLOCK) {
        int count = Math.min(BLOCK, rows.count() - start);
        rows.load(start, count, block);
        for (int at = 0; at < count * IndexEntry.WIDTH; at += IndexEntry.WIDTH) {
          if (block[at + IndexEntry.SEQUENCE] <= last) {
            sink.accept(
                new StoredChange(
                    block[at + IndexEntry.EVENT],
                    block[at + IndexEntry.SEQUENCE],
                    index,
                    block[at + IndexEntry.POSITION]));
          }
        }
      }
    }
  }

  /**
   * Returns the changes of all events of a segment, ordered by event and then in the order in which
   * they were made. An attempt that ended its delivery appears twice.
   */
  StoredChange[] of(int segment) throws IOException {
    if (segment < from || segment >= to) {
      collect(segment);
    }
    long first = segments.get(segment).header().first();
    long end =
        segment + 1 < segments.size() ? segments.get(segment + 1).header().first() : Long.MAX_VALUE;
    List<StoredChange> changes =
        new ArrayList<>(
            Arrays.asList(collected).subList(firstOf(collected, first), firstOf(collected, end)));
    each(
        segment,
        change -> {
          if (change.event() >= first) {
            changes.add(change);
          }
        });
    StoredChange[] sorted = changes.toArray(StoredChange[]::new);
    Arrays.sort(sorted, ORDER);
    return sorted;
  }

  /** Collects the late changes of this segment and as many after it as possible. */
  private void collect(int segment) throws IOException {
    long count = late[segment];
    from = segment;
    to = segment + 1;
    while (to < segments.size() && count + late[to] <= atOnce) {
      count += late[to];
      to++;
    }
    long first = segments.get(from).header().first();
    List<StoredChange> found = new ArrayList<>();
    for (int i = from + 1; i < segments.size(); i++) {
      long own = segments.get(i).header().first();
      long end = to < i ? segments.get(to).header().first() : own;
      if (reach[i] < to) {
        each(
            i,
            change -> {
              if (change.event() >= first && change.event() < end) {
                found.add(change);
              }
            });
      }
    }
    collected = found.toArray(StoredChange[]::new);
    Arrays.sort(collected, ORDER);
  }

  /** Returns the index of the first change of this event or a later one. */
  static int firstOf(StoredChange[] sorted, long event) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle].event() < event) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
