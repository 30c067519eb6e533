package dev.hookferry.file.search;

import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.file.index.IndexEntry;
import dev.hookferry.file.journal.Segment;
import dev.hookferry.query.DeliveryQuery;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rows of deliveries that ended in a queried state, by descending id and, per id, latest first.
 * A delivery may have been retried since; then its later state decides. Becoming pending again
 * always leaves a row, so looking for such a later row is enough. Not thread-safe.
 */
final class FinalDeliveries {
  private final @Nullable MergedEntries ended;
  private final @Nullable MergedEntries revived;
  private final @Nullable FieldEvents events;

  /**
   * Finds the rows.
   *
   * @param events the events whose deliveries to find; null for all events
   */
  FinalDeliveries(
      OpenStore open, DeliveryQuery query, PageCursor before, @Nullable FieldEvents events)
      throws IOException {
    this.events = events;
    Set<DeliveryState> states = EnumSet.noneOf(DeliveryState.class);
    query.states().stream().filter(DeliveryState::isFinal).forEach(states::add);
    if (states.isEmpty()) {
      // A query for only pending deliveries need not read final ones.
      ended = null;
      revived = null;
      return;
    }
    List<Segment> segments = open.segments().all();
    ended = new MergedEntries(segments, QueryFilters.rows(query, states), before);
    Set<DeliveryState> pending = EnumSet.of(DeliveryState.PENDING);
    revived = new MergedEntries(segments, QueryFilters.rows(query, pending), before);
  }

  /** Returns the next row, or null at the end. */
  MergedEntries.@Nullable Hit next() throws IOException {
    MergedEntries.Hit row = ended == null ? null : ended.next();
    while (ended != null && row != null && !isIncluded(row)) {
      row = ended.next();
    }
    return row;
  }

  private boolean isIncluded(MergedEntries.Hit row) throws IOException {
    return events == null || events.isCandidate(row.get(IndexEntry.EVENT));
  }

  /**
   * Returns whether the delivery did not become pending again after this row, which must be its
   * latest one here. Must be called in descending order of ids.
   */
  boolean isLatest(MergedEntries.Hit row) throws IOException {
    MergedEntries.Hit pending =
        revived == null ? null : revived.seek(row.get(IndexEntry.HIGH), row.get(IndexEntry.LOW));
    return pending == null
        || !pending.id().equals(row.id())
        || pending.get(IndexEntry.SEQUENCE) < row.get(IndexEntry.SEQUENCE);
  }
}
