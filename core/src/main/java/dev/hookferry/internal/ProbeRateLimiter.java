package dev.hookferry.internal;

import dev.hookferry.id.SiteId;
import dev.hookferry.refusal.OverloadedException;
import java.time.Duration;
import java.time.Instant;

/**
 * Rate limiter for tests of unregistered URLs, which could otherwise be abused to scan or flood
 * other hosts. Counts per site and node. Thread-safe; memory is bounded.
 */
public final class ProbeRateLimiter {
  public static final int MAX = 20;
  public static final Duration WINDOW = Duration.ofMinutes(1);
  private static final int MAX_SITES = 1_000;

  private final SlidingWindow<SiteId> recent = new SlidingWindow<>(MAX, WINDOW, MAX_SITES);

  /**
   * Counts one test of a URL.
   *
   * @throws OverloadedException if the limit is reached; the test is then not counted
   */
  public void count(SiteId site, Instant now) {
    Duration wait = recent.count(site, now);
    if (!wait.isZero()) {
      throw new OverloadedException(
          "a site may test " + MAX + " URLs per minute; wait " + (wait.toSeconds() + 1) + " s",
          wait);
    }
  }
}
