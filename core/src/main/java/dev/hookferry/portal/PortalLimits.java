package dev.hookferry.portal;

import dev.hookferry.id.SiteId;
import dev.hookferry.internal.SlidingWindow;
import dev.hookferry.refusal.OverloadedException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Per-scope limits that keep customers from exhausting shared resources, however many links they
 * have. Each node counts separately. Thread-safe.
 */
final class PortalLimits {
  private static final int TESTS_A_MINUTE = 20;
  private static final int MAX_SCOPES = 10_000;
  private static final Duration SPAN = Duration.ofMinutes(1);
  private static final Duration SOON = Duration.ofSeconds(1);

  /** Maximum number of tests of one scope in flight. */
  private static final int OWN_TESTS = 2;

  /**
   * Maximum number of tests in flight for all scopes together, because a page that waits for its
   * test occupies a shared thread.
   */
  private static final int ALL_TESTS = 8;

  private final InstantSource clock;
  private final SlidingWindow<CustomerScope> tested =
      new SlidingWindow<>(TESTS_A_MINUTE, SPAN, MAX_SCOPES);
  private final Map<CustomerScope, Integer> testing = new HashMap<>();
  private final Set<CustomerScope> busy = new HashSet<>();
  private final Object[] turns = new Object[64];
  private int allTesting;

  PortalLimits(InstantSource clock) {
    this.clock = clock;
    for (int i = 0; i < turns.length; i++) {
      turns[i] = new Object();
    }
  }

  /** Set of endpoints covered by a customer's links. */
  record CustomerScope(SiteId site, Map<String, String> labels) {}

  /**
   * Starts a test.
   *
   * @throws OverloadedException if there were too many tests within a minute, or too many are in
   *     flight
   */
  <T> CompletableFuture<T> test(CustomerScope scope, Supplier<CompletableFuture<T>> test) {
    begin(scope);
    try {
      return test.get().whenComplete((result, failure) -> end(scope));
    } catch (RuntimeException | Error e) {
      end(scope);
      throw e;
    }
  }

  private synchronized void begin(CustomerScope scope) {
    int own = testing.getOrDefault(scope, 0);
    if (own >= OWN_TESTS) {
      throw new OverloadedException(
          "two tests are in flight; try again when one has finished", SOON);
    }
    if (allTesting >= ALL_TESTS) {
      throw new OverloadedException("too many tests are in flight; try again in a moment", SOON);
    }
    count(scope);
    testing.put(scope, own + 1);
    allTesting++;
  }

  private synchronized void end(CustomerScope scope) {
    testing.computeIfPresent(scope, (own, tests) -> tests == 1 ? null : tests - 1);
    allTesting--;
  }

  private void count(CustomerScope scope) {
    Duration wait = tested.count(scope, clock.instant());
    if (!wait.isZero()) {
      throw new OverloadedException(
          "at most 20 tests per minute are allowed; try again in a moment", wait);
    }
  }

  /**
   * Runs a bulk retry, count or replay unless the scope is already running one.
   *
   * @throws OverloadedException if it is
   */
  <T> T alone(CustomerScope scope, Supplier<T> action) {
    synchronized (this) {
      if (!busy.add(scope)) {
        throw new OverloadedException(
            "deliveries are already being retried; wait until that has ended", SOON);
      }
    }
    try {
      return action.get();
    } finally {
      synchronized (this) {
        busy.remove(scope);
      }
    }
  }

  /** Serializes the creation of endpoints within a scope, so that its limit is not exceeded. */
  <T> T inTurn(CustomerScope scope, Supplier<T> creation) {
    synchronized (turns[Math.floorMod(scope.hashCode(), turns.length)]) {
      return creation.get();
    }
  }
}
