package dev.hookferry.http.api;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Limits the time of many futures, each counted from when it is added. They share one timer; {@link
 * CompletableFuture#orTimeout} would schedule one for each, which costs more than parsing a small
 * event. Thread-safe.
 */
final class SharedTimeout {
  private final long nanos;

  /** Futures that are not done, in the order of their deadlines. */
  private final Set<Limited> waiting = new LinkedHashSet<>();

  private boolean isTimed;

  SharedTimeout(Duration limit) {
    // Cuts off beyond 292 years, where the method of Duration fails.
    nanos = TimeUnit.MILLISECONDS.toNanos(limit.toMillis());
  }

  /** A future and its deadline; compared by identity. */
  private static final class Limited {
    private final CompletableFuture<?> future;
    private final long deadline;

    Limited(CompletableFuture<?> future, long deadline) {
      this.future = future;
      this.deadline = deadline;
    }

    void expire() {
      boolean unused = future.completeExceptionally(new TimeoutException());
    }
  }

  /** Completes a future with a {@link TimeoutException} unless it is done in time; returns it. */
  <T> CompletableFuture<T> limit(CompletableFuture<T> future) {
    if (!future.isDone()) {
      Limited one = new Limited(future, System.nanoTime() + nanos);
      add(one);
      var unused = future.whenComplete((value, failure) -> remove(one));
    }
    return future;
  }

  private synchronized void add(Limited one) {
    waiting.add(one);
    time(nanos);
  }

  private synchronized void remove(Limited one) {
    waiting.remove(one);
  }

  private void time(long delay) {
    if (!isTimed) {
      CompletableFuture.delayedExecutor(delay, TimeUnit.NANOSECONDS, Runnable::run)
          .execute(() -> overdue().forEach(Limited::expire));
      isTimed = true;
    }
  }

  /** Removes and returns what is overdue, and sets the timer for the next deadline. */
  private synchronized List<Limited> overdue() {
    isTimed = false;
    List<Limited> overdue = new ArrayList<>();
    long now = System.nanoTime();
    for (Limited one : waiting) {
      if (one.deadline - now > 0) {
        time(one.deadline - now);
        break;
      }
      overdue.add(one);
    }
    overdue.forEach(waiting::remove);
    return overdue;
  }
}
