package dev.hookferry.http.portal;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Makes replies wait until a whole number of steps has passed since the request, so that their time
 * hardly tells what was found on the way: a store may take longer to find what belongs to another
 * customer than to find nothing. Thread-safe.
 */
public final class ReplyTiming {
  private final long step;
  private final LongSupplier nanos;
  private final LongConsumer sleep;

  /**
   * Creates a timing by the clock of the JVM.
   *
   * @param step zero or more; zero lets replies go at once
   */
  public ReplyTiming(Duration step) {
    this(step, System::nanoTime, ReplyTiming::sleep);
  }

  /**
   * Creates a timing.
   *
   * @param nanos the clock
   * @param sleep waits so many nanoseconds
   */
  ReplyTiming(Duration step, LongSupplier nanos, LongConsumer sleep) {
    this.step = step.toNanos();
    this.nanos = nanos;
    this.sleep = sleep;
  }

  /** Returns what the supplier returns, or throws what it throws, after the wait. Blocks. */
  public <T> T even(Supplier<T> reply) {
    long began = nanos.getAsLong();
    try {
      return reply.get();
    } finally {
      if (step > 0) {
        sleep.accept(step - (nanos.getAsLong() - began) % step);
      }
    }
  }

  private static void sleep(long nanos) {
    try {
      TimeUnit.NANOSECONDS.sleep(nanos);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
