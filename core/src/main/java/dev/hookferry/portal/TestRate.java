package dev.hookferry.portal;

import dev.hookferry.refusal.OverloadedException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** Counts the tests of each session on this node. Thread-safe. */
final class TestRate {
  private static final int MOST = 20;
  private static final int MOST_SESSIONS = 10_000;
  private static final Duration SPAN = Duration.ofMinutes(1);

  private final InstantSource clock;
  private final Map<UUID, Deque<Instant>> bySession = new LinkedHashMap<>(16, 0.75f, true);

  TestRate(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Counts a test.
   *
   * @throws OverloadedException if there were too many within a minute
   */
  synchronized void count(UUID session) {
    Instant now = clock.instant();
    Deque<Instant> times = bySession.computeIfAbsent(session, id -> new ArrayDeque<>());
    while (!times.isEmpty() && !times.getFirst().plus(SPAN).isAfter(now)) {
      times.removeFirst();
    }
    if (times.size() >= MOST) {
      throw new OverloadedException(
          "20 tests a minute are the most; wait a little",
          Duration.between(now, times.getFirst().plus(SPAN)));
    }
    times.add(now);
    if (bySession.size() > MOST_SESSIONS) {
      bySession.remove(bySession.keySet().iterator().next());
    }
  }
}
