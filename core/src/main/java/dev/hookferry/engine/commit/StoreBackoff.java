package dev.hookferry.engine.commit;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How long nothing is begun after a failure of the store: longer with each, until one passes. */
final class StoreBackoff {
  private static final Duration FIRST = Duration.ofMillis(50);
  private static final Duration LONGEST = Duration.ofSeconds(1);

  private Duration pause = Duration.ZERO;
  private @Nullable Instant until;

  /** The store failed. */
  void begin(Instant now) {
    Duration doubled = pause.multipliedBy(2);
    pause = pause.isZero() ? FIRST : doubled;
    pause = pause.compareTo(LONGEST) < 0 ? pause : LONGEST;
    until = now.plus(pause);
  }

  /** The store failed, but nothing need wait for that. */
  void note(Instant now) {
    until = now;
  }

  /** The store did what it was asked. */
  void end() {
    pause = Duration.ZERO;
    until = null;
  }

  /** Whether nothing is begun now. */
  boolean isOn(Instant now) {
    return until != null && now.isBefore(until);
  }

  /** Until when nothing is begun, or null if the store did not fail lately. */
  @Nullable Instant until() {
    return until;
  }
}
