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
   * @param requestedAt the node's time before the request
   * @param repliedAt the node's time after the reply
   */
  public void set(Instant storeTime, Instant requestedAt, Instant repliedAt) {
    Duration max = Duration.between(requestedAt, storeTime);
    Duration min = Duration.between(repliedAt, storeTime);
    Duration now = offset;
    if (now == null || min.compareTo(max) > 0) {
      offset = min.plus(max.minus(min).dividedBy(2));
    } else if (now.compareTo(min) < 0) {
      offset = min;
    } else if (now.compareTo(max) > 0) {
      offset = max;
    }
  }

  /**
   * Returns by how much the store's clock is ahead of the node's, negative if it is behind; empty
   * until the store has reported its time.
   */
  public Optional<Duration> ahead() {
    return Optional.ofNullable(offset);
  }

  /** Returns the node's own time, for {@link #set}. */
  public Instant ownTime() {
    return own.instant();
  }

  /** Returns whether the time advances by itself, at the pace of the system clock. */
  public boolean isSystemClock() {
    return own instanceof SteadyClock || SteadyClock.isSystemClock(own);
  }

  @Override
  public Instant instant() {
    Duration known = offset;
    Instant time = known == null ? own.instant() : own.instant().plus(known);
    return time.truncatedTo(ChronoUnit.MILLIS);
  }
}
