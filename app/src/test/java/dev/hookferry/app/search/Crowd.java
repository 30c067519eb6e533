package dev.hookferry.app.search;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.delivery.Response;
import dev.hookferry.event.Event;
import dev.hookferry.event.EventOptions;
import dev.hookferry.event.Fingerprint;
import dev.hookferry.event.Idempotence;
import dev.hookferry.event.Payload;
import dev.hookferry.event.SearchFields;
import dev.hookferry.id.AttemptId;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.IdSource;
import dev.hookferry.id.SiteId;
import dev.hookferry.store.ClaimRequest;
import dev.hookferry.store.ClaimResult;
import dev.hookferry.store.Node;
import dev.hookferry.store.Owner;
import dev.hookferry.store.Store;
import dev.hookferry.store.commit.AttemptResult;
import dev.hookferry.store.commit.Batch;
import dev.hookferry.store.commit.Command;
import dev.hookferry.store.commit.PublishEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Fills a store through its ports, from a seed, with the load of four days: of a hundred deliveries
 * about 92 arrive at once, five after retries, one is given up, and some wait; few are cancelled or
 * parked, and of those that were given up a tenth is retried by hand.
 */
final class Crowd {
  /** How long all of it took to come. */
  static final Duration SPAN = Duration.ofDays(4);

  private static final int BATCH = 500;
  private static final int MAINTENANCE = 50;
  private static final int MAX_ATTEMPTS = 4;

  /** The fields that events are found by; {@code -Dbench.fields=} makes them none. */
  private static final SearchFields FIELDS =
      SearchFields.NONE.named(
          "fields",
          Stream.of(System.getProperty("bench.fields", "ActivationKey,Customer.Email,Product"))
              .flatMap(names -> Stream.of(names.split(",")))
              .filter(name -> !name.isEmpty())
              .toList(),
          Instant.EPOCH);

  private static final String FILLER = "x".repeat(300);
  private static final String TEXT =
      """
      {"Event":"%s","ActivationKey":"%s","Customer":{"Email":"%s"},"Product":"%s","Notes":"%s"}\
      """;

  private final Store store;
  private final Random random = new Random(2);
  private final IdSource ids = new IdSource(random);
  private final Receivers receivers;
  private final Owner owner;
  private final Map<EndpointId, Integer> room = new HashMap<>();
  private final List<Delivery> givenUp = new ArrayList<>();
  private Instant now;
  private long events;
  private long deliveries;
  private long attempts;

  Crowd(Store store, Receivers receivers, Instant begin) {
    this.store = store;
    this.receivers = receivers;
    now = begin;
    owner = store.deliveries().register(new Node("crowd"));
    receivers.all().forEach(endpoint -> room.put(endpoint, BATCH));
    room.remove(receivers.paused());
  }

  /** How much there is. */
  @Override
  public String toString() {
    return events + " events, " + deliveries + " deliveries, " + attempts + " attempts";
  }

  /**
   * Fills the store with so many deliveries.
   *
   * @param maintenance what a database does now and then by itself
   */
  void fill(long count, Runnable maintenance) {
    Duration step = SPAN.dividedBy(count * 10 / 13);
    var unused =
        store.config().save(receivers.configuration(now), store.config().version()).orElseThrow();
    first();
    while (deliveries < count) {
      more(BATCH, step);
      retryDue();
      byHand();
      if (events / BATCH % MAINTENANCE == 0) {
        maintenance.run();
      }
    }
    maintenance.run();
    store.deliveries().retire(owner);
  }

  /** Events that come this long after each other, and a first attempt of what belongs to them. */
  void more(int count, Duration step) {
    List<Delivery> sent = new ArrayList<>();
    List<PublishEntry> publications = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      now = now.plus(step);
      publications.add(publication(sent));
    }
    commit(new Batch(publications, List.of(), List.of(), List.of()));
    send(sent);
  }

  /** Cancels what waits for the endpoint that is paused. */
  void abandonPaused() {
    int cancelled;
    do {
      Command command =
          new Command.Abandon(Receivers.SITE, receivers.paused(), Instant.now(), BATCH);
      var done =
          store
              .deliveries()
              .commit(owner, new Batch(List.of(), List.of(), List.of(), List.of(command)));
      cancelled = done.replies().get(0).affected();
    } while (cancelled > 0);
  }

  private void commit(Batch batch) {
    var done = store.deliveries().commit(owner, batch);
    if (!done.refused().isEmpty()) {
      throw new IllegalStateException(done.refused().size() + " results were refused");
    }
  }

  /** Puts the rare events first, which a search from the newest reaches last. */
  private void first() {
    Event event = event(Receivers.SITE, Receivers.RARE_TYPE);
    Delivery delivery = Delivery.of(new DeliveryId(ids.next(now)), event, receivers.rare);
    commit(Batch.of(PublishEntry.of(event, List.of(new PublishEntry.Queued(delivery, true)))));
    Outcome teapot =
        Outcome.responded(
            new Response(418, Payload.empty(), false, null, null), Duration.ofMillis(1));
    commit(Batch.of(new AttemptResult(delivery.exhausted(now), attempt(delivery, teapot))));
    events++;
    deliveries++;
    attempts++;
  }

  private PublishEntry publication(List<Delivery> sent) {
    SiteId site = receivers.site();
    Event event = event(site, receivers.type());
    List<PublishEntry.Queued> queued = new ArrayList<>();
    for (EndpointId endpoint : receivers.of(site)) {
      Delivery delivery = Delivery.of(new DeliveryId(ids.next(now)), event, endpoint);
      boolean rests = endpoint.equals(receivers.paused());
      queued.add(new PublishEntry.Queued(delivery, !rests));
      if (!rests) {
        sent.add(delivery);
      }
    }
    events++;
    deliveries += queued.size();
    return PublishEntry.of(event, queued);
  }

  private Event event(SiteId site, EventType type) {
    String key = String.format("%032x", random.nextLong());
    String email = "user" + random.nextInt(10_000) + "@example.org";
    String product = "Product " + random.nextInt(5);
    Payload payload = Payload.of(TEXT.formatted(type, key, email, product, FILLER));
    EventId id = EventId.of(ids.next(now));
    Idempotence idempotence = new Idempotence("key-" + id, Fingerprint.of(type, null, payload));
    Event event = new Event(id, site, type, now, now, payload, idempotence);
    return FIELDS.isEmpty()
        ? event
        : event.with(EventOptions.NONE.withSearchFields(FIELDS.valuesOf(payload)));
  }

  private void send(List<Delivery> sent) {
    List<AttemptResult> results = new ArrayList<>();
    sent.forEach(delivery -> results.add(result(delivery)));
    commit(new Batch(List.of(), results, List.of(), List.of()));
  }

  private void retryDue() {
    ClaimResult claimed;
    do {
      claimed = store.deliveries().claim(owner, new ClaimRequest(room, BATCH, Long.MAX_VALUE, now));
      send(claimed.work().stream().map(ClaimResult.Work::delivery).toList());
    } while (claimed.work().size() == BATCH);
  }

  /** The first tells how easy a delivery is to bring: one of 100 never, one of 15 not at once. */
  private AttemptResult result(Delivery delivery) {
    int luck = Math.floorMod(delivery.id().value().hashCode(), 10_000);
    int made = delivery.attempts() + 1;
    if (luck < 3) {
      return new AttemptResult(delivery.poisoned(now), attempt(delivery, died()));
    }
    if (luck < 8) {
      return new AttemptResult(delivery.cancelled(now), null);
    }
    if (luck >= 750 || (luck >= 100 && made > 1 + luck % 3) || made > MAX_ATTEMPTS) {
      return new AttemptResult(delivery.delivered(now), attempt(delivery, taken()));
    }
    Attempt failed = attempt(delivery, failure());
    if (made < MAX_ATTEMPTS) {
      return new AttemptResult(delivery.retryAt(now.plusSeconds(900L << (2 * made))), failed);
    }
    Delivery exhausted = delivery.exhausted(now);
    if (luck % 10 == 9) {
      givenUp.add(exhausted);
    }
    return new AttemptResult(exhausted, failed);
  }

  private void byHand() {
    if (givenUp.size() >= 50) {
      List<Command> retries = new ArrayList<>();
      givenUp.forEach(d -> retries.add(new Command.Retry(d.site(), d.id(), now)));
      givenUp.clear();
      commit(new Batch(List.of(), List.of(), List.of(), retries));
    }
  }

  private Attempt attempt(Delivery delivery, Outcome outcome) {
    attempts++;
    return new Attempt(
        new AttemptId(ids.next(now)),
        delivery.id(),
        delivery.site(),
        delivery.endpoint(),
        delivery.event(),
        delivery.type(),
        delivery.attempts() + 1,
        now,
        "https://receiver.example:8443/hooks/17?tenant=7",
        outcome,
        null);
  }

  private Outcome taken() {
    return answered(200);
  }

  private Outcome answered(int status) {
    Response response = new Response(status, Payload.of("ok"), false, "text/plain", null);
    return Outcome.responded(response, Duration.ofMillis(random.nextInt(900)));
  }

  private Outcome failure() {
    return switch (random.nextInt(4)) {
      case 0 -> answered(500);
      case 1 -> answered(503);
      case 2 -> Outcome.failed(OutcomeKind.TIMEOUT, "no answer", Duration.ofSeconds(10));
      default -> Outcome.failed(OutcomeKind.CONNECT_ERROR, "refused by the host", Duration.ZERO);
    };
  }

  private static Outcome died() {
    return Outcome.failed(OutcomeKind.WORKER_DIED, "the process ended", Duration.ZERO);
  }
}
