package dev.hookferry.memory;

import dev.hookferry.id.DeliveryId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** Evicts finished events, oldest first, with their deliveries and attempts. */
final class Forgetting {
  /** After a full scan without result, do not scan again for every event. */
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Tables tables;
  private final long most;
  private Instant pausedUntil = Instant.MIN;

  /**
   * Creates an evictor for these tables.
   *
   * @param most approximate memory limit in bytes
   */
  Forgetting(Tables tables, long most) {
    this.tables = tables;
    this.most = most;
  }

  /** Evicts events accepted before a time; returns their number. */
  int before(Instant time) {
    return forget(kept -> kept.event().acceptedAt().isBefore(time), () -> false);
  }

  /**
   * Returns whether there is room for new events. If not, first tries to free a tenth of the limit
   * by evicting finished events.
   */
  boolean makeRoom(Instant now) {
    if (tables.events.bytes() > most && !now.isBefore(pausedUntil)) {
      int unused = forget(kept -> true, () -> tables.events.bytes() <= most / 10 * 9);
      pausedUntil = tables.events.bytes() > most ? now.plus(PAUSE) : now;
    }
    return tables.events.bytes() <= most;
  }

  private int forget(Predicate<EventTable.Kept> which, BooleanSupplier enough) {
    Set<DeliveryId> theirs = new HashSet<>();
    int count = 0;
    Iterator<EventTable.Kept> oldestFirst = tables.events.newestLast().values().iterator();
    while (oldestFirst.hasNext() && !enough.getAsBoolean()) {
      EventTable.Kept kept = oldestFirst.next();
      if (which.test(kept) && !hasPending(kept)) {
        oldestFirst.remove();
        tables.events.forgotten(kept);
        theirs.addAll(kept.all());
        count++;
      }
    }
    theirs.forEach(tables.deliveries::remove);
    tables.attempts.values().removeIf(attempt -> theirs.contains(attempt.delivery()));
    return count;
  }

  private boolean hasPending(EventTable.Kept kept) {
    return kept.all().stream()
        .flatMap(id -> tables.deliveries.find(kept.event().site(), id).stream())
        .anyMatch(DeliveryTable.Row::isPending);
  }
}
