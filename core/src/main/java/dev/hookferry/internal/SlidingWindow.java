package dev.hookferry.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Sliding-window rate limiter: counts recent actions by key and refuses those above a maximum.
 * Keeps only the most recently used keys. Thread-safe.
 *
 * @param <K> the key
 */
public final class SlidingWindow<K> {
  private final int max;
  private final Duration span;
  private final int maxKeys;
  private final Map<K, Deque<Instant>> recent = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * Creates a window.
   *
   * @param max the number of actions allowed per key within the span
   * @param maxKeys the maximum number of keys to keep
   */
  public SlidingWindow(int max, Duration span, int maxKeys) {
    this.max = max;
    this.span = span;
    this.maxKeys = maxKeys;
  }

  /**
   * Counts an action and returns zero; at the maximum, does not count it and returns the time to
   * wait.
   */
  public synchronized Duration count(K key, Instant now) {
    Deque<Instant> times = recent.computeIfAbsent(key, fresh -> new ArrayDeque<>());
    // A time in the future was counted before the clock was set back.
    times.removeIf(time -> time.isAfter(now) || !time.plus(span).isAfter(now));
    if (times.size() >= max) {
      return Duration.between(now, times.getFirst().plus(span));
    }
    times.addLast(now);
    if (recent.size() > maxKeys) {
      recent.remove(recent.keySet().iterator().next());
    }
    return Duration.ZERO;
  }
}
