package dev.hookferry.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;

/** A clock that tests advance manually. Thread-safe. */
public final class ManualClock implements InstantSource {
  private volatile Instant now;

  /** Creates a clock set to this time. */
  public ManualClock(Instant start) {
    Objects.requireNonNull(start, "start");
    now = start;
  }

  /** Creates a clock set to noon UTC on 1 January 2026. */
  public static ManualClock atNoon() {
    return new ManualClock(Instant.parse("2026-01-01T12:00:00Z"));
  }

  /** Advances the clock. */
  public synchronized void advance(Duration by) {
    Objects.requireNonNull(by, "by");
    now = now.plus(by);
  }

  /** Sets the clock, forward or backward. */
  public synchronized void set(Instant time) {
    Objects.requireNonNull(time, "time");
    now = time;
  }

  @Override
  public Instant instant() {
    return now;
  }
}
