package dev.hookferry.auditor;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.event.Event;
import dev.hookferry.event.Payload;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventId;
import dev.hookferry.testing.ScriptedTransport;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** Records that are not as they were written, one field each. */
final class Alterations {
  private static final EventId STRANGE = new EventId("strange");
  private static final DeliveryId OTHER = new DeliveryId(new UUID(7, 7));
  private static final EndpointId ELSEWHERE = new EndpointId(new UUID(8, 8));
  private static final Duration DAY = Duration.ofDays(1);

  static final Map<String, UnaryOperator<Acknowledged>> ACKNOWLEDGED =
      Map.of(
          "event", a -> of(a, STRANGE, a.deliveries(), a.data()),
          "more", a -> of(a, a.event(), a.deliveries() + 1, a.data()),
          "fewer", a -> of(a, a.event(), a.deliveries() - 1, a.data()),
          "data", a -> of(a, a.event(), a.deliveries(), flipped(a.data())));

  static final Map<String, UnaryOperator<Readdressed>> READDRESSED =
      Map.of(
          "event", r -> new Readdressed(STRANGE, r.endpoint(), r.told()),
          "endpoint", r -> new Readdressed(r.event(), ELSEWHERE, r.told()),
          "told", r -> new Readdressed(r.event(), r.endpoint(), OTHER));

  static final Map<String, UnaryOperator<Arrived>> ARRIVED =
      Map.of(
          "delivery", a -> of(a, OTHER),
          "body", a -> of(a, flipped(a.body())),
          "early", a -> a.number() == 1 ? a : of(a, a.begun().minus(DAY), a.ended()),
          "event", a -> with(a, a.endpoint(), STRANGE, a.number()),
          "endpoint", a -> with(a, ELSEWHERE, a.event(), a.number()),
          "number", a -> with(a, a.endpoint(), a.event(), a.number() + 7),
          "unsigned", a -> signed(a, Map.of("webhook-timestamp", time(a))),
          "otherwise signed",
              a -> signed(a, Map.of("webhook-timestamp", time(a), "x-qlm-signature", "00")));

  static final Map<String, UnaryOperator<Event>> EVENTS =
      Map.of(
          "id", e -> of(e, STRANGE, e.payload()),
          "payload", e -> of(e, e.id(), flipped(e.payload())));

  static final Map<String, UnaryOperator<Delivery>> DELIVERIES =
      Map.of(
          "attempts", d -> of(d, d.state(), d.attempts() + 1),
          "pending", d -> of(d, DeliveryState.PENDING, d.attempts()),
          "exhausted", d -> of(d, DeliveryState.EXHAUSTED, d.attempts()),
          "cancelled", d -> d.attempts() == 0 ? d : of(d, DeliveryState.CANCELLED, d.attempts()),
          "poisoned", d -> of(d, DeliveryState.POISONED, d.attempts()),
          "delivered", d -> of(d, DeliveryState.DELIVERED, d.attempts()));

  static final Map<String, UnaryOperator<Attempt>> ATTEMPTS =
      Map.of(
          "number", a -> of(a, a.delivery(), a.number() + 1, a.outcome()),
          "delivery", a -> of(a, OTHER, a.number(), a.outcome()),
          "early", a -> at(a, a.startedAt().minus(DAY)),
          // When a process died, only the store can say.
          "late", a -> isDeath(a) ? a : at(a, a.startedAt().plus(DAY)),
          "status", a -> of(a, a.delivery(), a.number(), ScriptedTransport.status(418)),
          "ok", a -> of(a, a.delivery(), a.number(), ScriptedTransport.status(299)));

  private Alterations() {}

  private static boolean isDeath(Attempt attempt) {
    return attempt.outcome().kind() == OutcomeKind.WORKER_DIED;
  }

  private static String time(Arrived request) {
    return request.headers().getOrDefault("webhook-timestamp", "");
  }

  private static Payload flipped(Payload payload) {
    byte[] bytes = payload.toBytes();
    bytes[bytes.length / 2] ^= 1;
    return Payload.wrap(bytes);
  }

  private static Acknowledged of(Acknowledged a, EventId event, int deliveries, Payload data) {
    return new Acknowledged(event, deliveries, data, a.offered(), a.at());
  }

  static Arrived of(Arrived a, DeliveryId delivery) {
    return new Arrived(
        a.endpoint(),
        a.sender(),
        delivery,
        a.event(),
        a.number(),
        a.begun(),
        a.ended(),
        a.status(),
        a.body(),
        a.headers());
  }

  static Arrived of(Arrived a, Payload body) {
    return new Arrived(
        a.endpoint(),
        a.sender(),
        a.delivery(),
        a.event(),
        a.number(),
        a.begun(),
        a.ended(),
        a.status(),
        body,
        a.headers());
  }

  static Arrived of(Arrived a, Instant begun, Instant ended) {
    return new Arrived(
        a.endpoint(),
        a.sender(),
        a.delivery(),
        a.event(),
        a.number(),
        begun,
        ended,
        a.status(),
        a.body(),
        a.headers());
  }

  private static Arrived with(Arrived a, EndpointId endpoint, EventId event, int number) {
    return new Arrived(
        endpoint,
        a.sender(),
        a.delivery(),
        event,
        number,
        a.begun(),
        a.ended(),
        a.status(),
        a.body(),
        a.headers());
  }

  private static Arrived signed(Arrived a, Map<String, String> headers) {
    return new Arrived(
        a.endpoint(),
        a.sender(),
        a.delivery(),
        a.event(),
        a.number(),
        a.begun(),
        a.ended(),
        a.status(),
        a.body(),
        headers);
  }

  private static Event of(Event e, EventId id, Payload payload) {
    return new Event(
        id, e.site(), e.type(), e.occurredAt(), e.acceptedAt(), payload, e.idempotence());
  }

  static Delivery of(Delivery d, DeliveryState state, int attempts) {
    Instant settled = d.settledAt() == null ? d.createdAt() : d.settledAt();
    return new Delivery(
        d.id(),
        d.site(),
        d.event(),
        d.type(),
        d.endpoint(),
        state,
        attempts,
        d.createdAt(),
        d.dueAt(),
        state.isFinal() ? settled : null,
        null);
  }

  static Delivery of(Delivery d, DeliveryId id) {
    return new Delivery(
        id,
        d.site(),
        d.event(),
        d.type(),
        d.endpoint(),
        d.state(),
        d.attempts(),
        d.createdAt(),
        d.dueAt(),
        d.settledAt(),
        null);
  }

  static Attempt at(Attempt a, Instant startedAt) {
    return new Attempt(
        a.id(),
        a.delivery(),
        a.site(),
        a.endpoint(),
        a.event(),
        a.type(),
        a.number(),
        startedAt,
        a.url(),
        a.outcome(),
        a.body());
  }

  private static Attempt of(Attempt a, DeliveryId delivery, int number, Outcome outcome) {
    return new Attempt(
        a.id(),
        delivery,
        a.site(),
        a.endpoint(),
        a.event(),
        a.type(),
        number,
        a.startedAt(),
        a.url(),
        outcome,
        a.body());
  }
}
