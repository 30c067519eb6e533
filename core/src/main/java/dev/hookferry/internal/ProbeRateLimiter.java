package dev.hookferry.internal;

import dev.hookferry.id.SiteId;
import dev.hookferry.refusal.OverloadedException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Rate limiter for tests of unregistered URLs, which could otherwise be abused to scan or flood
 * other hosts. Counts per site and node. Thread-safe; memory is bounded.
 */
public final class ProbeRateLimiter {
  public static final int MOST = 20;
  public static final Duration WINDOW = Duration.ofMinutes(1);
  private static final int MOST_SITES = 1_000;

  private final Map<SiteId, Deque<Instant>> recent = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * Counts a trial.
   *
   * @throws OverloadedException if the limit is exceeded; the trial is not counted
   */
  public synchronized void count(SiteId site, Instant now) {
    Deque<Instant> times = recent.computeIfAbsent(site, s -> new ArrayDeque<>());
    // A test in the future was counted before the clock was set back.
    times.removeIf(time -> time.isAfter(now) || !time.plus(WINDOW).isAfter(now));
    if (times.size() >= MOST) {
      Duration wait = Duration.between(now, times.getFirst().plus(WINDOW));
      throw new OverloadedException(
          "a site may test " + MOST + " URLs per minute; wait " + (wait.toSeconds() + 1) + " s",
          wait);
    }
    times.addLast(now);
    if (recent.size() > MOST_SITES) {
      recent.remove(recent.keySet().iterator().next());
    }
  }
}
