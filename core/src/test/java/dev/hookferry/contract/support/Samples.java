package dev.hookferry.contract.support;

import dev.hookferry.body.BodyVersion;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.delivery.Response;
import dev.hookferry.delivery.ResponseHeaders;
import dev.hookferry.delivery.Timing;
import dev.hookferry.event.Event;
import dev.hookferry.event.EventCatalog;
import dev.hookferry.event.EventOptions;
import dev.hookferry.event.Fingerprint;
import dev.hookferry.event.Idempotence;
import dev.hookferry.event.Payload;
import dev.hookferry.event.TraceContext;
import dev.hookferry.id.AttemptId;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.IdSource;
import dev.hookferry.id.SiteId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Makes values to test with, from a seed: the same seed gives the same values. Time advances by a
 * millisecond with every event and attempt, so that each has its own time.
 */
public final class Samples {
  /** The site of whatever is not said to be of another. */
  public static final SiteId SITE = SiteId.DEFAULT;

  /** Another site. */
  public static final SiteId OTHER_SITE = new SiteId("other");

  /** The time of the first sample. */
  public static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

  private final Random random;
  private final IdSource ids;
  private Instant now = START;

  /** Samples from a seed. */
  public Samples(long seed) {
    random = new Random(seed);
    ids = new IdSource(random);
  }

  /** The time of the samples. */
  public Instant now() {
    return now;
  }

  /** Lets time go on. */
  public void pass(Duration time) {
    now = now.plus(time);
  }

  /** From 0 to below the bound. */
  public int number(int bound) {
    return random.nextInt(bound);
  }

  /** One of these. */
  public <T> T oneOf(List<T> choices) {
    return choices.get(number(choices.size()));
  }

  /** A new endpoint. */
  public EndpointId endpoint() {
    return new EndpointId(ids.next(now));
  }

  /** A new delivery's id. */
  public DeliveryId deliveryId() {
    return new DeliveryId(ids.next(now));
  }

  /** The id of a delivery that an event gets later. */
  public DeliveryId pastDeliveryId(Event event) {
    return new DeliveryId(ids.past(event.acceptedAt()));
  }

  /** An event of any QLM type, whose producer gave neither id nor key. */
  public Event event() {
    return event(SITE, oneOf(EventCatalog.QLM_EVENTS));
  }

  /** Returns an event of this type. */
  public Event event(SiteId site, EventType type) {
    return event(site, type, Payload.of("{\"ActivationKey\":\"" + number(1_000_000) + "\"}"));
  }

  /** Returns an event with this payload. */
  public Event event(SiteId site, EventType type, Payload payload) {
    pass(Duration.ofMillis(1));
    Instant occurred = now.minusSeconds(number(100));
    return new Event(EventId.of(ids.next(now)), site, type, occurred, now, payload, null);
  }

  /** All optional fields of an event, due some time later. */
  public EventOptions options() {
    return new EventOptions(
            Map.of("region", "eu-" + number(3), "tier.x", "gold é 💶 \"\\"),
            List.of(endpoint(), endpoint()),
            now.plusSeconds(60 + number(1_000)),
            "license-" + number(100),
            Map.of("tenant", "a/b c", "Region_2", ""),
            "0123456789abcdef0123456789abcdef",
            true)
        .withSearchFields(Map.of("ActivationKey", "K é \"\\", "customer.id", "17"))
        .withTrace(
            new TraceContext(
                "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", true, "congo=t61,rojo=1"));
  }

  /**
   * An event as from a producer that wants safe repeats.
   *
   * @param id the producer's id, or null for a new one
   * @param key the producer's key, or null for none
   * @param content what the fingerprint is made of, with the type
   */
  public Event repeatable(@Nullable String id, @Nullable String key, String content) {
    Event event = event(SITE, new EventType("license_created"), Payload.of(content));
    Fingerprint print = Fingerprint.of(event.type(), null, event.payload());
    EventId chosen = id == null ? event.id() : new EventId(id);
    return new Event(
        chosen,
        SITE,
        event.type(),
        event.acceptedAt(),
        event.acceptedAt(),
        event.payload(),
        new Idempotence(key, print));
  }

  /** Returns an event with the same id, key and time, but different content. */
  public static Event withOtherContent(Event event) {
    Payload payload = Payload.of("{\"changed\":true}");
    String key = event.idempotence() == null ? null : event.idempotence().key();
    return new Event(
        event.id(),
        event.site(),
        event.type(),
        event.occurredAt(),
        event.acceptedAt(),
        payload,
        new Idempotence(key, Fingerprint.of(event.type(), null, payload)));
  }

  /** A new delivery of an event to a new endpoint. */
  public Delivery delivery(Event event) {
    return delivery(event, endpoint());
  }

  /** A new delivery. */
  public Delivery delivery(Event event, EndpointId endpoint) {
    return Delivery.of(deliveryId(), event, endpoint);
  }

  /** The next attempt of a delivery, made now. */
  public Attempt attempt(Delivery before, Outcome outcome) {
    pass(Duration.ofMillis(1));
    return new Attempt(
        new AttemptId(ids.next(now)),
        before.id(),
        before.site(),
        before.endpoint(),
        before.event(),
        before.type(),
        before.attempts() + 1,
        now,
        "https://receiver.example:8443/hooks/" + number(100) + "?tenant=7",
        outcome,
        number(3) == 0 ? new BodyVersion("cloudevents", 1 + number(2_000_000_000)) : null);
  }

  /** A successful outcome. */
  public Outcome success() {
    ResponseHeaders headers = new ResponseHeaders("Content-Type: text/plain\nx: " + number(100));
    return Outcome.responded(
        new Response(200, Payload.of("ok"), false, "text/plain", null, headers), timing());
  }

  /** A failure, with or without a response. */
  public Outcome failure() {
    return random.nextBoolean()
        ? responded(500 + number(100))
        : Outcome.failed(OutcomeKind.CONNECT_ERROR, "refused by the host", timing());
  }

  /** A response with this status and random bytes. */
  public Outcome responded(int status) {
    return Outcome.responded(
        new Response(status, bytes(number(200)), random.nextBoolean(), null, "120"), duration());
  }

  /** Random bytes. */
  public Payload bytes(int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return Payload.wrap(bytes);
  }

  /** Of a request over a connection that was open already, or that was opened without TLS. */
  private Timing timing() {
    boolean opened = random.nextBoolean();
    return new Timing(
        micros(), opened ? micros() : null, opened ? micros() : null, null, micros(), micros());
  }

  private Duration micros() {
    return Duration.of(number(3_000_000), ChronoUnit.MICROS);
  }

  private Duration duration() {
    return Duration.ofMillis(number(30_000));
  }
}
