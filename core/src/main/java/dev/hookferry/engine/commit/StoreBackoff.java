package dev.hookferry.engine.commit;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Back-off after failures of the store: grows with each failure until a commit succeeds. */
final class StoreBackoff {
  private static final Duration FIRST = Duration.ofMillis(50);
  private static final Duration MAX_TIME = Duration.ofSeconds(1);

  private Duration pause = Duration.ZERO;
  private @Nullable Instant until;

  /** Starts or extends the back-off after a failure. */
  void begin(Instant now) {
    Duration doubled = pause.multipliedBy(2);
    pause = pause.isZero() ? FIRST : doubled;
    pause = pause.compareTo(MAX_TIME) < 0 ? pause : MAX_TIME;
    until = now.plus(pause);
  }

  /** Records a failure without backing off. */
  void note(Instant now) {
    until = now;
  }

  /** Ends the back-off after a success. */
  void end() {
    pause = Duration.ZERO;
    until = null;
  }

  /** Returns whether the back-off is active. */
  boolean isOn(Instant now) {
    return until != null && now.isBefore(until);
  }

  /** Returns the end of the back-off, or null if the store did not fail recently. */
  @Nullable Instant until() {
    return until;
  }
}
