package dev.hookferry.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/**
 * The store's time as this node knows it: its own clock, set right at each heartbeat, so that nodes
 * whose clocks differ agree on what is due. In milliseconds, the precision of stores.
 */
final class StoreClock implements InstantSource {
  private final InstantSource own;
  private volatile Duration offset = Duration.ZERO;

  StoreClock(InstantSource own) {
    this.own = own;
  }

  /**
   * Sets the clock right.
   *
   * @param asked own time before the store was asked
   * @param answered own time after it answered
   */
  void set(Instant storeTime, Instant asked, Instant answered) {
    Instant middle = asked.plus(Duration.between(asked, answered).dividedBy(2));
    offset = Duration.between(middle, storeTime);
  }

  /** The node's own time, which {@link #set} compares with. */
  Instant ownTime() {
    return own.instant();
  }

  @Override
  public Instant instant() {
    return own.instant().plus(offset).truncatedTo(ChronoUnit.MILLIS);
  }
}
