package dev.hookferry.file.maintenance;

import dev.hookferry.file.index.IndexEntries;
import dev.hookferry.file.index.IndexEntry;
import dev.hookferry.file.index.IndexedList;
import dev.hookferry.file.journal.Segment;
import dev.hookferry.file.journal.Segments;
import dev.hookferry.file.search.OpenStore;
import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/**
 * The records of a segment that can be removed: old events without pending deliveries, and changes
 * of events that have been or can be removed.
 */
final class ExpiredRecords {
  private static final int BLOCK = 1024;

  private final Segments segments;
  private final Segment segment;
  private final Set<Long> droppedEvents = new HashSet<>();
  private final Set<Long> dropped = new HashSet<>();
  private boolean keepsAny;
  private long droppedBytes;

  private ExpiredRecords(Segments segments, Segment segment) {
    this.segments = segments;
    this.segment = segment;
  }

  /** Surveys a segment. */
  static ExpiredRecords of(OpenStore open, Segment segment, Instant acceptedBefore)
      throws IOException {
    Set<Long> needed = new HashSet<>();
    if (open.pending().uses(segment.number())) {
      synchronized (open.pending()) {
        open.pending().eachOf(segment.number(), slot -> needed.add(open.pending().event(slot)));
      }
    }
    ExpiredRecords expired = new ExpiredRecords(open.segments(), segment);
    for (IndexedList listing : IndexedList.values()) {
      expired.visit(
          listing,
          row ->
              listing == IndexedList.EVENTS
                  ? Instant.ofEpochMilli(row[IndexEntry.TIME]).isBefore(acceptedBefore)
                      && !needed.contains(row[IndexEntry.SEQUENCE])
                  : expired.isPurged(row[IndexEntry.EVENT]));
    }
    return expired;
  }

  private interface Choice {
    boolean isDropped(long[] row) throws IOException;
  }

  private void visit(IndexedList listing, Choice choice) throws IOException {
    IndexEntries rows = segment.index().rows(listing);
    long[] block = new long[BLOCK * IndexEntry.WIDTH];
    long[] row = new long[IndexEntry.WIDTH];
    for (int at = 0; at < rows.count(); at += BLOCK) {
      int count = Math.min(BLOCK, rows.count() - at);
      rows.load(at, count, block);
      for (int i = 0; i < count; i++) {
        System.arraycopy(block, i * IndexEntry.WIDTH, row, 0, IndexEntry.WIDTH);
        if (!choice.isDropped(row)) {
          keepsAny = true;
        } else if (dropped.add(row[IndexEntry.SEQUENCE])) {
          droppedBytes += IndexEntry.lower(row[IndexEntry.POSITION]) + 1L;
          if (listing == IndexedList.EVENTS) {
            droppedEvents.add(row[IndexEntry.SEQUENCE]);
          }
        }
      }
    }
  }

  private boolean isPurged(long event) throws IOException {
    return event >= segment.header().first()
        ? droppedEvents.contains(event)
        : !segments.hasEvent(event);
  }

  /** Returns whether all records can be removed. */
  boolean keepsNothing() {
    return !keepsAny;
  }

  /** Returns whether the record with this sequence number can be removed. */
  boolean drops(long sequence) {
    return dropped.contains(sequence);
  }

  /** Returns the number of events that can be removed. */
  int events() {
    return droppedEvents.size();
  }

  /** Returns whether at least this share of the segment, or all of it, can be removed. */
  boolean isWorthwhile(double share) {
    return !dropped.isEmpty() && (keepsNothing() || droppedBytes >= share * segment.end().length());
  }
}
