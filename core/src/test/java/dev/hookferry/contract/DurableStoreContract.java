package dev.hookferry.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.hookferry.audit.AuditAction;
import dev.hookferry.audit.AuditEntry;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.Event;
import dev.hookferry.event.EventCatalog;
import dev.hookferry.event.Receipt;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.query.AttemptQuery;
import dev.hookferry.query.AuditQuery;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.PageRequest;
import dev.hookferry.store.AttemptLog;
import dev.hookferry.store.AuditLog;
import dev.hookferry.store.ConfigStore;
import dev.hookferry.store.DeliveryStore;
import dev.hookferry.store.Owner;
import dev.hookferry.store.ReplayStore;
import dev.hookferry.store.Store;
import dev.hookferry.store.StoreException;
import dev.hookferry.store.commit.AttemptResult;
import dev.hookferry.store.commit.Batch;
import dev.hookferry.store.commit.Command;
import dev.hookferry.store.commit.CommitResult.Conflicting;
import dev.hookferry.store.commit.CommitResult.Stored;
import dev.hookferry.store.commit.PublishEntry;
import dev.hookferry.store.config.Config;
import dev.hookferry.store.config.ConfigChange;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a store still knows after it was closed and opened again. */
@Promise(
    by = DeliveryStore.class,
    value = "Changes are durable (forced to disk) when a method returns.")
public interface DurableStoreContract extends StoreFixture {
  @Test
  default void keepsEventsAndDeliveriesAndAttempts(Scene scene) {
    Population all = new Population(scene, 50);

    for (int i = 0; i < 3; i++) {
      scene.reopen();
      assertThat(all.events)
          .allSatisfy(e -> assertThat(scene.store().log().event(e.site(), e.id())).contains(e));
      assertThat(all.deliveries)
          .isNotEmpty()
          .allSatisfy(d -> assertThat(scene.shown(d)).isEqualTo(d));
      assertThat(Population.SITES.stream().flatMap(site -> attempts(scene, site).stream()).toList())
          .containsExactlyInAnyOrderElementsOf(all.attempts);
    }
  }

  private static List<Attempt> attempts(Scene scene, SiteId site) {
    return scene
        .store()
        .log()
        .attempts(AttemptQuery.ofSite(site).withPage(FilterContract.WHOLE))
        .data();
  }

  @Promise(
      by = ReplayStore.class,
      value = "Saves a replay durably unless it was changed concurrently.")
  @Test
  default void keepsReplays(Scene scene) {
    UUID id = scene.samples.deliveryId().value();
    assertThat(scene.store().replays().save(id, "a=%C3%A9&b=", 0)).isTrue();
    assertThat(scene.store().replays().save(id, "a=2&b=", 1)).isTrue();

    scene.reopen();

    assertThat(scene.store().replays().all())
        .containsExactly(new ReplayStore.Kept(id, 2, "a=2&b="));
    assertThat(scene.store().replays().save(id, "late", 1)).isFalse();
    assertThat(scene.store().replays().save(id, "c=3", 2)).isTrue();
  }

  @Promise(by = ConfigStore.class, value = "Durable when it returns")
  @Test
  default void keepsTheConfiguration(Scene scene) {
    ConfigSamples samples = new ConfigSamples(scene.samples);
    scene.store().config().save(List.of(new ConfigChange.PutSite(samples.fullSite("a"))), 0);
    scene
        .store()
        .config()
        .save(
            List.of(
                new ConfigChange.PutEndpoint(samples.fullEndpoint(new SiteId("a"))),
                new ConfigChange.PutEndpoint(samples.resumedEndpoint(new SiteId("a"))),
                new ConfigChange.PutKey(samples.key(null))),
            1);
    final Config before = scene.store().config().load();

    scene.reopen();

    assertThat(before.version()).isEqualTo(2);
    assertThat(scene.store().config().load()).isEqualTo(before);
    assertThat(scene.store().config().version()).isEqualTo(2);
    assertThat(scene.store().config().save(List.of(), 1)).isEmpty();
    assertThat(scene.store().config().save(List.of(), 2)).contains(3L);
  }

  @Promise(by = AuditLog.class, value = "Appends entries atomically; durable when it returns.")
  @Test
  default void keepsTheAuditLog(Scene scene) {
    AuditLogContract.AuditSamples samples = new AuditLogContract.AuditSamples(scene.samples);
    List<AuditEntry> all = List.of(samples.full(), samples.plain(AuditAction.SITE_CHANGED));
    scene.store().config().save(List.of(new ConfigChange.Note(all.get(0))), 0);
    scene.store().audit().append(List.of(all.get(1)));

    scene.reopen();

    assertThat(scene.store().audit().entries(AuditQuery.ALL).data())
        .containsExactly(all.get(1), all.get(0));
    AuditEntry more = samples.full();
    scene.store().audit().append(List.of(more));
    scene.store().audit().purge(more.at());

    scene.reopen();

    assertThat(scene.store().audit().entries(AuditQuery.ALL).data()).contains(more);
    assertThat(scene.store().audit().entries(AuditQuery.ALL).data().get(0)).isEqualTo(more);
  }

  @Test
  default void keepsPayloadsByteForByteOverAReopening(Scene scene) {
    EndpointId endpoint = scene.samples.endpoint();
    List<Event> events =
        Stream.of(0, 1, 1000, 65_536, 1024 * 1024)
            .map(size -> scene.samples.bytes(size))
            .map(p -> scene.samples.event(Samples.SITE, EventCatalog.QLM_EVENTS.get(0), p))
            .toList();
    events.forEach(event -> scene.publish(event, scene.samples.delivery(event, endpoint)));

    scene.reopen();

    assertThat(scene.store().deliveries().claim(scene.owner(), Scene.everything(endpoint)).work())
        .extracting(work -> work.event())
        .containsExactlyInAnyOrderElementsOf(events);
  }

  @Test
  default void stillKnowsRepeats(Scene scene) {
    Event first = scene.samples.repeatable("a", "k", "{}");
    Delivery delivery = scene.samples.delivery(first);
    scene.publish(PublishEntry.of(first, List.of(new PublishEntry.Queued(delivery, true))));
    scene.record(
        new AttemptResult(
            delivery.delivered(scene.samples.now()),
            scene.samples.attempt(delivery, scene.samples.success())));

    scene.reopen();

    assertThat(scene.publish(scene.samples.repeatable("a", null, "{}")))
        .isEqualTo(new Receipt(first.id(), 1, true));
    assertThat(scene.publish(scene.samples.repeatable(null, "k", "{}")))
        .isEqualTo(new Receipt(first.id(), 1, true));
    assertThat(scene.publish(Scene.free(scene.samples.repeatable("b", "k", "{\"x\":1}"))))
        .isEqualTo(new Conflicting(0, first.id()));
  }

  @Test
  default void stillKnowsAnEarlierTryOfABatch(Scene scene) {
    EndpointId endpoint = scene.samples.endpoint();
    Event event = scene.samples.event();
    Batch batch = Batch.of(Scene.free(event, scene.samples.delivery(event, endpoint)));
    scene.commit(batch);

    scene.reopen();

    assertThat(scene.commit(batch).publications())
        .isEqualTo(List.of(new Stored(List.of(new Receipt(event.id(), 1, false)))));
    assertThat(scene.claimAll(endpoint)).hasSize(1);
  }

  @Test
  default void keepsDueTimesAndCounts(Scene scene) {
    EndpointId endpoint = scene.samples.endpoint();
    Instant due = scene.samples.now().plusSeconds(300);
    Delivery waiting = scene.settled(endpoint, delivery -> delivery.retryAt(due));
    Delivery fresh = scene.queued(endpoint);

    scene.reopen();

    assertThat(scene.claimAll(endpoint)).containsExactly(fresh, waiting);
  }

  @Test
  default void bringsFinalDeliveriesBack(Scene scene) {
    EndpointId endpoint = scene.samples.endpoint();
    Delivery exhausted = scene.settled(endpoint, d -> d.exhausted(d.dueAt()));
    Delivery cancelled = scene.queued(endpoint);
    Instant at = scene.samples.now().plusSeconds(1);
    scene.command(new Command.Cancel(Samples.SITE, cancelled.id(), at));
    scene.reopen();

    assertThat(scene.shown(cancelled)).isEqualTo(cancelled.cancelled(at));
    assertThat(scene.claimAll(endpoint)).isEmpty();
    for (Delivery ended : List.of(exhausted, scene.shown(cancelled))) {
      assertThat(scene.command(new Command.Retry(Samples.SITE, ended.id(), at)).kind())
          .isEqualTo(Command.Kind.DONE);
      scene.reopen();
      assertThat(scene.claimAll(endpoint)).containsExactly(ended.revived(at));
      Delivery done = ended.revived(at).delivered(at);
      scene.record(
          new AttemptResult(
              done, scene.samples.attempt(ended.revived(at), scene.samples.success())));
    }
    scene.reopen();
    assertThat(scene.claimAll(endpoint)).isEmpty();
    assertThat(attempts(scene, Samples.SITE)).extracting(Attempt::number).containsExactly(1, 2, 1);
  }

  @Promise(by = AttemptLog.class, value = "Deletes events that were accepted before a time")
  @Test
  default void doesNotBringBackWhatWasForgotten(Scene scene) {
    assumeThat(forgetsSingleEvents()).isTrue();
    Delivery old = scene.settled(scene.samples.endpoint(), d -> d.delivered(d.dueAt()));
    scene.samples.pass(ForgetContract.AGES);
    Delivery later = scene.settled(scene.samples.endpoint(), d -> d.delivered(d.dueAt()));
    scene.store().log().purge(later.createdAt());

    scene.reopen();

    assertThat(scene.store().log().event(Samples.SITE, old.event())).isEmpty();
    assertThat(scene.store().log().delivery(Samples.SITE, old.id())).isEmpty();
    assertThat(attempts(scene, Samples.SITE))
        .extracting(Attempt::delivery)
        .containsExactly(later.id());
  }

  @Promise(by = AttemptLog.class, value = "nothing appears twice")
  @Test
  default void goesOnFromACursor(Scene scene) {
    List<Delivery> all =
        Stream.generate(() -> scene.queued(scene.samples.endpoint())).limit(5).toList();
    DeliveryQuery query = DeliveryQuery.ofSite(Samples.SITE);
    String cursor = scene.store().log().deliveries(query.withPage(new PageRequest(2, null))).next();

    scene.reopen();

    assertThat(scene.store().log().deliveries(query.withPage(new PageRequest(10, cursor))).data())
        .containsExactly(all.get(2), all.get(1), all.get(0));
  }

  @Promise(
      by = DeliveryStore.class,
      value =
          "A store that only one process can open has no dead owners but those of "
              + "earlier runs, whose deliveries are free when register returns.")
  @Test
  default void setsFreeWhatAFormerProcessOwned(Scene scene) {
    assumeThat(scene.store().isShared()).as("others may be alive").isFalse();
    EndpointId endpoint = scene.samples.endpoint();
    final Delivery published = scene.owned(endpoint);
    final Delivery claimed = scene.queued(endpoint);
    scene.claimAll(endpoint);
    final Owner former = scene.owner();

    scene.reopen();

    AttemptResult late =
        new AttemptResult(
            published.delivered(scene.samples.now()),
            scene.samples.attempt(published, scene.samples.success()));
    assertThat(scene.store().deliveries().commit(former, Batch.of(late)).refused())
        .containsExactly(published.id());
    assertThat(scene.store().deliveries().heartbeat(former).alive()).isFalse();
    assertThat(scene.claimAll(endpoint)).containsExactly(published, claimed);
  }

  @Promise(by = Store.class, value = "Returns whether several processes can share the store.")
  @Test
  default void opensTwiceOnlyIfItCanBeShared(Scene scene) {
    Delivery delivery = scene.queued(scene.samples.endpoint());
    if (scene.store().isShared()) {
      Store second = scene.tracked(open());
      assertThat(second.log().delivery(Samples.SITE, delivery.id())).contains(delivery);
    } else {
      assertThatThrownBy(this::open).isInstanceOf(StoreException.class);
    }
    assertThat(scene.claimAll(delivery.endpoint())).containsExactly(delivery);
    assertThat(scene.queued(scene.samples.endpoint())).satisfies(d -> scene.shown(d));
  }
}
