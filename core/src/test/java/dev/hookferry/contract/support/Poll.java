package dev.hookferry.contract.support;

import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for a condition that another thread, process or clock brings about. */
public final class Poll {
  private static final Duration PAUSE = Duration.ofMillis(10);

  /** Long enough for a busy machine; a test that passes never waits that long. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private Poll() {}

  /**
   * Returns as soon as the condition holds; fails the test if it still does not after two minutes.
   */
  public static void until(BooleanSupplier condition) {
    until(PATIENCE, condition);
  }

  /** Waits like {@link #until(BooleanSupplier)}, for what takes longer even on an idle machine. */
  public static void until(Duration atMost, BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - start > atMost.toNanos()) {
        fail("what was waited for did not come about within " + atMost);
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }
}
