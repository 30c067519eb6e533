package dev.hookferry.engine.runtime;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Estimate of the store's time: the node's own clock, corrected at each heartbeat, so that nodes
 * with different clocks agree on what is due. Millisecond precision, like stores.
 */
public final class StoreClock implements InstantSource {
  private final InstantSource own;
  private volatile @Nullable Duration offset;

  /** Creates a clock that shows the node's own time until it is set. */
  public StoreClock(InstantSource own) {
    this.own = own;
  }

  /**
   * Corrects the clock as far as the sample proves it wrong: the store read its time somewhere
   * between request and reply. A slow round trip proves little and must not degrade the result of a
   * fast one.
   *
   * @param asked the node's time before the request
   * @param replied the node's time after the reply
   */
  public void set(Instant storeTime, Instant asked, Instant replied) {
    Duration most = Duration.between(asked, storeTime);
    Duration least = Duration.between(replied, storeTime);
    Duration now = offset;
    if (now == null || least.compareTo(most) > 0) {
      offset = least.plus(most.minus(least).dividedBy(2));
    } else if (now.compareTo(least) < 0) {
      offset = least;
    } else if (now.compareTo(most) > 0) {
      offset = most;
    }
  }

  /**
   * Returns by how much the store's clock is ahead of the node's, negative if it is behind; empty
   * until the store has told its time.
   */
  public Optional<Duration> ahead() {
    return Optional.ofNullable(offset);
  }

  /** Returns the node's own time, for {@link #set}. */
  public Instant ownTime() {
    return own.instant();
  }

  /** Returns whether the time advances by itself, at the pace of the machine's clock. */
  public boolean isMachines() {
    return own instanceof SteadyClock || SteadyClock.isMachines(own);
  }

  @Override
  public Instant instant() {
    Duration known = offset;
    Instant time = known == null ? own.instant() : own.instant().plus(known);
    return time.truncatedTo(ChronoUnit.MILLIS);
  }
}
