package dev.hookferry.http.metrics;

import dev.hookferry.id.EndpointId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Selects the endpoints that have their own metrics: the configured ones and the busiest. Once a
 * minute, chooses those with the most attempts in that minute; on a tie, the current selection
 * wins. Not thread-safe; bounded in memory.
 */
final class BusiestEndpoints {
  private static final Duration PERIOD = Duration.ofMinutes(1);

  /**
   * Maximum number of endpoints counted in a period. Any beyond that are unlikely to be among the
   * busiest.
   */
  private static final int MAX_COUNTED = 10_000;

  private final Set<EndpointId> named;
  private final int max;
  private final InstantSource clock;
  private final Map<EndpointId, Integer> attempts = new HashMap<>();
  private Set<EndpointId> chosen = new HashSet<>();
  private Instant since;

  BusiestEndpoints(Set<EndpointId> named, int max, InstantSource clock) {
    this.named = Set.copyOf(named);
    this.max = max;
    this.clock = clock;
    since = clock.instant();
  }

  /**
   * Counts an attempt.
   *
   * @return the endpoints that lose their own metrics because of this attempt
   */
  Set<EndpointId> count(EndpointId endpoint) {
    if (named.contains(endpoint) || max == 0) {
      return Set.of();
    }
    if (attempts.size() < MAX_COUNTED || attempts.containsKey(endpoint)) {
      attempts.merge(endpoint, 1, Integer::sum);
    }
    if (chosen.size() < max) {
      chosen.add(endpoint);
    }
    Instant now = clock.instant();
    // If the period began in the future, the clock has been set back since.
    boolean isOver = now.isBefore(since) || !now.isBefore(since.plus(PERIOD));
    return isOver ? choose(now) : Set.of();
  }

  private Set<EndpointId> choose(Instant now) {
    Set<EndpointId> before = chosen;
    Comparator<EndpointId> busiest =
        Comparator.comparing((EndpointId endpoint) -> -attempts.getOrDefault(endpoint, 0));
    chosen =
        Stream.concat(before.stream(), attempts.keySet().stream())
            .distinct()
            .sorted(busiest.thenComparing(endpoint -> !before.contains(endpoint)))
            .limit(max)
            .collect(Collectors.toCollection(HashSet::new));
    attempts.clear();
    since = now;
    before.removeAll(chosen);
    return before;
  }

  /** Returns whether an endpoint has its own metrics. */
  boolean contains(EndpointId endpoint) {
    return named.contains(endpoint) || chosen.contains(endpoint);
  }
}
