package dev.hookferry.http.metrics;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.id.EndpointId;
import io.prometheus.metrics.core.metrics.Counter;
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
    String site = attempt.site().value();
    String name = own.contains(endpoint) ? endpoint.toString() : OTHER;
    attempts.labelValues(site, name, attempt.outcome().kind().code()).inc();
    time.labelValues(site, name).inc(attempt.outcome().took().toMillis() / MILLIS_A_SECOND);
  }

  private void forget(Set<EndpointId> endpoints) {
    Set<String> names =
        endpoints.stream().map(EndpointId::toString).collect(Collectors.toUnmodifiableSet());
    attempts.removeIf(values -> names.contains(values.get(1)));
    time.removeIf(values -> names.contains(values.get(1)));
  }
}
