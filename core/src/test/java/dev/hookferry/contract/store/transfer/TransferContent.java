package dev.hookferry.contract.store.transfer;

import dev.hookferry.audit.Actor;
import dev.hookferry.audit.AuditAction;
import dev.hookferry.audit.AuditEntry;
import dev.hookferry.audit.FieldChange;
import dev.hookferry.contract.support.ConfigSamples;
import dev.hookferry.contract.support.Samples;
import dev.hookferry.delivery.CrashSuspicion;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.Event;
import dev.hookferry.event.Payload;
import dev.hookferry.id.AuditId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import dev.hookferry.secret.SecretCipher;
import dev.hookferry.secret.Secrets;
import dev.hookferry.site.SecretContexts;
import dev.hookferry.store.ClaimRequest;
import dev.hookferry.store.Node;
import dev.hookferry.store.Owner;
import dev.hookferry.store.Store;
import dev.hookferry.store.TallyStore.Tally;
import dev.hookferry.store.commit.AttemptResult;
import dev.hookferry.store.commit.Batch;
import dev.hookferry.store.commit.Command;
import dev.hookferry.store.commit.PublishEntry;
import dev.hookferry.store.commit.PublishEntry.Queued;
import dev.hookferry.store.config.ConfigChange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Fills a store with some of everything. The same seed writes the same into every store. */
public final class TransferContent {
  private static final EventType TYPE = new EventType("license_created");
  private static final SiteId SITE = Samples.SITE;

  private final Store store;
  private final Samples samples;
  private final Owner owner;
  private final List<EndpointId> endpoints;

  private TransferContent(Store store, long seed) {
    this.store = store;
    samples = new Samples(seed);
    endpoints = Stream.generate(samples::endpoint).limit(4).toList();
    owner = store.deliveries().register(new Node("test-host:4711"));
  }

  /** Writes some of everything, and so many events more. No process owns anything afterwards. */
  public static void write(Store store, long seed, int events) {
    TransferContent content = new TransferContent(store, seed);
    content.others();
    content.special();
    content.ordered();
    for (int i = 0; i < events; i++) {
      content.samples.pass(Duration.ofMinutes(content.samples.number(60)));
      content.ordinary();
    }
    store.deliveries().retire(content.owner);
  }

  /** Returns a configuration with secrets in the clear, which every cipher can open. */
  private static List<ConfigChange> config() {
    SecretCipher clear = Secrets.inTheClear();
    SecretContexts.Change change = (secret, context) -> clear.seal(secret.text(), context);
    List<ConfigChange> changes = new ArrayList<>();
    for (ConfigChange each : ConfigSamples.everything()) {
      if (each instanceof ConfigChange.PutSite put) {
        changes.add(new ConfigChange.PutSite(SecretContexts.change(put.site(), change)));
      } else if (each instanceof ConfigChange.PutEndpoint put) {
        changes.add(new ConfigChange.PutEndpoint(SecretContexts.change(put.endpoint(), change)));
      } else {
        changes.add(each);
      }
    }
    return changes;
  }

  private void others() {
    Optional<Long> unused = store.config().save(config(), 0);
    store.audit().append(List.of(audit(Actor.PROGRAM, null, List.of()), fullAudit()));
    for (int i = 0; i < 3; i++) {
      boolean saved =
          store.replays().save(samples.deliveryId().value(), "{\"replay\":" + i + "}", 0);
      boolean savedAgain =
          store.replays().save(store.replays().all().get(0).id(), "{\"again\":" + i + "}", 1);
      if (!saved || !savedAgain) {
        throw new AssertionError("a replay was not saved");
      }
    }
    Instant noon = samples.now();
    Instant end = noon.plus(Duration.ofDays(400));
    store
        .tallies()
        .put(
            List.of(
                new Tally(owner(1), "s:default", noon, end, "d=1"),
                new Tally(owner(2), "s:default", noon, end, "d=2")),
            noon.plusSeconds(60));
  }

  private static UUID owner(int number) {
    return new UUID(7, number);
  }

  private AuditEntry fullAudit() {
    Actor actor = new Actor(null, "Zoë\twith a tab", "192.0.2.1");
    return audit(
        actor,
        SITE,
        List.of(
            new FieldChange("url", "https://a.example/\nb", null),
            new FieldChange("enabled", null, "true\\N")));
  }

  private AuditEntry audit(Actor actor, @Nullable SiteId site, List<FieldChange> changes) {
    samples.pass(Duration.ofSeconds(1));
    return new AuditEntry(
        new AuditId(samples.deliveryId().value()),
        samples.now(),
        actor,
        AuditAction.ENDPOINT_CHANGED,
        site,
        "end_1",
        changes);
  }

  /** Payloads of all kinds, keys, deliveries that were added later, and one that was retried. */
  private void special() {
    publish(samples.repeatable("order-1", "key-1", "{\"a\": 1.10 }"), 1);
    publish(samples.repeatable(null, "key-2", "{}"), 0);
    publish(samples.event(SITE, TYPE).with(samples.options()), 2);
    publish(samples.repeatable("order-2", null, "{}").with(samples.options()), 0);
    for (Payload payload :
        List.of(
            Payload.of("{\n  \"text\": \"Größe 💶 \\u0000 \\\"quoted\\\"\"\r\n}"),
            samples.bytes(300),
            Payload.wrap(new byte[] {'{', (byte) 0xff, '}'}),
            Payload.empty())) {
      publish(samples.event(SITE, TYPE, payload), 1);
    }
    Event event = samples.event(SITE, TYPE);
    publish(event, 1);
    Delivery later =
        new Delivery(
            samples.pastDeliveryId(event),
            SITE,
            event.id(),
            TYPE,
            endpoints.get(3),
            Delivery.of(samples.pastDeliveryId(event), event, endpoints.get(3)).state(),
            0,
            event.acceptedAt(),
            event.acceptedAt().plusSeconds(5),
            null,
            null);
    command(new Command.Deliver(List.of(later)));
    Event revived = samples.event(SITE, TYPE);
    Delivery delivery = publish(revived, 1).get(0);
    record(delivery.exhausted(attempted(delivery)), delivery, CrashSuspicion.NONE);
    command(new Command.Retry(SITE, delivery.id(), samples.now().plusSeconds(30)));
  }

  /** A key that is blocked, one whose first delivery has ended, and one that is to be retried. */
  private void ordered() {
    List<Delivery> blocked = inOrder("blocked", 3);
    List<Delivery> ended = inOrder("ended", 3);
    List<Delivery> retried = inOrder("a \u00fc \t", 3);
    ClaimRequest all =
        new ClaimRequest(
            Map.of(endpoints.get(0), 100), 100, Long.MAX_VALUE, samples.now().plusSeconds(1));
    store.deliveries().claim(owner, all);
    Instant now = samples.now();
    record(blocked.get(0).blocked(now), blocked.get(0), CrashSuspicion.NONE);
    record(ended.get(0).exhausted(now), ended.get(0), CrashSuspicion.NONE);
    record(retried.get(0).retryAt(now.plusSeconds(60)), retried.get(0), CrashSuspicion.NONE);
    command(new Command.Retry(SITE, ended.get(0).id(), now, "ended"));
    command(new Command.Cancel(SITE, retried.get(1).id(), now));
  }

  private List<Delivery> inOrder(String key, int count) {
    List<Delivery> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Event event = samples.event(SITE, TYPE);
      Delivery delivery = samples.delivery(event, endpoints.get(0)).inOrder(key);
      commit(Batch.of(PublishEntry.of(event, List.of(new Queued(delivery, false)))));
      all.add(delivery);
    }
    return all;
  }

  private Instant attempted(Delivery delivery) {
    return delivery.createdAt().plusMillis(700);
  }

  private void ordinary() {
    SiteId site = samples.number(4) == 0 ? Samples.OTHER_SITE : SITE;
    Event event = samples.event(site, TYPE);
    for (Delivery delivery : publish(event, samples.number(4))) {
      settle(delivery);
    }
  }

  private List<Delivery> publish(Event event, int deliveries) {
    List<Delivery> fresh =
        endpoints.subList(0, deliveries).stream().map(e -> samples.delivery(event, e)).toList();
    List<Queued> queued = fresh.stream().map(d -> new Queued(d, true)).toList();
    commit(Batch.of(PublishEntry.of(event, queued)));
    return fresh;
  }

  private void settle(Delivery delivery) {
    Instant now = samples.now().plusMillis(samples.number(1_000));
    switch (samples.number(6)) {
      case 0 -> record(delivery.delivered(now), delivery, CrashSuspicion.NONE);
      case 1 -> record(delivery.exhausted(now), delivery, CrashSuspicion.NONE);
      case 2 -> commit(Batch.of(new AttemptResult(delivery.cancelled(now), null)));
      case 3 -> commit(Batch.of(new AttemptResult(delivery.postponed(now), null, TWICE)));
      case 4 -> record(delivery.retryAt(now.plusSeconds(60)), delivery, CrashSuspicion.NONE);
      default -> {
        // Stays as it was accepted.
      }
    }
  }

  private static final CrashSuspicion TWICE = CrashSuspicion.TWO_CRASHES;

  private void record(Delivery after, Delivery before, CrashSuspicion suspicion) {
    boolean isSuccess = after.state() == before.delivered(samples.now()).state();
    commit(
        Batch.of(
            new AttemptResult(
                after,
                samples.attempt(before, isSuccess ? samples.success() : samples.failure()),
                suspicion)));
  }

  private void command(Command command) {
    commit(Batch.of(command));
  }

  private void commit(Batch batch) {
    var result = store.deliveries().commit(owner, batch);
    if (!result.refused().isEmpty()) {
      throw new AssertionError("refused: " + result.refused());
    }
  }
}
