package dev.hookferry.file;

import dev.hookferry.port.DeliveryQuery;
import java.util.BitSet;

/**
 * Which pending deliveries a query asks for, by the numbers that their rows have. Not thread-safe.
 */
final class PendingFilter {
  private final DeliveryQuery query;
  private final RowFilter times;
  private final BitSet lanes = new BitSet();
  private final BitSet kinds = new BitSet();
  private int knownLanes;
  private int knownKinds;

  PendingFilter(DeliveryQuery query) {
    this.query = query;
    this.times = new RowFilter(Listing.STATES).within(query.created());
  }

  /** Looks at names that were added. */
  void learn(Names names) {
    for (; knownLanes < names.endpoints().size(); knownLanes++) {
      lanes.set(knownLanes, query.endpoints().contains(names.endpoint(knownLanes)));
    }
    for (; knownKinds < names.kinds().size(); knownKinds++) {
      Names.Kind kind = names.kind(knownKinds);
      boolean isWanted = query.type() == null || query.type().equals(kind.type());
      kinds.set(knownKinds, isWanted && kind.site().equals(query.site()));
    }
  }

  /** Whether the delivery in a slot is asked for. */
  boolean matches(PendingRows rows, int slot) {
    long created = rows.get(slot, PendingRows.CREATED);
    return lanes.get(rows.upper(slot, PendingRows.LANE))
        && kinds.get(rows.lower(slot, PendingRows.LANE))
        && times.mayMatch(created, created);
  }
}
