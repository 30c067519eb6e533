package dev.hookferry.http.metrics;

import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.id.SiteId;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counters of events, deliveries and attempts by site. A site's counters are looked up by label
 * once rather than for each event. Thread-safe.
 */
final class SiteCounters {
  private final Counter accepted;
  private final Counter created;
  private final Counter attempts;
  private final Counter settled;
  private final Map<SiteId, OneSite> sites = new ConcurrentHashMap<>();

  SiteCounters(Metrics metrics) {
    accepted = metrics.counter("hookferry_events_accepted_total", "Events made durable.", "site");
    created =
        metrics.counter(
            "hookferry_deliveries_created_total", "Deliveries of accepted events.", "site");
    attempts =
        metrics.counter(
            "hookferry_attempts_total", "Attempts by their outcome.", "site", "outcome");
    settled =
        metrics.counter(
            "hookferry_deliveries_settled_total",
            "Deliveries by final state, without tests of endpoints.",
            "site",
            "state");
  }

  /** Returns the counters of a site. */
  OneSite of(SiteId site) {
    OneSite known = sites.get(site);
    return known == null ? sites.computeIfAbsent(site, id -> new OneSite(id.value())) : known;
  }

  /** Counters of one site. */
  final class OneSite {
    private final String name;
    private final CounterDataPoint events;
    private final CounterDataPoint deliveries;
    private final Map<OutcomeKind, CounterDataPoint> byOutcome = new ConcurrentHashMap<>();
    private final Map<DeliveryState, CounterDataPoint> byState = new ConcurrentHashMap<>();

    /**
     * Creates the counters of failures at zero, because Prometheus detects an increase only if it
     * has scraped the counter before.
     */
    private OneSite(String name) {
      this.name = name;
      events = accepted.labelValues(name);
      deliveries = created.labelValues(name);
      settled.initLabelValues(name, DeliveryState.EXHAUSTED.code());
      settled.initLabelValues(name, DeliveryState.POISONED.code());
    }

    /** Counts an accepted event. */
    void accepted(int created) {
      events.inc();
      deliveries.inc(created);
    }

    /** Counts deliveries that a resend created. */
    void resent(int created) {
      deliveries.inc(created);
    }

    /** Counts an attempt. */
    void attempted(OutcomeKind outcome) {
      byOutcome.computeIfAbsent(outcome, kind -> attempts.labelValues(name, kind.code())).inc();
    }

    /** Counts settled deliveries. */
    void settled(DeliveryState state, int number) {
      byState.computeIfAbsent(state, one -> settled.labelValues(name, one.code())).inc(number);
    }
  }
}
