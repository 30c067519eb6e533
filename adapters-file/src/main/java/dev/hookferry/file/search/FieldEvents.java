package dev.hookferry.file.search;

import dev.hookferry.file.index.IndexEntry;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.EventQuery;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/**
 * The events with the values of fields that a query for deliveries asks for, by their sequence
 * numbers. Few events lead to their deliveries; deliveries of many are found on the way down the
 * list. Rows hold hashes, so callers check the records.
 */
final class FieldEvents {
  private final List<RecordLookup.Found> first;
  private final long[] sequences;

  private FieldEvents(List<RecordLookup.Found> first, long[] sequences) {
    this.first = first;
    this.sequences = sequences;
  }

  /**
   * Finds the events.
   *
   * @param few the most events that are read
   */
  static FieldEvents of(OpenStore open, DeliveryQuery query, int few) throws IOException {
    EventQuery events =
        EventQuery.ofSite(query.site())
            .types(query.types())
            .fields(query.fields())
            .accepted(query.created());
    MergedEntries rows =
        new MergedEntries(open.segments().all(), QueryFilters.rows(events), PageCursor.START);
    List<RecordLookup.Found> first = new ArrayList<>();
    LongStream.Builder sequences = LongStream.builder();
    for (MergedEntries.Hit row = rows.next(); row != null; row = rows.next()) {
      sequences.add(row.get(IndexEntry.EVENT));
      if (first.size() < few) {
        first.add(open.lookup().found(row.segment(), row.position()));
      }
    }
    return new FieldEvents(first, sequences.build().sorted().toArray());
  }

  /** Returns whether there are no more events than were read. */
  boolean areFew() {
    return first.size() == sequences.length;
  }

  /** Returns the events that were read. */
  List<RecordLookup.Found> first() {
    return first;
  }

  /** Returns whether an event is among them. */
  boolean contains(long sequence) {
    return Arrays.binarySearch(sequences, sequence) >= 0;
  }
}
