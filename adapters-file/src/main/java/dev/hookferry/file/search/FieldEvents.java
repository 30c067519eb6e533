package dev.hookferry.file.search;

import dev.hookferry.file.index.IndexEntry;
import dev.hookferry.file.journal.Segment;
import dev.hookferry.file.pending.PendingDelivery;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.EventQuery;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The events that have the field values required by a query for deliveries, by sequence number. If
 * there are few of them, their deliveries are looked up directly; otherwise the deliveries are
 * scanned, and a segment's index is read when its first event is reached. Rows of an index hold
 * hashes, so its events are candidates until their records are read. Not thread-safe.
 */
final class FieldEvents {
  private final OpenStore open;
  private final EventQuery query;
  private final List<MergedEntries.Hit> newest = new ArrayList<>();

  /** Positions of events by sequence number, for each segment that was read. */
  private final Map<Segment, Map<Long, Long>> candidates = new HashMap<>();

  private boolean areFew = true;

  private FieldEvents(OpenStore open, EventQuery query) {
    this.open = open;
    this.query = query;
  }

  /**
   * Finds the newest candidates, without their records.
   *
   * @param few the maximum number that counts as few
   */
  static FieldEvents of(OpenStore open, DeliveryQuery query, int few) throws IOException {
    EventQuery eventQuery =
        EventQuery.ofSite(query.site())
            .types(query.types())
            .fields(query.fields())
            .accepted(query.created());
    FieldEvents events = new FieldEvents(open, eventQuery);
    MergedEntries rows = events.rows(open.segments().all());
    for (MergedEntries.Hit row = rows.next(); row != null && events.areFew; row = rows.next()) {
      events.newest.add(row);
      events.areFew = events.newest.size() <= few;
    }
    return events;
  }

  private MergedEntries rows(List<Segment> segments) throws IOException {
    return new MergedEntries(segments, QueryFilters.rows(query), PageCursor.START);
  }

  /** Returns whether there are few candidates. */
  boolean areFew() {
    return areFew;
  }

  /** Reads the candidates, newest first; must only be called if {@link #areFew}. */
  List<RecordLookup.LocatedEvent> read() throws IOException {
    List<RecordLookup.LocatedEvent> all = new ArrayList<>();
    for (MergedEntries.Hit row : newest) {
      all.add(open.lookup().found(row.segment(), row.position()));
    }
    return all;
  }

  /** Returns whether an event is a candidate. */
  boolean isCandidate(long sequence) throws IOException {
    readSegment(sequence);
    return mayContain(sequence);
  }

  /** Returns whether an event is a candidate, or in a segment that was not read. Reads nothing. */
  boolean mayContain(long sequence) {
    Segment segment = open.segments().of(sequence).orElse(null);
    Map<Long, Long> known = segment == null ? Map.of() : candidates.get(segment);
    return known == null || known.containsKey(sequence);
  }

  /** Reads the record of a known candidate and returns whether it has the values. */
  boolean contains(long sequence) throws IOException {
    Segment segment = open.segments().of(sequence).orElseThrow();
    Map<Long, Long> known = Objects.requireNonNull(candidates.get(segment), "not read");
    long position = Objects.requireNonNull(known.get(sequence), "no candidate");
    return query.matches(open.lookup().found(segment, position).record().event());
  }

  /** Returns whether the segments of the first {@code first} deliveries have been read. */
  boolean haveReadSegments(List<PendingDelivery> deliveries, int first) {
    return deliveries.stream()
        .limit(first)
        .map(one -> open.segments().of(one.event().sequence()))
        .allMatch(segment -> segment.isEmpty() || candidates.containsKey(segment.get()));
  }

  /** Reads the segments of the deliveries' events, unless they have been read. */
  void readSegments(List<PendingDelivery> deliveries) throws IOException {
    for (PendingDelivery delivery : deliveries) {
      readSegment(delivery.event().sequence());
    }
  }

  private void readSegment(long sequence) throws IOException {
    Segment segment = open.segments().of(sequence).orElse(null);
    if (segment != null && !candidates.containsKey(segment)) {
      candidates.put(segment, positions(segment));
    }
  }

  private Map<Long, Long> positions(Segment segment) throws IOException {
    Map<Long, Long> positions = new HashMap<>();
    MergedEntries rows = rows(List.of(segment));
    for (MergedEntries.Hit row = rows.next(); row != null; row = rows.next()) {
      positions.put(row.get(IndexEntry.EVENT), row.position());
    }
    return positions;
  }
}
