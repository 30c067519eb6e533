package dev.hookferry.spring.actuate;

import dev.hookferry.Hookferry;
import dev.hookferry.observe.Backlog;
import dev.hookferry.observe.EndpointHealth;
import dev.hookferry.observe.OwnFault;
import dev.hookferry.outbox.OutboxStatus;
import dev.hookferry.store.Store;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Gauges of the node, the backlog and the outbox, under the names of the server's metrics. Figures
 * that need a database query are at most ten seconds old, and NaN while the database does not
 * reply.
 */
final class HookferryGauges implements MeterBinder {
  /** The name of the outbox that the starter relays. */
  private static final String OUTBOX = "outbox";

  private final Hookferry hookferry;
  private final InstantSource clock;
  private final RecentValue<Backlog> backlog;
  private final RecentValue<OutboxStatus> outbox;

  /** The last status that could be read, for the counters. */
  private volatile @Nullable OutboxStatus lastStatus;

  HookferryGauges(Hookferry hookferry, InstantSource clock) {
    this.hookferry = hookferry;
    this.clock = clock;
    backlog = new RecentValue<>(hookferry::backlog, clock);
    outbox = new RecentValue<>(this::status, clock);
  }

  private @Nullable OutboxStatus status() {
    OutboxStatus now =
        hookferry.webhooks().outboxes().list().stream()
            .filter(status -> status.name().equals(OUTBOX))
            .findFirst()
            .orElse(null);
    if (now != null) {
      lastStatus = now;
    }
    return now;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    bindNode(registry);
    bindStore(registry);
    gauge(registry, "backlog.deliveries", "Pending deliveries in the store.", h -> pending());
    TimeGauge.builder("hookferry.backlog.late", this, TimeUnit.SECONDS, g -> g.late())
        .description("How long the oldest delivery that waits only for Hookferry has been overdue.")
        .register(registry);
    bindOutbox(registry);
  }

  private void bindNode(MeterRegistry registry) {
    gauge(registry, "deliveries.owned", "Deliveries owned by this node.", h -> h.load().owned());
    gauge(registry, "requests.in.flight", "Attempts in flight.", h -> h.load().inFlight());
    gauge(
        registry,
        "events.accepting",
        "Events waiting for their commit.",
        h -> h.load().pendingPublishes());
    gauge(
        registry,
        "delivery.enabled",
        "1 if this node sends, 0 if delivery is off.",
        h -> h.condition().deliveryOff() == null ? 1 : 0);
    for (OwnFault.Kind kind : OwnFault.Kind.values()) {
      Gauge.builder("hookferry.own.faults", hookferry, h -> faults(h, kind))
          .tag("kind", kind.code())
          .description("Consecutive failures of this node by kind; 0 while it works.")
          .register(registry);
    }
    for (EndpointHealth.State state : EndpointHealth.State.values()) {
      Gauge.builder("hookferry.endpoints", hookferry, h -> endpoints(h, state))
          .tag("state", state.code())
          .description("Endpoints by state, as this node sees it.")
          .register(registry);
    }
  }

  private void bindStore(MeterRegistry registry) {
    gauge(
        registry,
        "stalled",
        "1 while a part of this node has stalled and needs a restart, 0 otherwise.",
        h -> h.stalledReason().isPresent() ? 1 : 0);
    TimeGauge.builder(
            "hookferry.store.clock.offset",
            hookferry,
            TimeUnit.SECONDS,
            h -> h.storeClockAhead().map(ahead -> ahead.toMillis() / 1000.0).orElse(Double.NaN))
        .description("By how much the store's clock is ahead of this machine's.")
        .register(registry);
    if (hookferry.storeSpace().isPresent()) {
      bytes(registry, "disk.free", "Free bytes on the store's disk.", Store.Space::free);
      bytes(
          registry,
          "disk.reserve",
          "Free bytes below which new events are refused.",
          Store.Space::needed);
    }
  }

  private void bytes(
      MeterRegistry registry, String name, String text, ToDoubleFunction<Store.Space> value) {
    Gauge.builder(
            "hookferry." + name,
            hookferry,
            h -> h.storeSpace().map(value::applyAsDouble).orElse(Double.NaN))
        .description(text)
        .baseUnit("bytes")
        .register(registry);
  }

  private void bindOutbox(MeterRegistry registry) {
    FunctionCounter.builder("hookferry.outbox.relayed", this, g -> g.count(OutboxStatus::relayed))
        .tag(OUTBOX, OUTBOX)
        .description("Outbox rows that this node has published.")
        .register(registry);
    FunctionCounter.builder("hookferry.outbox.rejected", this, g -> g.count(OutboxStatus::refused))
        .tag(OUTBOX, OUTBOX)
        .description("Outbox rows that this node has rejected.")
        .register(registry);
    outboxGauge(registry, "pending", "Rows in the outbox.", s -> number(s.pending()));
    outboxGauge(
        registry,
        "rejected.rows",
        "Rejected rows that wait for a decision.",
        s -> number(s.rejected()));
    outboxGauge(
        registry,
        "failing",
        "1 while a problem stops the relay, 0 otherwise.",
        s -> s.problem() == null ? 0 : 1);
    TimeGauge.builder("hookferry.outbox.lag", this, TimeUnit.SECONDS, g -> g.ofOutbox(g::lag))
        .tag(OUTBOX, OUTBOX)
        .description("Age of the oldest row in the outbox; 0 if it is empty.")
        .register(registry);
  }

  private void gauge(
      MeterRegistry registry, String name, String description, ToDoubleFunction<Hookferry> value) {
    Gauge.builder("hookferry." + name, hookferry, value)
        .description(description)
        .register(registry);
  }

  private void outboxGauge(
      MeterRegistry registry,
      String name,
      String description,
      ToDoubleFunction<OutboxStatus> value) {
    Gauge.builder("hookferry.outbox." + name, this, g -> g.ofOutbox(value))
        .tag(OUTBOX, OUTBOX)
        .description(description)
        .register(registry);
  }

  private static double faults(Hookferry hookferry, OwnFault.Kind kind) {
    return hookferry.condition().faults().stream()
        .filter(fault -> fault.kind() == kind)
        .mapToLong(OwnFault::count)
        .sum();
  }

  private static double endpoints(Hookferry hookferry, EndpointHealth.State state) {
    return hookferry.endpointCounts().getOrDefault(state, 0);
  }

  private double pending() {
    Backlog now = backlog.get();
    return now == null ? Double.NaN : now.pending();
  }

  private double late() {
    Backlog now = backlog.get();
    return now == null ? Double.NaN : age(now.oldestDue());
  }

  private double lag(OutboxStatus status) {
    return status.pending() == null ? Double.NaN : age(status.oldest());
  }

  private double age(@Nullable Instant since) {
    return since == null
        ? 0
        : Math.max(0, Duration.between(since, clock.instant()).toMillis()) / 1000.0;
  }

  private double ofOutbox(ToDoubleFunction<OutboxStatus> value) {
    OutboxStatus status = outbox.get();
    return status == null ? Double.NaN : value.applyAsDouble(status);
  }

  /**
   * Returns a counter's value. A counter must not decrease, so it keeps its value while there is no
   * relay or its status cannot be read.
   */
  private double count(ToDoubleFunction<OutboxStatus> value) {
    OutboxStatus status = outbox.get();
    OutboxStatus known = status == null ? lastStatus : status;
    return known == null ? 0 : value.applyAsDouble(known);
  }

  private static double number(@Nullable Long value) {
    return value == null ? Double.NaN : value;
  }
}
