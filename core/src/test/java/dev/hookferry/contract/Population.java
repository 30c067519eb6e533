package dev.hookferry.contract;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.Event;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import dev.hookferry.store.commit.AttemptResult;
import dev.hookferry.store.commit.PublishEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A crowd of events, deliveries and attempts, mixed in all that queries can ask for. */
final class Population {
  /** Two of them differ only where a pattern would not see it. */
  static final List<EventType> TYPES =
      Stream.of("license_created", "licenseXcreated", "License_Created", "customer.x-1")
          .map(EventType::new)
          .toList();

  static final List<SiteId> SITES = List.of(Samples.SITE, Samples.OTHER_SITE);

  final List<Event> events = new ArrayList<>();
  final List<Delivery> deliveries = new ArrayList<>();
  final List<Attempt> attempts = new ArrayList<>();
  final List<EndpointId> endpoints;

  private final Scene scene;
  private final Samples samples;

  /** Puts so many events into the scene's store. */
  Population(Scene scene, int size) {
    this.scene = scene;
    samples = scene.samples;
    endpoints = Stream.generate(samples::endpoint).limit(4).toList();
    for (int i = 0; i < size; i++) {
      samples.pass(Duration.ofMillis(samples.number(3) * 1_000L));
      addEvent();
    }
  }

  private void addEvent() {
    Event event = samples.event(samples.oneOf(SITES), samples.oneOf(TYPES));
    List<Delivery> fresh =
        endpoints.subList(0, samples.number(4)).stream()
            .map(endpoint -> samples.delivery(event, endpoint))
            .toList();
    scene.publish(
        PublishEntry.of(event, fresh.stream().map(d -> new PublishEntry.Queued(d, true)).toList()));
    events.add(event);
    fresh.forEach(this::addResult);
  }

  private void addResult(Delivery delivery) {
    Instant now = samples.now();
    int fate = samples.number(5);
    if (fate == 0) {
      deliveries.add(delivery);
    } else if (fate == 1) {
      record(new AttemptResult(delivery.cancelled(now), null));
    } else {
      Attempt attempt =
          samples.attempt(delivery, fate == 2 ? samples.success() : samples.failure());
      Delivery next =
          switch (fate) {
            case 2 -> delivery.delivered(now);
            case 3 -> delivery.exhausted(now);
            default -> delivery.retryAt(now.plusSeconds(60));
          };
      attempts.add(attempt);
      record(new AttemptResult(next, attempt));
    }
  }

  private void record(AttemptResult result) {
    scene.record(result);
    deliveries.add(result.delivery());
  }

  /** Some moment while the population grew, sometimes exactly one of theirs. */
  Instant moment() {
    Event event = samples.oneOf(events);
    return event.acceptedAt().plusMillis(samples.number(3) - 1);
  }
}
