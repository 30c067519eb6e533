package dev.hookferry.file;

import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.port.DeliveryQuery;
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
final class Settled {
  private final @Nullable MergedRows ended;
  private final @Nullable MergedRows revived;

  Settled(StoreParts parts, DeliveryQuery query, Cursor before) throws IOException {
    Set<DeliveryState> states = EnumSet.noneOf(DeliveryState.class);
    query.states().stream().filter(DeliveryState::isFinal).forEach(states::add);
    if (states.isEmpty()) {
      // Whoever looks for what waits, and nothing else, need not look at all that is done.
      ended = null;
      revived = null;
      return;
    }
    List<Segment> segments = parts.segments().all();
    ended = new MergedRows(segments, Filters.rows(query, states), before);
    Set<DeliveryState> pending = EnumSet.of(DeliveryState.PENDING);
    revived = new MergedRows(segments, Filters.rows(query, pending), before);
  }

  /** The next row, or null. */
  MergedRows.@Nullable Hit next() throws IOException {
    return ended == null ? null : ended.next();
  }

  /**
   * Whether a delivery was not made pending after the record of this row, which is its latest here.
   * Asked with descending ids.
   */
  boolean isLatest(MergedRows.Hit row) throws IOException {
    MergedRows.Hit pending =
        revived == null ? null : revived.seek(row.get(Row.HIGH), row.get(Row.LOW));
    return pending == null
        || !pending.id().equals(row.id())
        || pending.get(Row.SEQUENCE) < row.get(Row.SEQUENCE);
  }
}
