package dev.hookferry.engine.runtime;

import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * Monotonic clock that starts from the wall clock and ignores later adjustments of it. For nodes
 * that synchronize with the store's time at each heartbeat; a jump of the wall clock in between
 * would trigger retries early.
 */
public final class SteadyClock implements InstantSource {
  private final Instant start;
  private final long startTicks;
  private final LongSupplier ticks;

  /**
   * Creates a clock that starts now.
   *
   * @param wall the clock to start from
   * @param ticks a monotonic clock in nanoseconds
   */
  public SteadyClock(InstantSource wall, LongSupplier ticks) {
    this.ticks = ticks;
    start = wall.instant();
    startTicks = ticks.getAsLong();
  }

  /**
   * Returns a steady clock if the store is shared and the given clock is the system clock;
   * otherwise the given one.
   */
  static InstantSource forStore(boolean shared, InstantSource given) {
    return shared && isSystemClock(given) ? new SteadyClock(given, System::nanoTime) : given;
  }

  /** Returns whether a clock is the system clock. */
  static boolean isSystemClock(InstantSource given) {
    return given.equals(InstantSource.system())
        || (given instanceof Clock zoned && zoned.equals(Clock.system(zoned.getZone())));
  }

  @Override
  public Instant instant() {
    return start.plusNanos(ticks.getAsLong() - startTicks);
  }
}
