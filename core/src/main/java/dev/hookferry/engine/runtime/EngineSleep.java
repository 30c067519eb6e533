package dev.hookferry.engine.runtime;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Decides how long the engine's thread may sleep after a turn if no message comes. */
final class EngineSleep {
  /** Maximum sleep: the system clock may be set forward, and the watchdog expects turns. */
  static final Duration MAX_TIME = Duration.ofSeconds(1);

  /** Maximum sleep with a test's clock, which may be advanced without waking the engine. */
  static final Duration POLL = Duration.ofMillis(20);

  private final InstantSource clock;
  private final Duration max;

  /**
   * Creates an instance for a clock.
   *
   * @param isSystemClock whether the clock advances by itself, at the pace of the system clock
   */
  EngineSleep(InstantSource clock, boolean isSystemClock) {
    this.clock = clock;
    max = isSystemClock ? MAX_TIME : POLL;
  }

  /**
   * Returns how long to sleep at most; zero or less if the next turn is due.
   *
   * @param wake when the next turn is due, or null if only a message can trigger it
   * @param gathered how long collected notifications may still wait, or null if there are none
   */
  Duration until(@Nullable Instant wake, @Nullable Duration gathered) {
    Duration sleep = max;
    if (wake != null) {
      sleep = shorter(sleep, Duration.between(clock.instant(), wake));
    }
    return gathered == null ? sleep : shorter(sleep, gathered);
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
