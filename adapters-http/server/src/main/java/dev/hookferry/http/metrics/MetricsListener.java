package dev.hookferry.http.metrics;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.event.Event;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.observe.EndpointHealthEvent;
import dev.hookferry.observe.Listener;
import dev.hookferry.replay.ReplayJob;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Counts events, deliveries and attempts for {@code /metrics}. Counters are per site and not per
 * endpoint, so that their number stays small. Thread-safe.
 */
public final class MetricsListener implements Listener {
  private final Counter accepted =
      new Counter("hookferry_events_accepted_total", "Events made durable.", "site");
  private final Counter created =
      new Counter("hookferry_deliveries_created_total", "Deliveries of accepted events.", "site");
  private final Counter scheduled =
      new Counter(
          "hookferry_deliveries_scheduled_total",
          "Deliveries of accepted events that are sent at a later time.",
          "site");
  private final Counter filtered =
      new Counter(
          "hookferry_deliveries_filtered_total",
          "Deliveries that filters of endpoints prevented.",
          "site");
  private final Counter unroutable =
      new Counter(
          "hookferry_deliveries_not_routable_total",
          "Deliveries that routing values which URLs of endpoints need prevented.",
          "site");
  private final Counter attempts =
      new Counter("hookferry_attempts_total", "Attempts by their outcome.", "site", "outcome");
  private final Counter settled =
      new Counter(
          "hookferry_deliveries_settled_total", "Deliveries by final state.", "site", "state");
  private final Counter replays =
      new Counter("hookferry_replays_total", "Replay state changes.", "site", "state");
  private final Counter endpoints =
      new Counter(
          "hookferry_endpoint_changes_total",
          "Changes of endpoint health: failing, gone (410) or recovered.",
          "site",
          "change");
  private final Counter faults = new Counter("hookferry_faults_total", "Internal failures.");
  private final Histogram duration =
      new Histogram("hookferry_attempt_duration_seconds", "Duration of attempts.");
  private final Histogram latency =
      new Histogram(
          "hookferry_accept_to_attempt_seconds",
          "Time from accepting an event to its first attempt.");

  private volatile Map<SiteId, Integer> blockedKeys = Map.of();

  /** Creates counters at zero. */
  public MetricsListener() {
    faults.add(0);
  }

  @Override
  public void accepted(Event event, int deliveries) {
    accepted.add(1, event.site().value());
    created.add(deliveries, event.site().value());
    if (event.isScheduled()) {
      scheduled.add(deliveries, event.site().value());
    }
  }

  @Override
  public void filtered(Event event, int endpoints) {
    filtered.add(endpoints, event.site().value());
  }

  @Override
  public void unroutable(Event event, int endpoints) {
    unroutable.add(endpoints, event.site().value());
  }

  @Override
  public void resent(Event event, int deliveries) {
    created.add(deliveries, event.site().value());
  }

  @Override
  public void attempted(Attempt attempt, Delivery before) {
    attempts.add(1, attempt.site().value(), attempt.outcome().kind().code());
    duration.record(attempt.outcome().took());
    if (attempt.number() == 1) {
      latency.record(Duration.between(before.dueAt(), attempt.startedAt()));
    }
  }

  @Override
  public void settled(Delivery delivery) {
    settled.add(1, delivery.site().value(), delivery.state().code());
  }

  @Override
  public void abandoned(SiteId site, EndpointId endpoint, int deliveries) {
    settled.add(deliveries, site.value(), DeliveryState.CANCELLED.code());
  }

  @Override
  public void replay(ReplayJob job) {
    replays.add(1, job.site().value(), job.state().code());
  }

  @Override
  public void endpointChanged(EndpointHealthEvent news) {
    endpoints.add(1, news.site().value(), news.kind().code());
  }

  @Override
  public void blockedKeys(Map<SiteId, Integer> bySite) {
    blockedKeys = Map.copyOf(bySite);
  }

  @Override
  public void fault(String what, Throwable cause) {
    faults.add(1);
  }

  private void writeBlockedKeys(PrometheusText text) {
    text.family("hookferry_blocked_keys", "gauge", "Blocked ordering keys, counted once a minute.");
    blockedKeys.forEach(
        (site, count) ->
            text.sample(
                "hookferry_blocked_keys", List.of("site"), List.of(site.value()), (double) count));
  }

  void write(PrometheusText text) {
    accepted.write(text);
    created.write(text);
    scheduled.write(text);
    filtered.write(text);
    unroutable.write(text);
    attempts.write(text);
    settled.write(text);
    replays.write(text);
    endpoints.write(text);
    faults.write(text);
    writeBlockedKeys(text);
    duration.write(text);
    latency.write(text);
  }
}
