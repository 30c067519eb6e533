package dev.hookferry.spring.actuate;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.event.Event;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import dev.hookferry.observe.BlockedKeyCount;
import dev.hookferry.observe.EndpointHealthEvent;
import dev.hookferry.observe.Listener;
import dev.hookferry.replay.ReplayJob;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Counts events, deliveries and attempts in Micrometer meters, under the names of the server's
 * metrics: {@code hookferry.attempts} is {@code hookferry_attempts_total} in Prometheus. Meters are
 * per site and not per endpoint, so that their number stays small. Thread-safe.
 */
final class MeterListener implements Listener {
  private static final String SITE = "site";

  private final MeterProvider<Counter> accepted;
  private final MeterProvider<Counter> created;
  private final MeterProvider<Counter> scheduled;
  private final MeterProvider<Counter> filtered;
  private final MeterProvider<Counter> unroutable;
  private final MeterProvider<Counter> attempts;
  private final MeterProvider<Counter> settled;
  private final MeterProvider<Counter> replays;
  private final MeterProvider<Counter> changes;
  private final MultiGauge blockedKeys;
  private final MultiGauge waiting;
  private final Counter faults;
  private final Timer duration;
  private final Timer latency;

  MeterListener(MeterRegistry registry) {
    accepted = counter("events.accepted", "Events made durable.").withRegistry(registry);
    created =
        counter("deliveries.created", "Deliveries of accepted events.").withRegistry(registry);
    scheduled =
        counter(
                "deliveries.scheduled",
                "Deliveries of accepted events that are sent at a later time.")
            .withRegistry(registry);
    filtered =
        counter("deliveries.filtered", "Deliveries that filters of endpoints prevented.")
            .withRegistry(registry);
    unroutable =
        counter(
                "deliveries.not.routable",
                "Deliveries that routing values which URLs of endpoints need prevented.")
            .withRegistry(registry);
    attempts = counter("attempts", "Attempts by their outcome.").withRegistry(registry);
    settled =
        counter("deliveries.settled", "Deliveries by final state, without tests of endpoints.")
            .withRegistry(registry);
    replays = counter("replays", "Replay state changes.").withRegistry(registry);
    changes =
        counter("endpoint.changes", "Changes of endpoint health: failing, gone (410) or recovered.")
            .withRegistry(registry);
    blockedKeys =
        gauge("blocked.keys", "Blocked ordering keys, counted once a minute.").register(registry);
    waiting =
        gauge(
                "deliveries.behind.blocked.keys",
                "Deliveries that wait behind blocked ordering keys, up to 1,000 for each key,"
                    + " counted once a minute.")
            .register(registry);
    faults = counter("faults", "Internal failures.").register(registry);
    duration = timer("attempt.duration", "Duration of attempts.").register(registry);
    latency =
        timer("accept.to.attempt", "Time from accepting an event to its first attempt.")
            .register(registry);
  }

  private static Counter.Builder counter(String name, String description) {
    return Counter.builder("hookferry." + name).description(description);
  }

  private static MultiGauge.Builder gauge(String name, String description) {
    return MultiGauge.builder("hookferry." + name).description(description);
  }

  private static Timer.Builder timer(String name, String description) {
    return Timer.builder("hookferry." + name).description(description);
  }

  @Override
  public void accepted(Event event, int deliveries) {
    accepted.withTag(SITE, event.site().value()).increment();
    created.withTag(SITE, event.site().value()).increment(deliveries);
    if (event.isScheduled()) {
      scheduled.withTag(SITE, event.site().value()).increment(deliveries);
    }
  }

  @Override
  public void filtered(Event event, int endpoints) {
    filtered.withTag(SITE, event.site().value()).increment(endpoints);
  }

  @Override
  public void unroutable(Event event, int endpoints) {
    unroutable.withTag(SITE, event.site().value()).increment(endpoints);
  }

  @Override
  public void resent(Event event, int deliveries) {
    created.withTag(SITE, event.site().value()).increment(deliveries);
  }

  @Override
  public void attempted(Attempt attempt, Delivery before) {
    attempts
        .withTags(SITE, attempt.site().value(), "outcome", attempt.outcome().kind().code())
        .increment();
    duration.record(attempt.outcome().took());
    if (attempt.number() == 1) {
      latency.record(Duration.between(before.dueAt(), attempt.startedAt()));
    }
  }

  @Override
  public void settled(Delivery delivery) {
    // A failed test is not a missed event.
    if (!delivery.type().equals(EventType.TEST)) {
      settled.withTags(SITE, delivery.site().value(), "state", delivery.state().code()).increment();
    }
  }

  @Override
  public void abandoned(SiteId site, EndpointId endpoint, int deliveries) {
    settled
        .withTags(SITE, site.value(), "state", DeliveryState.CANCELLED.code())
        .increment(deliveries);
  }

  @Override
  public void replay(ReplayJob job) {
    replays.withTags(SITE, job.site().value(), "state", job.state().code()).increment();
  }

  @Override
  public void endpointChanged(EndpointHealthEvent change) {
    changes.withTags(SITE, change.site().value(), "change", change.kind().code()).increment();
  }

  @Override
  public void blockedKeys(Map<SiteId, BlockedKeyCount> bySite) {
    blockedKeys.register(rows(bySite, BlockedKeyCount::keys), true);
    waiting.register(rows(bySite, BlockedKeyCount::waiting), true);
  }

  private static List<MultiGauge.Row<?>> rows(
      Map<SiteId, BlockedKeyCount> bySite, ToDoubleFunction<BlockedKeyCount> value) {
    List<MultiGauge.Row<?>> rows = new ArrayList<>();
    bySite.forEach(
        (site, count) ->
            rows.add(MultiGauge.Row.of(Tags.of(SITE, site.value()), value.applyAsDouble(count))));
    return rows;
  }

  @Override
  public void fault(String what, Throwable cause) {
    faults.increment();
  }
}
