package dev.hookferry.file;

import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/**
 * What of a segment can be forgotten: events that are old and have no pending delivery, and changes
 * of events that can be or were forgotten.
 */
final class Survey {
  private static final int BLOCK = 1024;

  private final Segments segments;
  private final Segment segment;
  private final Set<Long> droppedEvents = new HashSet<>();
  private final Set<Long> dropped = new HashSet<>();
  private boolean keepsAny;
  private long droppedBytes;

  private Survey(Segments segments, Segment segment) {
    this.segments = segments;
    this.segment = segment;
  }

  /** Looks at a segment. */
  static Survey of(StoreParts parts, Segment segment, Instant acceptedBefore) throws IOException {
    Set<Long> needed = new HashSet<>();
    if (parts.pending().uses(segment.number())) {
      synchronized (parts.pending()) {
        parts.pending().eachOf(segment.number(), slot -> needed.add(parts.pending().event(slot)));
      }
    }
    Survey survey = new Survey(parts.segments(), segment);
    for (Listing listing : Listing.values()) {
      survey.look(
          listing,
          row ->
              listing == Listing.EVENTS
                  ? Instant.ofEpochMilli(row[Row.TIME]).isBefore(acceptedBefore)
                      && !needed.contains(row[Row.SEQUENCE])
                  : survey.isForgotten(row[Row.EVENT]));
    }
    return survey;
  }

  private interface Choice {
    boolean isDropped(long[] row) throws IOException;
  }

  private void look(Listing listing, Choice choice) throws IOException {
    Rows rows = segment.index().rows(listing);
    long[] block = new long[BLOCK * Row.WIDTH];
    long[] row = new long[Row.WIDTH];
    for (int at = 0; at < rows.count(); at += BLOCK) {
      int count = Math.min(BLOCK, rows.count() - at);
      rows.load(at, count, block);
      for (int i = 0; i < count; i++) {
        System.arraycopy(block, i * Row.WIDTH, row, 0, Row.WIDTH);
        if (!choice.isDropped(row)) {
          keepsAny = true;
        } else if (dropped.add(row[Row.SEQUENCE])) {
          droppedBytes += Row.lower(row[Row.POSITION]) + 1L;
          if (listing == Listing.EVENTS) {
            droppedEvents.add(row[Row.SEQUENCE]);
          }
        }
      }
    }
  }

  private boolean isForgotten(long event) throws IOException {
    return event >= segment.header().first()
        ? droppedEvents.contains(event)
        : !segments.hasEvent(event);
  }

  /** Whether nothing of it is left. */
  boolean keepsNothing() {
    return !keepsAny;
  }

  /** Whether a record, by its sequence number, can be forgotten. */
  boolean drops(long sequence) {
    return dropped.contains(sequence);
  }

  /** How many events can be forgotten. */
  int events() {
    return droppedEvents.size();
  }

  /** Whether so much can be forgotten that the segment should be written anew. */
  boolean isWorthwhile(double share) {
    return !dropped.isEmpty() && (keepsNothing() || droppedBytes >= share * segment.end().length());
  }
}
