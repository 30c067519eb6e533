package dev.hookferry.contract;

import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what another thread, process or clock brings about. */
public final class Poll {
  private static final Duration PAUSE = Duration.ofMillis(10);

  private Poll() {}

  /** Returns as soon as the condition holds; fails the test if it does not within the time. */
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
