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
 * The rows of deliveries that ended as a query asks for, down from the greatest id, and of one id
 * from the latest. A delivery that ended can be sent again; then it is what it became afterwards.
 * There is always a row that says that it was made pending, so it is enough to look for a later one
 * of that kind: the rows of all that it was otherwise need not be gone through. Not thread-safe.
 */
final class FinalDeliveries {
  private final @Nullable MergedEntries ended;
  private final @Nullable MergedEntries revived;

  FinalDeliveries(OpenStore parts, DeliveryQuery query, PageCursor before) throws IOException {
    Set<DeliveryState> states = EnumSet.noneOf(DeliveryState.class);
    query.states().stream().filter(DeliveryState::isFinal).forEach(states::add);
    if (states.isEmpty()) {
      // Whoever looks for what waits, and nothing else, need not look at all that is done.
      ended = null;
      revived = null;
      return;
    }
    List<Segment> segments = parts.segments().all();
    ended = new MergedEntries(segments, QueryFilters.rows(query, states), before);
    Set<DeliveryState> pending = EnumSet.of(DeliveryState.PENDING);
    revived = new MergedEntries(segments, QueryFilters.rows(query, pending), before);
  }

  /** The next row, or null. */
  MergedEntries.@Nullable Hit next() throws IOException {
    return ended == null ? null : ended.next();
  }

  /**
   * Whether a delivery was not made pending after the record of this row, which is its latest here.
   * Asked with descending ids.
   */
  boolean isLatest(MergedEntries.Hit row) throws IOException {
    MergedEntries.Hit pending =
        revived == null ? null : revived.seek(row.get(IndexEntry.HIGH), row.get(IndexEntry.LOW));
    return pending == null
        || !pending.id().equals(row.id())
        || pending.get(IndexEntry.SEQUENCE) < row.get(IndexEntry.SEQUENCE);
  }
}
