package dev.hookferry.http.metrics;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Attempts per endpoint, for a bounded number of endpoints; all others are counted together.
 * Thread-safe.
 */
final class EndpointMetrics {
  private static final String OTHER = "other";
  private static final double MILLIS_A_SECOND = 1e3;

  private final BusiestEndpoints own;
  private final Counter attempts;
  private final Counter time;
  private final Map<EndpointId, OneEndpoint> endpoints = new HashMap<>();
  private final Map<SiteId, OneEndpoint> others = new HashMap<>();

  EndpointMetrics(Metrics metrics, BusiestEndpoints own) {
    this.own = own;
    attempts =
        metrics.counter(
            "hookferry_endpoint_attempts_total",
            "Attempts by endpoint and outcome; endpoint=\"other\" for those without their own.",
            "site",
            "endpoint",
            "outcome");
    time =
        metrics.counter(
            "hookferry_endpoint_attempt_seconds_total",
            "Time that attempts took, by endpoint.",
            "site",
            "endpoint");
  }

  synchronized void count(Attempt attempt) {
    EndpointId endpoint = attempt.endpoint();
    Set<EndpointId> gone = own.count(endpoint);
    if (!gone.isEmpty()) {
      forget(gone);
    }
    SiteId site = attempt.site();
    OneEndpoint counters =
        own.contains(endpoint)
            ? endpoints.computeIfAbsent(
                endpoint, id -> new OneEndpoint(site.value(), id.toString()))
            : others.computeIfAbsent(site, id -> new OneEndpoint(id.value(), OTHER));
    counters.count(attempt.outcome());
  }

  private void forget(Set<EndpointId> gone) {
    endpoints.keySet().removeAll(gone);
    Set<String> names =
        gone.stream().map(EndpointId::toString).collect(Collectors.toUnmodifiableSet());
    attempts.removeIf(values -> names.contains(values.get(1)));
    time.removeIf(values -> names.contains(values.get(1)));
  }

  /**
   * The counters of one endpoint, or of all other endpoints of a site; looked up by label only
   * once.
   */
  private final class OneEndpoint {
    private final String site;
    private final String name;
    private final CounterDataPoint seconds;
    private final Map<OutcomeKind, CounterDataPoint> byOutcome = new EnumMap<>(OutcomeKind.class);

    private OneEndpoint(String site, String name) {
      this.site = site;
      this.name = name;
      seconds = time.labelValues(site, name);
    }

    private void count(Outcome outcome) {
      byOutcome
          .computeIfAbsent(outcome.kind(), kind -> attempts.labelValues(site, name, kind.code()))
          .inc();
      seconds.inc(outcome.took().toMillis() / MILLIS_A_SECOND);
    }
  }
}
