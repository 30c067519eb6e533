package dev.hookferry.contract.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.hookferry.audit.AuditAction;
import dev.hookferry.audit.AuditEntry;
import dev.hookferry.contract.store.fixture.SampleHistory;
import dev.hookferry.contract.store.fixture.StoreFixture;
import dev.hookferry.contract.store.fixture.StoreHarness;
import dev.hookferry.contract.store.log.AuditLogContract;
import dev.hookferry.contract.store.log.FilterContract;
import dev.hookferry.contract.store.log.PurgeContract;
import dev.hookferry.contract.support.ConfigSamples;
import dev.hookferry.contract.support.Promise;
import dev.hookferry.contract.support.Samples;
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

/** The contract of durability: a store that was closed and reopened has lost nothing. */
@Promise(
    by = DeliveryStore.class,
    value = "Changes are durable (forced to disk) when a method returns.")
public interface DurableStoreContract extends StoreFixture {
  @Test
  default void keepsEventsDeliveriesAndAttempts(StoreHarness harness) {
    SampleHistory all = new SampleHistory(harness, 50);

    for (int i = 0; i < 3; i++) {
      harness.reopen();
      assertThat(all.events)
          .allSatisfy(e -> assertThat(harness.store().log().event(e.site(), e.id())).contains(e));
      assertThat(all.deliveries)
          .isNotEmpty()
          .allSatisfy(d -> assertThat(harness.shown(d)).isEqualTo(d));
      assertThat(
              SampleHistory.SITES.stream()
                  .flatMap(site -> attempts(harness, site).stream())
                  .toList())
          .containsExactlyInAnyOrderElementsOf(all.attempts);
    }
  }

  private static List<Attempt> attempts(StoreHarness harness, SiteId site) {
    return harness
        .store()
        .log()
        .attempts(AttemptQuery.ofSite(site).page(FilterContract.WHOLE))
        .data();
  }

  @Promise(
      by = ReplayStore.class,
      value = "Saves a replay durably unless it was changed concurrently.")
  @Test
  default void keepsReplays(StoreHarness harness) {
    UUID id = harness.samples.deliveryId().value();
    assertThat(harness.store().replays().save(id, "a=%C3%A9&b=", 0)).isTrue();
    assertThat(harness.store().replays().save(id, "a=2&b=", 1)).isTrue();

    harness.reopen();

    assertThat(harness.store().replays().all())
        .containsExactly(new ReplayStore.ReplayEntry(id, 2, "a=2&b="));
    assertThat(harness.store().replays().save(id, "late", 1)).isFalse();
    assertThat(harness.store().replays().save(id, "c=3", 2)).isTrue();
  }

  @Promise(by = ConfigStore.class, value = "Durable when it returns")
  @Test
  default void keepsTheConfiguration(StoreHarness harness) {
    ConfigSamples samples = new ConfigSamples(harness.samples);
    harness.store().config().save(List.of(new ConfigChange.PutSite(samples.fullSite("a"))), 0);
    harness
        .store()
        .config()
        .save(
            List.of(
                new ConfigChange.PutEndpoint(samples.fullEndpoint(new SiteId("a"))),
                new ConfigChange.PutEndpoint(samples.resumedEndpoint(new SiteId("a"))),
                new ConfigChange.PutKey(samples.key(null))),
            1);
    final Config before = harness.store().config().load();

    harness.reopen();

    assertThat(before.version()).isEqualTo(2);
    assertThat(harness.store().config().load()).isEqualTo(before);
    assertThat(harness.store().config().version()).isEqualTo(2);
    assertThat(harness.store().config().save(List.of(), 1)).isEmpty();
    assertThat(harness.store().config().save(List.of(), 2)).contains(3L);
  }

  @Promise(by = AuditLog.class, value = "Appends entries atomically; durable when it returns.")
  @Test
  default void keepsTheAuditLog(StoreHarness harness) {
    AuditLogContract.AuditSamples samples = new AuditLogContract.AuditSamples(harness.samples);
    List<AuditEntry> all = List.of(samples.full(), samples.plain(AuditAction.SITE_CHANGED));
    harness.store().config().save(List.of(new ConfigChange.Note(all.get(0))), 0);
    harness.store().audit().append(List.of(all.get(1)));

    harness.reopen();

    assertThat(harness.store().audit().entries(AuditQuery.ALL).data())
        .containsExactly(all.get(1), all.get(0));
    AuditEntry more = samples.full();
    harness.store().audit().append(List.of(more));
    harness.store().audit().purge(more.at());

    harness.reopen();

    assertThat(harness.store().audit().entries(AuditQuery.ALL).data()).contains(more);
    assertThat(harness.store().audit().entries(AuditQuery.ALL).data().get(0)).isEqualTo(more);
  }

  @Test
  default void keepsPayloadsByteForByteAfterReopening(StoreHarness harness) {
    EndpointId endpoint = harness.samples.endpoint();
    List<Event> events =
        Stream.of(0, 1, 1000, 65_536, 1024 * 1024)
            .map(size -> harness.samples.bytes(size))
            .map(p -> harness.samples.event(Samples.SITE, EventCatalog.QLM_EVENTS.get(0), p))
            .toList();
    events.forEach(event -> harness.publish(event, harness.samples.delivery(event, endpoint)));

    harness.reopen();

    assertThat(
            harness
                .store()
                .deliveries()
                .claim(harness.owner(), StoreHarness.everything(endpoint))
                .work())
        .extracting(work -> work.event())
        .containsExactlyInAnyOrderElementsOf(events);
  }

  @Test
  default void recognizesRepeatsAfterReopening(StoreHarness harness) {
    Event first = harness.samples.repeatable("a", "k", "{}");
    Delivery delivery = harness.samples.delivery(first);
    harness.publish(PublishEntry.of(first, List.of(new PublishEntry.Queued(delivery, true))));
    harness.record(
        new AttemptResult(
            delivery.delivered(harness.samples.now()),
            harness.samples.attempt(delivery, harness.samples.success())));

    harness.reopen();

    assertThat(harness.publish(harness.samples.repeatable("a", null, "{}")))
        .isEqualTo(new Receipt(first.id(), 1, true));
    assertThat(harness.publish(harness.samples.repeatable(null, "k", "{}")))
        .isEqualTo(new Receipt(first.id(), 1, true));
    assertThat(
            harness.publish(StoreHarness.free(harness.samples.repeatable("b", "k", "{\"x\":1}"))))
        .isEqualTo(new Conflicting(0, first.id()));
  }

  @Test
  default void recognizesARetriedBatchAfterReopening(StoreHarness harness) {
    EndpointId endpoint = harness.samples.endpoint();
    Event event = harness.samples.event();
    Batch batch = Batch.of(StoreHarness.free(event, harness.samples.delivery(event, endpoint)));
    harness.commit(batch);

    harness.reopen();

    assertThat(harness.commit(batch).publications())
        .isEqualTo(List.of(new Stored(List.of(new Receipt(event.id(), 1, false)))));
    assertThat(harness.claimAll(endpoint)).hasSize(1);
  }

  @Test
  default void keepsDueTimesAndAttemptCounts(StoreHarness harness) {
    EndpointId endpoint = harness.samples.endpoint();
    Instant due = harness.samples.now().plusSeconds(300);
    Delivery waiting = harness.settled(endpoint, delivery -> delivery.retryAt(due));
    Delivery fresh = harness.queued(endpoint);

    harness.reopen();

    assertThat(harness.claimAll(endpoint)).containsExactly(fresh, waiting);
  }

  @Test
  default void retriesFinalDeliveriesAfterReopening(StoreHarness harness) {
    EndpointId endpoint = harness.samples.endpoint();
    Delivery exhausted = harness.settled(endpoint, d -> d.exhausted(d.dueAt()));
    Delivery cancelled = harness.queued(endpoint);
    Instant at = harness.samples.now().plusSeconds(1);
    harness.command(new Command.Cancel(Samples.SITE, cancelled.id(), at));
    harness.reopen();

    assertThat(harness.shown(cancelled)).isEqualTo(cancelled.cancelled(at));
    assertThat(harness.claimAll(endpoint)).isEmpty();
    for (Delivery ended : List.of(exhausted, harness.shown(cancelled))) {
      assertThat(harness.command(new Command.Retry(Samples.SITE, ended.id(), at)).kind())
          .isEqualTo(Command.Kind.DONE);
      harness.reopen();
      assertThat(harness.claimAll(endpoint)).containsExactly(ended.revived(at));
      Delivery done = ended.revived(at).delivered(at);
      harness.record(
          new AttemptResult(
              done, harness.samples.attempt(ended.revived(at), harness.samples.success())));
    }
    harness.reopen();
    assertThat(harness.claimAll(endpoint)).isEmpty();
    assertThat(attempts(harness, Samples.SITE))
        .extracting(Attempt::number)
        .containsExactly(1, 2, 1);
  }

  @Promise(by = AttemptLog.class, value = "Deletes events that were accepted before a time")
  @Test
  default void doesNotRestorePurgedEvents(StoreHarness harness) {
    assumeThat(purgesSingleEvents()).isTrue();
    Delivery old = harness.settled(harness.samples.endpoint(), d -> d.delivered(d.dueAt()));
    harness.samples.pass(PurgeContract.AGES);
    Delivery later = harness.settled(harness.samples.endpoint(), d -> d.delivered(d.dueAt()));
    harness.store().log().purge(later.createdAt());

    harness.reopen();

    assertThat(harness.store().log().event(Samples.SITE, old.event())).isEmpty();
    assertThat(harness.store().log().delivery(Samples.SITE, old.id())).isEmpty();
    assertThat(attempts(harness, Samples.SITE))
        .extracting(Attempt::delivery)
        .containsExactly(later.id());
  }

  @Promise(by = AttemptLog.class, value = "nothing appears twice")
  @Test
  default void continuesFromACursorAfterReopening(StoreHarness harness) {
    List<Delivery> all =
        Stream.generate(() -> harness.queued(harness.samples.endpoint())).limit(5).toList();
    DeliveryQuery query = DeliveryQuery.ofSite(Samples.SITE);
    String cursor = harness.store().log().deliveries(query.limit(2)).next();

    harness.reopen();

    assertThat(harness.store().log().deliveries(query.limit(10).after(cursor)).data())
        .containsExactly(all.get(2), all.get(1), all.get(0));
  }

  @Promise(
      by = DeliveryStore.class,
      value =
          "A store that only one process can open has no dead owners but those of "
              + "earlier runs, whose deliveries are free when register returns.")
  @Test
  default void releasesDeliveriesOfAFormerProcess(StoreHarness harness) {
    assumeThat(harness.store().isShared()).as("others may be alive").isFalse();
    EndpointId endpoint = harness.samples.endpoint();
    final Delivery published = harness.owned(endpoint);
    final Delivery claimed = harness.queued(endpoint);
    harness.claimAll(endpoint);
    final Owner former = harness.owner();

    harness.reopen();

    AttemptResult late =
        new AttemptResult(
            published.delivered(harness.samples.now()),
            harness.samples.attempt(published, harness.samples.success()));
    assertThat(harness.store().deliveries().commit(former, Batch.of(late)).refused())
        .containsExactly(published.id());
    assertThat(harness.store().deliveries().heartbeat(former).alive()).isFalse();
    assertThat(harness.claimAll(endpoint)).containsExactly(published, claimed);
  }

  @Promise(by = Store.class, value = "Returns whether several processes can share the store.")
  @Test
  default void opensTwiceOnlyIfShared(StoreHarness harness) {
    Delivery delivery = harness.queued(harness.samples.endpoint());
    if (harness.store().isShared()) {
      Store second = harness.tracked(open());
      assertThat(second.log().delivery(Samples.SITE, delivery.id())).contains(delivery);
    } else {
      assertThatThrownBy(this::open).isInstanceOf(StoreException.class);
    }
    assertThat(harness.claimAll(delivery.endpoint())).containsExactly(delivery);
    assertThat(harness.queued(harness.samples.endpoint())).satisfies(d -> harness.shown(d));
  }
}
