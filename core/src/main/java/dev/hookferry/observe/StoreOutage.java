package dev.hookferry.observe;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * Rate limiter for logging the faults of an unavailable store, of which there may be many per
 * second: one line when it becomes unavailable, one a minute while it stays so, and one when it is
 * back. {@link dev.hookferry.store.StoreException#isOutage} identifies such faults. Not
 * thread-safe, as listeners are called by one thread at a time.
 */
public final class StoreOutage {
  private static final long REMINDER = Duration.ofMinutes(1).toNanos();

  /** Calls that began during the outage may still fail this long after its end. */
  private static final long GRACE_PERIOD = Duration.ofSeconds(5).toNanos();

  private final LongSupplier nanos;
  private boolean isOn;
  private boolean isAftermath;
  private long startNanos;
  private long logged;
  private long failed;
  private long ended;
  private long leftOut;

  /**
   * Creates a limiter without an outage.
   *
   * @param nanos a clock such as {@link System#nanoTime}
   */
  public StoreOutage(LongSupplier nanos) {
    this.nanos = Objects.requireNonNull(nanos, "nanos");
  }

  /**
   * Records a fault of the store.
   *
   * @return the number of faults suppressed since the last line, or empty if this one must be
   *     suppressed too
   */
  public OptionalLong failed() {
    long now = nanos.getAsLong();
    boolean continues = isOn && now - failed < REMINDER;
    boolean isLate = !isOn && isAftermath && now - ended < GRACE_PERIOD;
    failed = now;
    if (isLate || (continues && now - logged < REMINDER)) {
      leftOut++;
      return OptionalLong.empty();
    }
    if (!continues) {
      startNanos = now;
      isOn = true;
    }
    logged = now;
    OptionalLong before = OptionalLong.of(leftOut);
    leftOut = 0;
    return before;
  }

  /** Returns the number of faults suppressed since the last line; {@link #recovered} resets it. */
  public long leftOut() {
    return leftOut;
  }

  /**
   * Records that the store works again.
   *
   * @return how long it was unavailable, or empty if no outage was reported
   */
  public Optional<Duration> recovered() {
    if (!isOn) {
      return Optional.empty();
    }
    isOn = false;
    isAftermath = true;
    ended = nanos.getAsLong();
    leftOut = 0;
    return Optional.of(Duration.ofNanos(ended - startNanos));
  }
}
