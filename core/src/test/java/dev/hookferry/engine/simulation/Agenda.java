package dev.hookferry.engine.simulation;

import dev.hookferry.testing.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;

/** Scheduler in virtual time, on one thread. */
final class Agenda {
  final ManualClock clock = ManualClock.atNoon();
  private final Queue<Entry> entries =
      new PriorityQueue<>(Comparator.comparing(Entry::at).thenComparing(Entry::number));
  private long count;

  private record Entry(Instant at, long number, Runnable action) {}

  Instant now() {
    return clock.instant();
  }

  /** Does something after a while. */
  void after(Duration wait, Runnable action) {
    entries.add(new Entry(now().plus(wait), ++count, action));
  }

  /** Repeats an action for as long as it returns true. */
  void every(Duration period, java.util.function.BooleanSupplier action) {
    after(
        period,
        () -> {
          if (action.getAsBoolean()) {
            every(period, action);
          }
        });
  }

  /** Lets time pass until then. */
  void runUntil(Instant end) {
    while (!entries.isEmpty() && !entries.element().at().isAfter(end)) {
      Entry next = entries.remove();
      clock.set(next.at());
      next.action().run();
    }
    clock.set(end);
  }
}
