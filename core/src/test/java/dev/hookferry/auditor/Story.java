package dev.hookferry.auditor;

import dev.hookferry.contract.support.Samples;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.event.Event;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventId;
import dev.hookferry.testing.ScriptedTransport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A small run with its records: events delivered at once, at the second attempt, twice, never,
 * unwanted or deadly, and one sent to another endpoint later.
 */
final class Story {
  static final Duration WAIT = Duration.ofSeconds(10);
  private static final String SECRET = "s3cret";

  private final Samples samples = new Samples(5);
  private final EndpointId endpoint = samples.endpoint();

  /** Wants nothing by itself. */
  private final EndpointId further = samples.endpoint();

  private final List<Acknowledged> acknowledged = new ArrayList<>();
  private final List<Arrived> arrived = new ArrayList<>();
  private final List<Event> events = new ArrayList<>();
  private final List<Delivery> deliveries = new ArrayList<>();
  private final List<Attempt> attempts = new ArrayList<>();
  private final List<Readdressed> readdressed = new ArrayList<>();
  private final List<Disturbance> disturbances = new ArrayList<>();

  Story() {
    Delivery first = accepted();
    deliveries.add(ended(attempt(first, 200), DeliveryState.DELIVERED));
    Delivery second = attempt(accepted(), 500);
    deliveries.add(ended(attempt(second, 200), DeliveryState.DELIVERED));
    Delivery third = attempt(attempt(attempt(accepted(), 500), 500), 503);
    deliveries.add(ended(third, DeliveryState.EXHAUSTED));
    deliveries.add(accepted().cancelled(samples.now()));
    samples.pass(Duration.ofMinutes(1));
    Delivery twice = accepted();
    request(twice, samples.now(), 200);
    disturbances.add(new Disturbance("killed", samples.now(), samples.now()));
    samples.pass(Duration.ofHours(1));
    deliveries.add(ended(attempt(twice, 200), DeliveryState.DELIVERED));
    Delivery deadly = attempt(accepted(), 500);
    samples.pass(Duration.ofMinutes(1));
    request(deadly, samples.now(), 200);
    disturbances.add(new Disturbance("killed by it", samples.now(), samples.now()));
    samples.pass(Duration.ofMinutes(1));
    Outcome died = Outcome.failed(OutcomeKind.WORKER_DIED, "three times", Duration.ZERO);
    attempts.add(samples.attempt(deadly, died));
    deliveries.add(Alterations.of(deadly, DeliveryState.POISONED, deadly.attempts() + 1));
    Delivery later = samples.delivery(events.get(0), further);
    readdressed.add(new Readdressed(later.event(), further, later.id()));
    deliveries.add(ended(attempt(later, 200), DeliveryState.DELIVERED));
    readdressed.add(new Readdressed(events.get(1).id(), further, null));
  }

  private static Delivery ended(Delivery delivery, DeliveryState state) {
    return Alterations.of(delivery, state, delivery.attempts());
  }

  private Delivery accepted() {
    Event event = samples.event();
    events.add(event);
    Instant now = samples.now();
    acknowledged.add(new Acknowledged(event.id(), 1, event.payload(), now, now));
    return samples.delivery(event, endpoint);
  }

  private Delivery attempt(Delivery before, int status) {
    samples.pass(WAIT.plusSeconds(1));
    Outcome outcome = ScriptedTransport.status(status);
    Attempt attempt = samples.attempt(before, outcome);
    attempts.add(attempt);
    request(before, attempt.startedAt(), status);
    samples.pass(outcome.took());
    return Alterations.of(before, before.state(), before.attempts() + 1);
  }

  private void request(Delivery delivery, Instant at, int status) {
    Event event =
        events.stream().filter(e -> e.id().equals(delivery.event())).findFirst().orElseThrow();
    Map<String, String> headers =
        Map.of(
            "webhook-timestamp", Long.toString(at.getEpochSecond()),
            "x-qlm-signature", Bytes.signature(event.payload(), SECRET));
    arrived.add(
        new Arrived(
            delivery.endpoint(),
            "node",
            delivery.id(),
            event.id(),
            delivery.attempts() + 1,
            at,
            at.plusMillis(1),
            status,
            event.payload(),
            headers));
  }

  Rules rules() {
    return rules(StoreTimes.TRUE);
  }

  Rules rules(StoreTimes times) {
    return new Rules(
        2,
        attempt -> WAIT,
        delivery -> 3,
        Duration.ZERO,
        Map.of(endpoint, SECRET, further, SECRET),
        new Rules.ByHand(Set.of(), Set.of(), delivery -> delivery.attempts() == 0),
        (event, reached) -> reached.equals(endpoint),
        Map.of(endpoint, Samples.SITE, further, Samples.SITE),
        Map.of(),
        true,
        times);
  }

  /** Returns whether the log has this request, so that it is no duplicate. */
  boolean isInTheLog(Arrived request) {
    return attempts.stream()
        .anyMatch(
            a -> a.delivery().equals(request.delivery()) && a.startedAt().equals(request.begun()));
  }

  AuditEvidence evidence() {
    return with(events, deliveries, attempts);
  }

  AuditEvidence with(List<Event> events, List<Delivery> deliveries, List<Attempt> attempts) {
    return new AuditEvidence(
        offered(), acknowledged, readdressed, arrived, events, deliveries, attempts, disturbances);
  }

  AuditEvidence offering(Collection<EventId> offered) {
    return new AuditEvidence(
        offered, acknowledged, readdressed, arrived, events, deliveries, attempts, disturbances);
  }

  AuditEvidence telling(List<Acknowledged> told) {
    return new AuditEvidence(
        offered(), told, readdressed, arrived, events, deliveries, attempts, disturbances);
  }

  AuditEvidence asking(List<Readdressed> asked) {
    return evidence().with(asked);
  }

  AuditEvidence arriving(List<Arrived> requests) {
    return new AuditEvidence(
        offered(), acknowledged, readdressed, requests, events, deliveries, attempts, disturbances);
  }

  AuditEvidence disturbedBy(List<Disturbance> others) {
    return new AuditEvidence(
        offered(), acknowledged, readdressed, arrived, events, deliveries, attempts, others);
  }

  private List<EventId> offered() {
    return events.stream().map(Event::id).toList();
  }
}
