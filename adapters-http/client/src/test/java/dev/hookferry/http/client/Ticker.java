package dev.hookferry.http.client;

import dev.hookferry.contract.support.Poll;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** A clock that advances by a microsecond at each reading, and on request. */
final class Ticker implements LongSupplier {
  static final Duration TICK = Duration.ofNanos(1_000);

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000_000_000L);
  private final AtomicInteger readings = new AtomicInteger();

  @Override
  public long getAsLong() {
    long now = nanos.addAndGet(TICK.toNanos());
    readings.incrementAndGet();
    return now;
  }

  void pass(int seconds) {
    nanos.addAndGet(Duration.ofSeconds(seconds).toNanos());
  }

  /** Waits until it was read so often. */
  void awaitReadings(int count) {
    Poll.until(() -> hasReadings(count));
  }

  boolean hasReadings(int count) {
    return readings.get() >= count;
  }

  /** Returns the measured duration of a phase in which this much time passes. */
  static Duration part(int seconds) {
    return Duration.ofSeconds(seconds).plus(TICK);
  }
}
