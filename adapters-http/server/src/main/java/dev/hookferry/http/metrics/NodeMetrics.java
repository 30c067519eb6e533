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
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gauges that a node computes at each scrape. May query the store, and therefore block.
 * Thread-safe.
 */
final class NodeMetrics implements MultiCollector {
  /**
   * Time for which the backlog is cached. Counting it puts load on the store, which must not grow
   * with the number of scrapers.
   */
  private static final Duration BACKLOG_AGE = Duration.ofSeconds(10);

  private final Hookferry hookferry;
  private final InstantSource clock;
  private final MasterKeys masterKeys;
  private @Nullable Backlog backlog;
  private Instant counted = Instant.MIN;
  private List<OutboxStatus> outboxes = List.of();
  private Instant outboxesReadAt = Instant.MIN;

  NodeMetrics(Hookferry hookferry, InstantSource clock) {
    this.hookferry = hookferry;
    this.clock = clock;
    masterKeys = hookferry.webhooks().masterKeys();
  }

  @Override
  public MetricSnapshots collect() {
    MetricFamilies families = new MetricFamilies();
    collect(families, hookferry.load());
    collectStall(families);
    collectStore(families);
    collectEndpoints(families, hookferry.endpointCounts());
    NodeCondition condition = hookferry.condition();
    collect(families, condition);
    EgressMetrics.collect(families, condition.egresses());
    Backlog waiting = backlog();
    if (waiting != null) {
      collect(families, waiting);
    }
    SchemaMetrics.collect(families, hookferry.webhooks().eventTypes());
    OutboxMetrics.collect(families, outboxes(), clock.instant());
    collect(families, masterKeys.status());
    return families.collected();
  }

  private static void collect(MetricFamilies families, Load load) {
    families.gauge("hookferry_deliveries_owned", "Deliveries owned by this node.", load.owned());
    families.gauge("hookferry_requests_in_flight", "Attempts in flight.", load.inFlight());
    families.gauge(
        "hookferry_events_accepting", "Events waiting for their commit.", load.pendingPublishes());
  }

  private void collectStall(MetricFamilies families) {
    families.gauge(
        "hookferry_stalled",
        "1 while a part of this node has stalled and needs a restart, 0 otherwise.",
        hookferry.stalledReason().isPresent() ? 1 : 0);
  }

  /**
   * Collects only what the store can report without waiting for a write, because writes may have
   * stalled.
   */
  private void collectStore(MetricFamilies families) {
    hookferry
        .storeClockAhead()
        .ifPresent(
            ahead ->
                families.gauge(
                    "hookferry_store_clock_offset_seconds",
                    "By how much the store's clock is ahead of this machine's, in seconds.",
                    ahead.toMillis() / 1000.0));
    hookferry
        .storeSpace()
        .ifPresent(
            space -> {
              families.gauge(
                  "hookferry_disk_free_bytes",
                  "Free bytes on the store's disk.",
                  (double) space.free());
              families.gauge(
                  "hookferry_disk_reserve_bytes",
                  "Free bytes below which new events are refused.",
                  (double) space.needed());
            });
  }

  private static void collect(MetricFamilies families, NodeCondition condition) {
    families.gauge(
        "hookferry_delivery_enabled",
        "1 if this node sends, 0 if delivery is off.",
        condition.deliveryOff() == null ? 1 : 0);
    Map<String, Double> byKind = new LinkedHashMap<>();
    for (OwnFault.Kind kind : OwnFault.Kind.values()) {
      long count =
          condition.faults().stream()
              .filter(fault -> fault.kind() == kind)
              .mapToLong(OwnFault::count)
              .sum();
      byKind.put(kind.code(), (double) count);
    }
    families.gauge(
        "hookferry_own_faults",
        "Consecutive failures of this node by kind; 0 while it works.",
        "kind",
        byKind);
  }

  private static void collect(MetricFamilies families, MasterKeys.Status secrets) {
    families.gauge(
        "hookferry_secrets_stale",
        "Secrets not encrypted with the newest master key.",
        secrets.stale());
    families.gauge("hookferry_secrets_unsealed", "Secrets stored unencrypted.", secrets.unsealed());
    families.gauge(
        "hookferry_master_keys_missing",
        "Master keys that secrets need and this node lacks.",
        secrets.missing().size());
  }

  private static void collectEndpoints(
      MetricFamilies families, Map<EndpointHealth.State, Integer> counts) {
    Map<String, Double> byState = new LinkedHashMap<>();
    for (EndpointHealth.State state : EndpointHealth.State.values()) {
      byState.put(state.code(), (double) counts.getOrDefault(state, 0));
    }
    families.gauge(
        "hookferry_endpoints", "Endpoints by state, as this node sees it.", "state", byState);
  }

  private void collect(MetricFamilies families, Backlog waiting) {
    Instant due = waiting.oldestDue();
    Duration late = due == null ? Duration.ZERO : Duration.between(due, clock.instant());
    families.gauge(
        "hookferry_backlog_deliveries",
        "Pending deliveries in the store.",
        (double) waiting.pending());
    families.gauge(
        "hookferry_backlog_late_seconds",
        "How long the oldest delivery that waits only for Hookferry has been overdue, in seconds.",
        Math.max(0, late.toMillis()) / 1000.0);
  }

  /**
   * Returns the backlog, or null while the store is unavailable: no figure is better than a wrong
   * one.
   */
  private synchronized @Nullable Backlog backlog() {
    Instant now = clock.instant();
    if (isOutdated(counted, now)) {
      try {
        backlog = hookferry.backlog();
      } catch (StoreException e) {
        backlog = null;
      }
      counted = now;
    }
    return backlog;
  }

  /**
   * Returns whether a reading is too old. One from the future was made before the clock was set
   * back.
   */
  private static boolean isOutdated(Instant read, Instant now) {
    return now.isBefore(read) || read.plus(BACKLOG_AGE).isBefore(now);
  }

  /** Returns the outboxes, cached as long as the backlog to spare their databases. */
  private synchronized List<OutboxStatus> outboxes() {
    Instant now = clock.instant();
    if (isOutdated(outboxesReadAt, now)) {
      outboxes = hookferry.webhooks().outboxes().list();
      outboxesReadAt = now;
    }
    return outboxes;
  }
}
