package dev.hookferry.app.logging;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.OptionalLong;

/** Rate limiter for log lines that counts those it suppresses. Thread-safe. */
final class RateLimitedLogger {
  private final InstantSource clock;
  private final int lines;
  private final Duration period;
  private Instant end;
  private int used;
  private long suppressed;

  RateLimitedLogger(InstantSource clock, int lines, Duration period) {
    this.clock = clock;
    this.lines = lines;
    this.period = period;
    end = clock.instant().plus(period);
  }

  /**
   * Returns the number of lines suppressed since the last allowed one, or empty if this line must
   * be suppressed too.
   */
  synchronized OptionalLong take() {
    Instant now = clock.instant();
    if (!now.isBefore(end)) {
      end = now.plus(period);
      used = 0;
    }
    if (used == lines) {
      suppressed++;
      return OptionalLong.empty();
    }
    used++;
    OptionalLong before = OptionalLong.of(suppressed);
    suppressed = 0;
    return before;
  }

  /** Counts lines suppressed for another reason, although {@link #take} allowed them. */
  synchronized void leaveOut(long count) {
    suppressed += count;
  }

  /**
   * Returns the number of lines suppressed since the last allowed one, and resets the count; 0
   * before the period has ended, since more may follow.
   *
   * @param isLast whether no more lines follow, so that the end of the period does not matter
   */
  synchronized long leftOut(boolean isLast) {
    if (!isLast && clock.instant().isBefore(end)) {
      return 0;
    }
    long count = suppressed;
    suppressed = 0;
    return count;
  }
}
