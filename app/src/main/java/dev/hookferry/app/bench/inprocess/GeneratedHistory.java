package dev.hookferry.app.bench.inprocess;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.CrashSuspicion;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.Response;
import dev.hookferry.delivery.ResponseHeaders;
import dev.hookferry.delivery.Timing;
import dev.hookferry.event.Event;
import dev.hookferry.event.Payload;
import dev.hookferry.id.AttemptId;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.IdSource;
import dev.hookferry.id.SiteId;
import dev.hookferry.store.transfer.TransferBatch;
import dev.hookferry.store.transfer.TransferHistory;
import dev.hookferry.store.transfer.TransferOrigin;
import dev.hookferry.store.transfer.TransferReader;
import dev.hookferry.store.transfer.TransferRecord;
import dev.hookferry.store.transfer.TransferRecord.StoredAttempt;
import dev.hookferry.store.transfer.TransferRecord.StoredDelivery;
import dev.hookferry.store.transfer.TransferRecord.StoredEvent;
import dev.hookferry.store.transfer.TransferSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The history of a busy site: events of the last three days, each delivered to one endpoint, every
 * tenth at the second attempt. Identical each time, except for the time at which it ends.
 */
final class GeneratedHistory implements TransferSource {
  private static final SiteId SITE = SiteId.DEFAULT;
  private static final EventType TYPE = new EventType("license_created");
  private static final String URL = "https://receiver.example/hooks/license";
  private static final Duration SPAN = Duration.ofDays(3);
  private static final int ENDPOINTS = 10;
  private static final int EVENTS_AT_ONCE = 500;
  private static final int RETRIED = 10;
  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789 ,.";
  private static final ResponseHeaders HEADERS =
      new ResponseHeaders("Content-Type: application/json\nContent-Length: 15\nServer: receiver");
  private static final Response FINE =
      new Response(
          200, Payload.of("{\"status\":\"ok\"}"), false, "application/json", null, HEADERS);
  private static final Response BUSY =
      new Response(503, Payload.of("{\"status\":\"no\"}"), false, "application/json", "5", HEADERS);

  private final int deliveries;
  private final int size;
  private final Instant first;

  /**
   * Creates a history.
   *
   * @param deliveries number of deliveries, each of a different event
   * @param size approximate bytes of a payload, at least 64
   * @param end when the last event was accepted
   */
  GeneratedHistory(int deliveries, int size, Instant end) {
    this.deliveries = deliveries;
    this.size = size;
    first = end.minus(SPAN);
  }

  @Override
  public TransferOrigin origin() {
    return new TransferOrigin("a generated history", "generated", 0, deliveries);
  }

  /** {@inheritDoc} Always begins with the first event. */
  @Override
  public TransferReader read(TransferHistory history, @Nullable String after) {
    return new Generator();
  }

  @Override
  public void close() {}

  private final class Generator implements TransferReader {
    private final Random random = new Random(1);
    private final IdSource ids = new IdSource(random);
    private final String text = text(random);
    private final List<EndpointId> endpoints =
        Stream.generate(() -> new EndpointId(ids.next(first))).limit(ENDPOINTS).toList();
    private int made;

    private String text(Random letters) {
      StringBuilder made = new StringBuilder();
      for (int i = 0; i < 2 * size; i++) {
        made.append(LETTERS.charAt(letters.nextInt(LETTERS.length())));
      }
      return made.toString();
    }

    @Override
    public Optional<TransferBatch> next() {
      List<TransferRecord> records = new ArrayList<>();
      for (int i = 0; i < EVENTS_AT_ONCE && made < deliveries; i++) {
        add(records);
        made++;
      }
      return records.isEmpty()
          ? Optional.empty()
          : Optional.of(new TransferBatch(records, Integer.toString(made)));
    }

    private void add(List<TransferRecord> records) {
      Instant accepted = first.plusMillis(SPAN.toMillis() * made / deliveries);
      Event event =
          new Event(
              EventId.of(ids.next(accepted)), SITE, TYPE, accepted, accepted, payload(), null);
      records.add(new StoredEvent(event, 1));
      Delivery delivery =
          Delivery.of(
              new DeliveryId(ids.next(accepted)),
              event,
              endpoints.get(random.nextInt(endpoints.size())));
      Instant sent = accepted.plusMillis(2);
      if (made % RETRIED == 0) {
        Delivery retried = delivery.retryAt(sent.plusSeconds(5));
        Instant again = retried.dueAt();
        add(records, retried.delivered(again.plusMillis(20)), event);
        records.add(attempt(retried, 1, sent, BUSY));
        records.add(attempt(retried, 2, again, FINE));
      } else {
        add(records, delivery.delivered(sent.plusMillis(20)), event);
        records.add(attempt(delivery, 1, sent, FINE));
      }
    }

    private static void add(List<TransferRecord> records, Delivery delivery, Event event) {
      records.add(new StoredDelivery(delivery, CrashSuspicion.NONE, event.payload().size()));
    }

    private StoredAttempt attempt(Delivery delivery, int number, Instant at, Response response) {
      Timing timing =
          new Timing(
              Duration.ofNanos(20_000),
              null,
              null,
              null,
              Duration.ofNanos(15_000_000L + 1_000L * random.nextInt(5_000)),
              Duration.ofNanos(40_000));
      return new StoredAttempt(
          new Attempt(
              new AttemptId(ids.next(at)),
              delivery.id(),
              SITE,
              delivery.endpoint(),
              delivery.event(),
              TYPE,
              number,
              at,
              URL,
              Outcome.responded(response, timing),
              null),
          delivery.createdAt());
    }

    private Payload payload() {
      int from = random.nextInt(size);
      return Payload.of(
          "{\"n\":" + made + ",\"text\":\"" + text.substring(from, from + size) + "\"}");
    }

    @Override
    public void close() {}
  }
}
