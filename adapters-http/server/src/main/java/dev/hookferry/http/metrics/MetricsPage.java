package dev.hookferry.http.metrics;

import dev.hookferry.Hookferry;
import dev.hookferry.MasterKeys;
import dev.hookferry.observe.Backlog;
import dev.hookferry.observe.EndpointHealth;
import dev.hookferry.observe.Load;
import dev.hookferry.observe.NodeCondition;
import dev.hookferry.observe.OwnFault;
import dev.hookferry.outbox.OutboxStatus;
import dev.hookferry.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Collects all metrics of {@code /metrics}. Thread-safe. */
public final class MetricsPage {
  /**
   * Cache time of the backlog: counting it costs the store work, which must not grow with the
   * number of scrapers.
   */
  private static final Duration BACKLOG_AGE = Duration.ofSeconds(10);

  private final Hookferry hookferry;
  private final MetricsListener events;
  private final Consumer<PrometheusText> server;
  private final InstantSource clock;
  private final MasterKeys masterKeys;
  private @Nullable Backlog backlog;
  private Instant counted = Instant.MIN;
  private List<OutboxStatus> outboxes = List.of();
  private Instant asked = Instant.MIN;

  public MetricsPage(Hookferry hookferry, MetricsListener events, Consumer<PrometheusText> server) {
    this(hookferry, events, server, InstantSource.system());
  }

  public MetricsPage(
      Hookferry hookferry,
      MetricsListener events,
      Consumer<PrometheusText> server,
      InstantSource clock) {
    this.hookferry = hookferry;
    this.events = events;
    this.server = server;
    this.clock = clock;
    masterKeys = hookferry.webhooks().masterKeys();
  }

  /** Returns the page. May query the store, and so block. */
  public byte[] bytes() {
    PrometheusText text = new PrometheusText();
    events.write(text);
    write(text, hookferry.load());
    writeEndpoints(text, hookferry.endpointCounts());
    write(text, hookferry.condition());
    Backlog waiting = backlog();
    if (waiting != null) {
      write(text, waiting);
    }
    SchemaMetrics.write(text, hookferry.webhooks().eventTypes());
    OutboxMetrics.write(text, outboxes(), clock.instant());
    write(text, masterKeys.status());
    server.accept(text);
    JvmMetrics.write(text);
    return text.bytes();
  }

  private static void write(PrometheusText text, Load load) {
    text.gauge("hookferry_deliveries_owned", "Deliveries owned by this node.", load.owned());
    text.gauge("hookferry_requests_in_flight", "Attempts in flight.", load.inFlight());
    text.gauge(
        "hookferry_events_accepting", "Events waiting for their commit.", load.pendingPublishes());
  }

  private static void write(PrometheusText text, NodeCondition condition) {
    text.gauge(
        "hookferry_delivery_enabled",
        "1 if this node sends, 0 if delivery is off.",
        condition.deliveryOff() == null ? 1 : 0);
    text.family(
        "hookferry_own_faults",
        "gauge",
        "Consecutive failures of this node by kind; 0 while it works.");
    for (OwnFault.Kind kind : OwnFault.Kind.values()) {
      long count =
          condition.faults().stream()
              .filter(fault -> fault.kind() == kind)
              .mapToLong(OwnFault::count)
              .sum();
      text.sample("hookferry_own_faults", List.of("kind"), List.of(kind.code()), (double) count);
    }
  }

  private static void write(PrometheusText text, MasterKeys.Status secrets) {
    text.gauge(
        "hookferry_secrets_stale",
        "Secrets not encrypted with the newest master key.",
        secrets.stale());
    text.gauge("hookferry_secrets_unsealed", "Secrets stored unencrypted.", secrets.unsealed());
    text.gauge(
        "hookferry_master_keys_missing",
        "Master keys that secrets need and this node lacks.",
        secrets.missing().size());
  }

  private static void writeEndpoints(
      PrometheusText text, Map<EndpointHealth.State, Integer> counts) {
    text.family("hookferry_endpoints", "gauge", "Endpoints by state, as this node sees it.");
    for (EndpointHealth.State state : EndpointHealth.State.values()) {
      double count = counts.getOrDefault(state, 0);
      text.sample("hookferry_endpoints", List.of("state"), List.of(state.code()), count);
    }
  }

  private void write(PrometheusText text, Backlog waiting) {
    Instant due = waiting.oldestDue();
    Duration late = due == null ? Duration.ZERO : Duration.between(due, clock.instant());
    text.gauge(
        "hookferry_backlog_deliveries",
        "Pending deliveries in the store.",
        (double) waiting.pending());
    text.gauge(
        "hookferry_backlog_late_seconds",
        "Seconds by which the oldest pending delivery is overdue.",
        Math.max(0, late.toMillis()) / 1000.0);
  }

  /**
   * Returns the backlog; null while the store is not available, since no figure is better than a
   * wrong one.
   */
  private synchronized @Nullable Backlog backlog() {
    Instant now = clock.instant();
    if (counted.plus(BACKLOG_AGE).isBefore(now)) {
      try {
        backlog = hookferry.backlog();
      } catch (StoreException e) {
        backlog = null;
      }
      counted = now;
    }
    return backlog;
  }

  /** Returns the outboxes; their databases are asked as rarely as the store. */
  private synchronized List<OutboxStatus> outboxes() {
    Instant now = clock.instant();
    if (asked.plus(BACKLOG_AGE).isBefore(now)) {
      outboxes = hookferry.webhooks().outboxes().list();
      asked = now;
    }
    return outboxes;
  }
}
