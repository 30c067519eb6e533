package dev.hookferry.http.console.endpoints;

import dev.hookferry.http.console.frame.FutureResult;
import dev.hookferry.id.SiteId;
import dev.hookferry.refusal.OverloadedException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Limited waiting for tests that users send from the console. A page that waits for a slow receiver
 * occupies one of the few threads that serve all pages and most of the API, so only a few tests may
 * wait at a time. Thread-safe.
 */
public final class PendingTests {
  private static final int OF_SITE = 2;
  private static final int OF_ALL = 4;

  private final Map<SiteId, Integer> waiting = new HashMap<>();
  private int allWaiting;

  /**
   * Sends a test and waits for its result.
   *
   * @throws OverloadedException if too many are in flight; nothing is sent
   * @throws RuntimeException if the test fails
   */
  public <T> T await(SiteId site, Supplier<CompletableFuture<T>> test) {
    begin(site);
    try {
      return FutureResult.of(test.get());
    } finally {
      end(site);
    }
  }

  private synchronized void begin(SiteId site) {
    int own = waiting.getOrDefault(site, 0);
    if (own >= OF_SITE || allWaiting >= OF_ALL) {
      throw OverloadedException.soon(
          "other tests are still waiting for their receivers; try again in a moment");
    }
    waiting.put(site, own + 1);
    allWaiting++;
  }

  private synchronized void end(SiteId site) {
    waiting.computeIfPresent(site, (key, own) -> own == 1 ? null : own - 1);
    allWaiting--;
  }
}
