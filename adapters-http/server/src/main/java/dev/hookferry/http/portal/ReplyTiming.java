package dev.hookferry.http.portal;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Delays replies until a whole number of steps has passed since the request, so that timing reveals
 * little about the result: a store may take longer to find another customer's data than to find
 * nothing. Thread-safe.
 */
public final class ReplyTiming {
  private final long step;
  private final LongSupplier nanos;
  private final LongConsumer sleepUntil;

  /**
   * Creates an instance that uses the clock of the JVM.
   *
   * @param step zero or more; zero disables the delay
   */
  public ReplyTiming(Duration step) {
    this(step, System::nanoTime, ReplyTiming::sleepUntil);
  }

  /**
   * Creates an instance.
   *
   * @param nanos the clock
   * @param sleepUntil waits until this time of the clock
   */
  ReplyTiming(Duration step, LongSupplier nanos, LongConsumer sleepUntil) {
    this.step = step.toNanos();
    this.nanos = nanos;
    this.sleepUntil = sleepUntil;
  }

  /** Returns the supplier's result, or throws its exception, after the delay. Blocks. */
  public <T> T even(Supplier<T> reply) {
    long began = nanos.getAsLong();
    try {
      return reply.get();
    } finally {
      if (step > 0) {
        sleepUntil.accept(began + ((nanos.getAsLong() - began) / step + 1) * step);
      }
    }
  }

  /** Parks the thread, because Thread.sleep would round to milliseconds before Java 21. */
  private static void sleepUntil(long end) {
    long rest = end - System.nanoTime();
    while (rest > 0 && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(rest);
      rest = end - System.nanoTime();
    }
  }
}
