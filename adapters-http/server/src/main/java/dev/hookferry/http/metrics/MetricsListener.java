package dev.hookferry.http.metrics;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.event.Event;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import dev.hookferry.observe.BlockedKeyCount;
import dev.hookferry.observe.EndpointHealthEvent;
import dev.hookferry.observe.ExpiryNotice;
import dev.hookferry.observe.Listener;
import dev.hookferry.replay.ReplayJob;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * Counts events, deliveries and attempts for {@code /metrics}. Counters are per site; only a
 * bounded number of endpoints have their own. Thread-safe.
 */
public final class MetricsListener implements Listener {
  /** Default number of busiest endpoints that have their own metrics. */
  public static final int DEFAULT_BUSIEST = 100;

  private static final double SLOW_SECONDS = 1;
  private static final long MILLIS_BETWEEN_EXEMPLARS = 100;

  private final Metrics metrics = new Metrics();
  private final SiteCounters sites = new SiteCounters(metrics);
  private final Counter scheduled =
      metrics.counter(
          "hookferry_deliveries_scheduled_total",
          "Deliveries of accepted events that are sent at a later time.",
          "site");
  private final Counter filtered =
      metrics.counter(
          "hookferry_deliveries_filtered_total",
          "Deliveries that filters of endpoints prevented.",
          "site");
  private final Counter unroutable =
      metrics.counter(
          "hookferry_deliveries_not_routable_total",
          "Deliveries prevented by missing routing values that endpoint URLs need.",
          "site");
  private final Counter replays =
      metrics.counter("hookferry_replays_total", "Replay state changes.", "site", "state");
  private final Counter endpoints =
      metrics.counter(
          "hookferry_endpoint_changes_total",
          "Changes of endpoint health: failing, gone (410) or recovered.",
          "site",
          "change");
  private final Counter tokens =
      metrics.counter(
          "hookferry_token_fetches_total",
          "Requests for OAuth 2.0 access tokens, by result: fetched or failed.",
          "site",
          "result");
  private final Histogram tokenDuration =
      metrics.durations(
          "hookferry_token_fetch_duration_seconds", "Duration of requests for access tokens.");
  private final Counter signerCalls =
      metrics.counter(
          "hookferry_signer_calls_total",
          "Calls of signers, by result: signed or failed.",
          "signer",
          "result");
  private final Histogram signerDuration =
      metrics.durations("hookferry_signer_call_duration_seconds", "Duration of calls of signers.");
  private final Counter faults = metrics.counter("hookferry_faults_total", "Internal failures.");
  private final Histogram duration =
      metrics.durations("hookferry_attempt_duration_seconds", "Duration of attempts.");
  private final Histogram latency =
      metrics.durations(
          "hookferry_accept_to_attempt_seconds",
          "Time from accepting an event to its first attempt.");

  private final EndpointMetrics byEndpoint;

  /** Start of the last attempt recorded as an exemplar, in milliseconds since the epoch. */
  private volatile long exemplarAt;

  private volatile Map<SiteId, BlockedKeyCount> blockedKeys = Map.of();
  private volatile List<ExpiryNotice> expiring = List.of();

  /** Creates counters at zero. The 100 busiest endpoints have their own metrics. */
  public MetricsListener() {
    this(Set.of(), DEFAULT_BUSIEST, InstantSource.system());
  }

  /**
   * Creates counters at zero.
   *
   * @param named endpoints that always have their own metrics
   * @param busiest how many other endpoints, those with the most attempts, have their own metrics;
   *     not negative
   */
  public MetricsListener(Set<EndpointId> named, int busiest, InstantSource clock) {
    byEndpoint = new EndpointMetrics(metrics, new BusiestEndpoints(named, busiest, clock));
    metrics.add(this::waiting);
  }

  @Override
  public void accepted(Event event, int deliveries) {
    sites.of(event.site()).accepted(deliveries);
    if (event.isScheduled()) {
      scheduled.labelValues(event.site().value()).inc(deliveries);
    }
  }

  @Override
  public void filtered(Event event, int endpoints) {
    filtered.labelValues(event.site().value()).inc(endpoints);
  }

  @Override
  public void unroutable(Event event, int endpoints) {
    unroutable.labelValues(event.site().value()).inc(endpoints);
  }

  @Override
  public void resent(Event event, int deliveries) {
    sites.of(event.site()).resent(deliveries);
  }

  @Override
  public void attempted(Attempt attempt, Delivery before) {
    sites.of(attempt.site()).attempted(attempt.outcome().kind());
    byEndpoint.count(attempt);
    double took = seconds(attempt.outcome().took());
    double waited = seconds(Duration.between(before.dueAt(), attempt.startedAt()));
    Labels exemplar = isExemplary(attempt, took, waited) ? exemplar(attempt) : Labels.EMPTY;
    observe(duration, took, exemplar);
    if (attempt.number() == 1) {
      observe(latency, waited, exemplar);
    }
  }

  /**
   * Returns whether to record an exemplar, which is costly: only for slow attempts and the first
   * one in a while.
   */
  private boolean isExemplary(Attempt attempt, double took, double waited) {
    long at = attempt.startedAt().toEpochMilli();
    if (Math.max(took, waited) < SLOW_SECONDS
        && Math.abs(at - exemplarAt) < MILLIS_BETWEEN_EXEMPLARS) {
      return false;
    }
    exemplarAt = at;
    return true;
  }

  private static Labels exemplar(Attempt attempt) {
    return Labels.of("delivery_id", attempt.delivery().toString());
  }

  private static void observe(Histogram histogram, double seconds, Labels exemplar) {
    if (exemplar.isEmpty()) {
      histogram.observe(seconds);
    } else {
      histogram.observeWithExemplar(seconds, exemplar);
    }
  }

  @Override
  public void settled(Delivery delivery) {
    // A failed test is not a missed event.
    if (!delivery.type().equals(EventType.TEST)) {
      sites.of(delivery.site()).settled(delivery.state(), 1);
    }
  }

  @Override
  public void abandoned(SiteId site, EndpointId endpoint, int deliveries) {
    sites.of(site).settled(DeliveryState.CANCELLED, deliveries);
  }

  @Override
  public void replay(ReplayJob job) {
    replays.labelValues(job.site().value(), job.state().code()).inc();
  }

  @Override
  public void endpointChanged(EndpointHealthEvent change) {
    endpoints.labelValues(change.site().value(), change.kind().code()).inc();
  }

  @Override
  public void blockedKeys(Map<SiteId, BlockedKeyCount> bySite) {
    blockedKeys = Map.copyOf(bySite);
  }

  @Override
  public void tokenFetched(SiteId site, boolean succeeded, Duration took) {
    tokens.labelValues(site.value(), succeeded ? "fetched" : "failed").inc();
    tokenDuration.observe(seconds(took));
  }

  @Override
  public void signerCalled(String signer, boolean succeeded, Duration took) {
    signerCalls.labelValues(signer, succeeded ? "signed" : "failed").inc();
    signerDuration.observe(seconds(took));
  }

  @Override
  public void expiring(List<ExpiryNotice> all) {
    expiring = List.copyOf(all);
  }

  @Override
  public void fault(String what, Throwable cause) {
    faults.inc();
  }

  private static double seconds(Duration duration) {
    return duration.isNegative() ? 0 : duration.toNanos() / 1e9;
  }

  private MetricSnapshots waiting() {
    MetricFamilies families = new MetricFamilies();
    families.gauge(
        "hookferry_blocked_keys",
        "Blocked ordering keys, counted once a minute.",
        "site",
        blockedKeys(BlockedKeyCount::keys));
    families.gauge(
        "hookferry_deliveries_behind_blocked_keys",
        "Deliveries that wait behind blocked ordering keys, up to 1,000 for each key, counted once"
            + " a minute.",
        "site",
        blockedKeys(BlockedKeyCount::waiting));
    Map<String, Double> byKind = new TreeMap<>();
    expiring.forEach(notice -> byKind.merge(notice.kind().code(), 1.0, Double::sum));
    families.gauge(
        "hookferry_expiring",
        "Client certificates that expire within 30 days or have expired, and signatures that end"
            + " within 14 days, counted once an hour.",
        "kind",
        byKind);
    return families.collected();
  }

  private Map<String, Double> blockedKeys(ToDoubleFunction<BlockedKeyCount> figure) {
    Map<String, Double> bySite = new TreeMap<>();
    blockedKeys.forEach((site, count) -> bySite.put(site.value(), figure.applyAsDouble(count)));
    return bySite;
  }

  MetricSnapshots collected() {
    return metrics.collected();
  }
}
