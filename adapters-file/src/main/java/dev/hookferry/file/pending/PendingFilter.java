package dev.hookferry.file.pending;

import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.file.index.EntryFilter;
import dev.hookferry.file.index.IndexedList;
import dev.hookferry.query.DeliveryQuery;
import java.util.BitSet;

/** Matches pending deliveries against a query, by the numbers in their rows. Not thread-safe. */
public final class PendingFilter {
  private final DeliveryQuery query;
  private final EntryFilter times;
  private final BitSet lanes = new BitSet();
  private final BitSet kinds = new BitSet();
  private final BitSet pendingLanes = new BitSet();
  private int knownLanes;
  private int knownKinds;

  public PendingFilter(DeliveryQuery query) {
    this.query = query;
    this.times = new EntryFilter(IndexedList.STATES).within(query.created());
  }

  /** Evaluates the query for names that were added since the last call. */
  public void recordMisses(NumberedNames names) {
    for (; knownLanes < names.endpoints().size(); knownLanes++) {
      lanes.set(knownLanes, query.endpoints().contains(names.endpoint(knownLanes)));
      pendingLanes.set(knownLanes, query.pendingEndpoints().contains(names.endpoint(knownLanes)));
    }
    for (; knownKinds < names.kinds().size(); knownKinds++) {
      NumberedNames.Kind kind = names.kind(knownKinds);
      boolean matchesType =
          query.types().contains(kind.type()) && !query.excludedTypes().contains(kind.type());
      kinds.set(knownKinds, matchesType && kind.site().equals(query.site()));
    }
  }

  /**
   * Returns whether the delivery in a slot matches the states of the query; {@code state} is its
   * current state.
   */
  public boolean matchesState(PendingRows rows, int slot, DeliveryState state) {
    return query.states().contains(state)
        && (state != DeliveryState.PENDING || pendingLanes.get(rows.upper(slot, PendingRows.LANE)));
  }

  /** Returns whether the delivery in a slot matches. The state and the event are not checked. */
  public boolean matches(PendingRows rows, int slot) {
    long created = rows.get(slot, PendingRows.CREATED);
    return lanes.get(rows.upper(slot, PendingRows.LANE))
        && kinds.get(rows.lower(slot, PendingRows.LANE))
        && times.mayMatch(created, created);
  }
}
