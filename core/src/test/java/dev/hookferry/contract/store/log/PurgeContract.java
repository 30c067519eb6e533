package dev.hookferry.contract.store.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.hookferry.contract.store.fixture.SampleHistory;
import dev.hookferry.contract.store.fixture.StoreFixture;
import dev.hookferry.contract.store.fixture.StoreHarness;
import dev.hookferry.contract.support.Promise;
import dev.hookferry.contract.support.Samples;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.Event;
import dev.hookferry.event.Receipt;
import dev.hookferry.id.EventId;
import dev.hookferry.id.SiteId;
import dev.hookferry.query.AttemptQuery;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.EventQuery;
import dev.hookferry.store.AttemptLog;
import dev.hookferry.store.commit.AttemptResult;
import dev.hookferry.store.commit.Command;
import dev.hookferry.store.commit.PublishEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The contract of retention: what a purge deletes, and what it keeps. */
@Promise(
    by = AttemptLog.class,
    value =
        "Deletes events that were accepted before a time and have no pending delivery, with their"
            + " deliveries and attempts.")
public interface PurgeContract extends StoreFixture {
  /** Further apart than the units in which stores purge by time. */
  Duration AGES = Duration.ofDays(10);

  @Test
  default void keepsEventsAcceptedLater(StoreHarness harness) {
    harness.settled(harness.samples.endpoint(), d -> d.delivered(d.dueAt()));
    harness.samples.pass(AGES);
    Delivery later = harness.settled(harness.samples.endpoint(), d -> d.delivered(d.dueAt()));

    harness.store().log().purge(later.createdAt());

    assertThat(harness.store().log().event(Samples.SITE, later.event())).isPresent();
    assertThat(harness.shown(later)).isEqualTo(later);
    assertThat(
            harness
                .store()
                .log()
                .attempts(AttemptQuery.ofSite(Samples.SITE).delivery(later.id()))
                .data())
        .hasSize(1);
  }

  @Test
  default void keepsAnEventWithAPendingDelivery(StoreHarness harness) {
    Event event = harness.samples.event();
    Delivery done = harness.samples.delivery(event);
    Delivery waits = harness.samples.delivery(event);
    harness.publish(
        PublishEntry.of(
            event,
            List.of(new PublishEntry.Queued(done, true), new PublishEntry.Queued(waits, false))));
    Attempt attempt = harness.samples.attempt(done, harness.samples.success());
    harness.record(new AttemptResult(done.delivered(harness.samples.now()), attempt));

    harness.store().log().purge(StoreHarness.FAR_AHEAD);

    assertThat(harness.store().log().event(Samples.SITE, event.id())).contains(event);
    assertThat(harness.shown(done)).isEqualTo(done.delivered(harness.samples.now()));
    assertThat(harness.store().log().attempts(AttemptQuery.ofSite(Samples.SITE)).data())
        .containsExactly(attempt);
    assertThat(harness.claimAll(waits.endpoint())).containsExactly(waits);
  }

  @Promise(by = AttemptLog.class, value = "but never a delivery or attempt without its event")
  @Test
  default void neverLeavesADeliveryWithoutItsEvent(StoreHarness harness) {
    SampleHistory all = new SampleHistory(harness, 40);

    for (int i = 0; i < 5; i++) {
      harness.store().log().purge(all.moment());
      SampleHistory.SITES.forEach(site -> assertWhole(harness, site));
    }
    harness.store().log().purge(StoreHarness.FAR_AHEAD);
    SampleHistory.SITES.forEach(site -> assertWhole(harness, site));
    assertThat(all.deliveries)
        .filteredOn(delivery -> !delivery.state().isFinal())
        .isNotEmpty()
        .allSatisfy(delivery -> assertThat(harness.shown(delivery)).isEqualTo(delivery));
  }

  private static void assertWhole(StoreHarness harness, SiteId site) {
    Set<EventId> events =
        harness
            .store()
            .log()
            .events(EventQuery.ofSite(site).page(FilterContract.WHOLE))
            .data()
            .stream()
            .map(Event::id)
            .collect(Collectors.toSet());
    assertThat(
            harness
                .store()
                .log()
                .deliveries(DeliveryQuery.ofSite(site).page(FilterContract.WHOLE))
                .data())
        .extracting(Delivery::event)
        .isSubsetOf(events);
    assertThat(
            harness
                .store()
                .log()
                .attempts(AttemptQuery.ofSite(site).page(FilterContract.WHOLE))
                .data())
        .extracting(Attempt::event)
        .isSubsetOf(events);
  }

  @Test
  default void purgesAnEventWithItsDeliveriesAndAttempts(StoreHarness harness) {
    assumeThat(purgesSingleEvents()).isTrue();
    Event event = harness.samples.repeatable("a", "k", "{}");
    Delivery delivery = harness.samples.delivery(event);
    harness.publish(PublishEntry.of(event, List.of(new PublishEntry.Queued(delivery, true))));
    harness.record(
        new AttemptResult(
            delivery.exhausted(harness.samples.now()),
            harness.samples.attempt(delivery, harness.samples.failure())));
    Instant later = harness.samples.now().plus(AGES);

    assertThat(harness.store().log().purge(later)).isEqualTo(1);

    assertThat(harness.store().log().event(Samples.SITE, event.id())).isEmpty();
    assertThat(harness.store().log().delivery(Samples.SITE, delivery.id())).isEmpty();
    assertThat(harness.store().log().attempts(AttemptQuery.ofSite(Samples.SITE)).data()).isEmpty();
    assertThat(harness.store().log().deliveries(DeliveryQuery.ofSite(Samples.SITE)).data())
        .isEmpty();
    assertThat(harness.command(new Command.Retry(Samples.SITE, delivery.id(), later)).kind())
        .isEqualTo(Command.Kind.NOT_FOUND);
    Event next = harness.samples.repeatable("a", "k", "{\"x\":1}");
    assertThat(harness.publish(next)).isEqualTo(new Receipt(next.id(), 0, false));
  }

  @Test
  default void purgesEachSiteByItself(StoreHarness harness) {
    assumeThat(purgesSingleEvents()).isTrue();
    Event here = harness.samples.repeatable("a", "k", "{}");
    Event there =
        new Event(
            here.id(),
            Samples.OTHER_SITE,
            here.type(),
            here.occurredAt(),
            here.acceptedAt(),
            here.payload(),
            here.idempotence());
    Event another = harness.samples.event(Samples.OTHER_SITE, here.type());
    final Delivery gone = delivered(harness, here);
    final Delivery goneToo = delivered(harness, another);
    Delivery waits = harness.samples.delivery(there);
    final Delivery kept = delivered(harness, there, waits);

    assertThat(harness.store().log().purge(StoreHarness.FAR_AHEAD)).isEqualTo(2);

    assertThat(harness.store().log().event(Samples.SITE, here.id())).isEmpty();
    assertThat(harness.store().log().delivery(Samples.SITE, gone.id())).isEmpty();
    assertThat(harness.store().log().event(Samples.OTHER_SITE, another.id())).isEmpty();
    assertThat(harness.store().log().delivery(Samples.OTHER_SITE, goneToo.id())).isEmpty();
    assertThat(harness.store().log().eventByKey(Samples.OTHER_SITE, "k")).contains(there);
    assertThat(harness.shown(kept)).isEqualTo(kept);
    assertThat(harness.store().log().attempts(AttemptQuery.ofSite(Samples.OTHER_SITE)).data())
        .extracting(Attempt::delivery)
        .containsExactly(kept.id());
    assertThat(harness.claimAll(waits.endpoint())).containsExactly(waits);
  }

  /** Publishes an event and delivers it to one endpoint. */
  private static Delivery delivered(StoreHarness harness, Event event, Delivery... others) {
    Delivery sent = harness.samples.delivery(event);
    List<PublishEntry.Queued> queued =
        Stream.concat(
                Stream.of(new PublishEntry.Queued(sent, true)),
                Stream.of(others).map(other -> new PublishEntry.Queued(other, false)))
            .toList();
    harness.publish(PublishEntry.of(event, queued));
    Delivery done = sent.delivered(harness.samples.now());
    harness.record(
        new AttemptResult(done, harness.samples.attempt(sent, harness.samples.success())));
    return done;
  }

  @Test
  default void purgesManyEventsOfTheSameInstant(StoreHarness harness) {
    assumeThat(purgesSingleEvents()).isTrue();
    Instant accepted = harness.samples.now();
    List<PublishEntry.Entry> entries =
        Stream.generate(harness.samples::event)
            .limit(450)
            .map(event -> new PublishEntry.Entry(acceptedAt(accepted, event), List.of()))
            .toList();
    harness.publish(new PublishEntry(entries));

    harness.store().log().purge(accepted.plusMillis(1));

    assertThat(harness.store().log().events(EventQuery.ofSite(Samples.SITE)).data()).isEmpty();
  }

  private static Event acceptedAt(Instant time, Event event) {
    return new Event(
        event.id(), event.site(), event.type(), event.occurredAt(), time, event.payload(), null);
  }

  @Test
  default void purgesRepeatedlyAsEventsAge(StoreHarness harness) {
    assumeThat(purgesSingleEvents()).isTrue();
    Delivery oldest = harness.settled(harness.samples.endpoint(), d -> d.cancelled(d.dueAt()));
    harness.samples.pass(AGES);
    Delivery middle = harness.settled(harness.samples.endpoint(), d -> d.delivered(d.dueAt()));
    harness.samples.pass(AGES);
    Delivery newest = harness.settled(harness.samples.endpoint(), d -> d.exhausted(d.dueAt()));

    harness.store().log().purge(middle.createdAt().minus(Duration.ofDays(3)));
    assertThat(harness.store().log().deliveries(DeliveryQuery.ofSite(Samples.SITE)).data())
        .containsExactly(newest, middle);
    assertThat(harness.store().log().event(Samples.SITE, oldest.event())).isEmpty();

    harness.store().log().purge(newest.createdAt().minus(Duration.ofDays(3)));
    assertThat(harness.store().log().deliveries(DeliveryQuery.ofSite(Samples.SITE)).data())
        .containsExactly(newest);
  }
}
