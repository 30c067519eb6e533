package dev.hookferry.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until it is turned. Thread-safe. */
public final class ManualClock implements InstantSource {
  private volatile Instant now;

  /** A clock that shows this time. */
  public ManualClock(Instant start) {
    now = start;
  }

  /** A clock that shows the first of January 2026, noon UTC. */
  public static ManualClock atNoon() {
    return new ManualClock(Instant.parse("2026-01-01T12:00:00Z"));
  }

  /** Turns the clock forward. */
  public synchronized void advance(Duration by) {
    now = now.plus(by);
  }

  /** Sets the clock, backward too. */
  public synchronized void set(Instant time) {
    now = time;
  }

  @Override
  public Instant instant() {
    return now;
  }
}
