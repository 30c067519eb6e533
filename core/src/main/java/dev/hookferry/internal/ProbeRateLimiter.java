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
 * How often a site may try URLs that are not registered: whoever may do that could else scan or
 * flood others through us. Counted at each node. Thread-safe and bounded.
 */
public final class ProbeRateLimiter {
  public static final int MOST = 20;
  public static final Duration WINDOW = Duration.ofMinutes(1);
  private static final int MOST_SITES = 1_000;

  private final Map<SiteId, Deque<Instant>> trials = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * Counts a trial.
   *
   * @throws OverloadedException if it is one too many; it is not counted then
   */
  public synchronized void count(SiteId site, Instant now) {
    Deque<Instant> times = trials.computeIfAbsent(site, s -> new ArrayDeque<>());
    while (!times.isEmpty() && !times.getFirst().plus(WINDOW).isAfter(now)) {
      times.removeFirst();
    }
    if (times.size() >= MOST) {
      Duration wait = Duration.between(now, times.getFirst().plus(WINDOW));
      throw new OverloadedException(
          "a site may try " + MOST + " URLs in a minute; wait " + (wait.toSeconds() + 1) + " s",
          wait);
    }
    times.addLast(now);
    if (trials.size() > MOST_SITES) {
      trials.remove(trials.keySet().iterator().next());
    }
  }
}
