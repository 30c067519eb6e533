package dev.hookferry.engine.runtime;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * The store's time as this node knows it: its own clock, set right at each heartbeat, so that nodes
 * whose clocks differ agree on what is due. In milliseconds, the precision of stores.
 */
public final class StoreClock implements InstantSource {
  private final InstantSource own;
  private volatile @Nullable Duration offset;

  public StoreClock(InstantSource own) {
    this.own = own;
  }

  /**
   * Sets the clock right, as far as the answer proves it wrong: the store's time was read somewhere
   * between question and answer. An answer that took long, because the store was slow or this
   * process stood still, proves little, and must not spoil what a quick one has told.
   *
   * @param asked own time before the store was asked
   * @param answered own time after it answered
   */
  public void set(Instant storeTime, Instant asked, Instant answered) {
    Duration most = Duration.between(asked, storeTime);
    Duration least = Duration.between(answered, storeTime);
    Duration now = offset;
    if (now == null || least.compareTo(most) > 0) {
      offset = least.plus(most.minus(least).dividedBy(2));
    } else if (now.compareTo(least) < 0) {
      offset = least;
    } else if (now.compareTo(most) > 0) {
      offset = most;
    }
  }

  /** The node's own time, which {@link #set} compares with. */
  public Instant ownTime() {
    return own.instant();
  }

  @Override
  public Instant instant() {
    Duration known = offset;
    Instant time = known == null ? own.instant() : own.instant().plus(known);
    return time.truncatedTo(ChronoUnit.MILLIS);
  }
}
