package dev.hookferry.file.search;

import dev.hookferry.file.pending.PendingDelivery;
import dev.hookferry.file.pending.PendingFilter;
import dev.hookferry.file.pending.PendingIndex;
import dev.hookferry.file.pending.PendingRows;
import dev.hookferry.query.DeliveryQuery;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.PriorityQueue;
import java.util.UUID;
import java.util.function.LongPredicate;

/** Finds the matching pending deliveries with the greatest ids. Not thread-safe. */
final class NewestPending {
  /** Slots to scan before the monitor is released, so that commits are not kept waiting. */
  private static final int STRETCH = 1 << 14;

  private final PendingIndex pending;
  private final PendingFilter filter;
  private final PageCursor before;
  private final LongPredicate events;
  private final int limit;
  private final PriorityQueue<PendingDelivery> newest =
      new PriorityQueue<>((a, b) -> compare(a.id().value(), b.id().value()));

  /**
   * Prepares a search.
   *
   * @param events accepts the sequence numbers of events whose deliveries to find
   * @param limit the maximum number of deliveries to find
   */
  NewestPending(
      PendingIndex pending,
      DeliveryQuery query,
      PageCursor before,
      LongPredicate events,
      int limit) {
    this.pending = pending;
    this.filter = new PendingFilter(query);
    this.before = before;
    this.events = events;
    this.limit = limit;
  }

  /** Returns the matching deliveries, greatest id first. */
  List<PendingDelivery> find() {
    int slot;
    synchronized (pending) {
      slot = pending.rows().slots() - 1;
    }
    // Start from the top, where the newest usually are, so that the rest is skipped quickly.
    while (slot >= 0) {
      synchronized (pending) {
        filter.recordMisses(pending.names());
        for (int end = Math.max(-1, slot - STRETCH); slot > end; slot--) {
          visit(slot);
        }
      }
    }
    List<PendingDelivery> found = new ArrayList<>();
    while (!newest.isEmpty()) {
      PendingDelivery next = newest.remove();
      // A delivery that moved to another slot in the meantime may have been found twice.
      if (found.isEmpty() || !found.get(found.size() - 1).id().equals(next.id())) {
        found.add(next);
      }
    }
    Collections.reverse(found);
    return found;
  }

  private void visit(int slot) {
    PendingRows rows = pending.rows();
    if (!rows.isUsed(slot)
        || !filter.matches(rows, slot)
        || !filter.matchesState(rows, slot, pending.state(slot))
        || !events.test(rows.get(slot, PendingRows.EVENT))) {
      return;
    }
    UUID id = new UUID(rows.get(slot, PendingRows.HIGH), rows.get(slot, PendingRows.LOW));
    boolean isNew = newest.size() < limit || compare(id, newest.element().id().value()) > 0;
    if (isNew && PageBuilder.isBefore(id, before)) {
      newest.add(pending.at(slot));
      if (newest.size() > limit) {
        newest.remove();
      }
    }
  }

  private static int compare(UUID a, UUID b) {
    int high = Long.compareUnsigned(a.getMostSignificantBits(), b.getMostSignificantBits());
    return high != 0
        ? high
        : Long.compareUnsigned(a.getLeastSignificantBits(), b.getLeastSignificantBits());
  }
}
