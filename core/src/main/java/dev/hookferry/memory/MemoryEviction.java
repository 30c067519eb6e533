package dev.hookferry.memory;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * Evictor that keeps the tables within their memory limit: it evicts finished events, oldest first,
 * with their deliveries and attempts; if that is not enough, the oldest attempts.
 */
final class MemoryEviction {
  /**
   * Minimum time between scans after one that did not free enough; otherwise each event would scan.
   */
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Tables tables;
  private final long max;

  /** Bytes reserved for the newest attempts, which show why deliveries fail. */
  private final long reserve;

  private Instant pausedUntil = Instant.MIN;

  /**
   * Creates an evictor for these tables.
   *
   * @param max approximate memory limit in bytes
   */
  MemoryEviction(Tables tables, long max) {
    this.tables = tables;
    this.max = max;
    reserve = max / 10;
  }

  /** Evicts finished events accepted before a time; returns their number. */
  int before(Instant time) {
    return evict(kept -> kept.event().acceptedAt().isBefore(time), () -> false);
  }

  /**
   * Frees memory if the limit is exceeded, and returns whether there is room for new events. Evicts
   * finished events until a tenth of the limit is free, then the oldest attempts if that was not
   * enough.
   */
  boolean makeRoom(Instant now) {
    // A pause longer than this began before the clock was set back.
    boolean isPaused = now.isBefore(pausedUntil) && !pausedUntil.isAfter(now.plus(PAUSE));
    if (used() > max && !isPaused) {
      int unused = evict(kept -> true, () -> used() <= max / 10 * 9);
      pausedUntil = used() > max ? now.plus(PAUSE) : now;
    }
    while (used() > max && tables.attempts.bytes() > reserve) {
      tables.attempts.removeOldest();
    }
    return used() <= max;
  }

  /** Returns the bytes in use, including the whole reserve for attempts. */
  private long used() {
    return tables.events.bytes() + Math.max(reserve, tables.attempts.bytes());
  }

  private int evict(Predicate<EventTable.Kept> which, BooleanSupplier enough) {
    int count = 0;
    Iterator<EventTable.Kept> oldestFirst = tables.events.oldestFirst().values().iterator();
    while (oldestFirst.hasNext() && !enough.getAsBoolean()) {
      EventTable.Kept kept = oldestFirst.next();
      if (which.test(kept) && !hasPending(kept)) {
        oldestFirst.remove();
        tables.events.evicted(kept);
        kept.all().forEach(tables.deliveries::remove);
        kept.all().forEach(tables.attempts::remove);
        count++;
      }
    }
    return count;
  }

  private boolean hasPending(EventTable.Kept kept) {
    return kept.all().stream()
        .flatMap(id -> tables.deliveries.find(kept.event().site(), id).stream())
        .anyMatch(DeliveryTable.Row::isPending);
  }
}
