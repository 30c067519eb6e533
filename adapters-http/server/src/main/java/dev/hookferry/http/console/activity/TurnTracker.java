package dev.hookferry.http.console.activity;

import dev.hookferry.delivery.Attempt;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The times at which deliveries to an endpoint got their turn: after the previous one with the same
 * ordering key, or when a slow receiver had finished another request. Bounded. Guarded by its
 * owner.
 */
final class TurnTracker {
  private static final int MAX_KEYS = 500;
  private static final int MAX_SLOW = 64;

  /** If a request takes longer than this, others wait because of the receiver. */
  private static final Duration SLOW = Duration.ofMillis(500);

  /** A request begins at most this long after the end of the one that made room for it. */
  private static final Duration HANDOVER = Duration.ofMillis(250);

  private final Map<String, Instant> keys =
      new LinkedHashMap<String, Instant>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
          return size() > MAX_KEYS;
        }
      };

  /** The ends of the newest slow requests. */
  private final Deque<Instant> slow = new ArrayDeque<>();

  /** Records the end of an attempt. */
  void ended(Attempt attempt, @Nullable String orderingKey) {
    Duration took = attempt.outcome().took();
    Instant end = attempt.startedAt().plus(took);
    if (orderingKey != null) {
      ended(orderingKey, end);
    }
    if (took.compareTo(SLOW) >= 0) {
      slow.addLast(end);
      if (slow.size() > MAX_SLOW) {
        slow.removeFirst();
      }
    }
  }

  /** Records the moment from which nothing with an ordering key keeps others waiting. */
  void ended(String orderingKey, Instant at) {
    keys.merge(orderingKey, at, (one, other) -> one.isAfter(other) ? one : other);
  }

  /**
   * Returns the time until which a first attempt had to wait for others.
   *
   * @param begun when it began
   * @return {@link Instant#MIN} if it did not have to wait
   */
  Instant until(@Nullable String orderingKey, Instant begun) {
    Instant turn = orderingKey == null ? null : keys.get(orderingKey);
    Instant until = turn == null || turn.isAfter(begun) ? Instant.MIN : turn;
    for (Instant end : slow) {
      boolean madeRoom = !end.isAfter(begun) && end.plus(HANDOVER).isAfter(begun);
      until = madeRoom && end.isAfter(until) ? end : until;
    }
    return until;
  }
}
