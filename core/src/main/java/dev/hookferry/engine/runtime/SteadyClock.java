package dev.hookferry.engine.runtime;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * A clock that was right once and then only counts: whoever sets the machine's clock does not set
 * this one. For a node whose time is the store's, set right at each heartbeat: between two of them
 * a jump of the machine's clock would make retries come early.
 */
public final class SteadyClock implements InstantSource {
  private final Instant start;
  private final long startTicks;
  private final LongSupplier ticks;

  /**
   * A clock that goes on from now.
   *
   * @param wall what it begins with
   * @param ticks nanoseconds that never jump
   */
  public SteadyClock(InstantSource wall, LongSupplier ticks) {
    this.ticks = ticks;
    start = wall.instant();
    startTicks = ticks.getAsLong();
  }

  /** The clock to use: the given one, but for the machine's own where the store sets the time. */
  static InstantSource where(boolean shared, InstantSource given) {
    boolean machines = given.equals(InstantSource.system());
    return shared && machines ? new SteadyClock(given, System::nanoTime) : given;
  }

  @Override
  public Instant instant() {
    return start.plusNanos(ticks.getAsLong() - startTicks);
  }
}
