package dev.hookferry.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.Event;
import dev.hookferry.event.Receipt;
import dev.hookferry.id.EventId;
import dev.hookferry.id.SiteId;
import dev.hookferry.query.AttemptQuery;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.EventQuery;
import dev.hookferry.query.TimeWindow;
import dev.hookferry.store.AttemptLog;
import dev.hookferry.store.commit.AttemptResult;
import dev.hookferry.store.commit.Command;
import dev.hookferry.store.commit.PublishEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** How the past is forgotten. */
@Promise(
    by = AttemptLog.class,
    value =
        "Deletes events that were accepted before a time and have no pending delivery, with their"
            + " deliveries and attempts.")
public interface ForgetContract extends StoreFixture {
  /** Further apart than the units in which stores forget by time. */
  Duration AGES = Duration.ofDays(10);

  @Test
  default void keepsWhatWasAcceptedLater(Scene scene) {
    scene.settled(scene.samples.endpoint(), d -> d.delivered(d.dueAt()));
    scene.samples.pass(AGES);
    Delivery later = scene.settled(scene.samples.endpoint(), d -> d.delivered(d.dueAt()));

    scene.store().log().purge(later.createdAt());

    assertThat(scene.store().log().event(Samples.SITE, later.event())).isPresent();
    assertThat(scene.shown(later)).isEqualTo(later);
    assertThat(
            scene
                .store()
                .log()
                .attempts(AttemptQuery.ofSite(Samples.SITE).withDelivery(later.id()))
                .data())
        .hasSize(1);
  }

  @Test
  default void keepsAnEventWithAPendingDelivery(Scene scene) {
    Event event = scene.samples.event();
    Delivery done = scene.samples.delivery(event);
    Delivery waits = scene.samples.delivery(event);
    scene.publish(
        PublishEntry.of(
            event,
            List.of(new PublishEntry.Queued(done, true), new PublishEntry.Queued(waits, false))));
    Attempt attempt = scene.samples.attempt(done, scene.samples.success());
    scene.record(new AttemptResult(done.delivered(scene.samples.now()), attempt));

    scene.store().log().purge(Scene.FAR_AHEAD);

    assertThat(scene.store().log().event(Samples.SITE, event.id())).contains(event);
    assertThat(scene.shown(done)).isEqualTo(done.delivered(scene.samples.now()));
    assertThat(scene.store().log().attempts(AttemptQuery.ofSite(Samples.SITE)).data())
        .containsExactly(attempt);
    assertThat(scene.claimAll(waits.endpoint())).containsExactly(waits);
  }

  @Promise(by = AttemptLog.class, value = "but never a delivery or attempt without its event")
  @Test
  default void neverLeavesAnythingWithoutItsEvent(Scene scene) {
    Population all = new Population(scene, 40);

    for (int i = 0; i < 5; i++) {
      scene.store().log().purge(all.moment());
      Population.SITES.forEach(site -> assertWhole(scene, site));
    }
    scene.store().log().purge(Scene.FAR_AHEAD);
    Population.SITES.forEach(site -> assertWhole(scene, site));
    assertThat(all.deliveries)
        .filteredOn(delivery -> !delivery.state().isFinal())
        .isNotEmpty()
        .allSatisfy(delivery -> assertThat(scene.shown(delivery)).isEqualTo(delivery));
  }

  private static void assertWhole(Scene scene, SiteId site) {
    Set<EventId> events =
        scene
            .store()
            .log()
            .events(new EventQuery(site, null, TimeWindow.ALL, FilterContract.WHOLE))
            .data()
            .stream()
            .map(Event::id)
            .collect(Collectors.toSet());
    assertThat(
            scene
                .store()
                .log()
                .deliveries(DeliveryQuery.ofSite(site).withPage(FilterContract.WHOLE))
                .data())
        .extracting(Delivery::event)
        .isSubsetOf(events);
    assertThat(
            scene
                .store()
                .log()
                .attempts(AttemptQuery.ofSite(site).withPage(FilterContract.WHOLE))
                .data())
        .extracting(Attempt::event)
        .isSubsetOf(events);
  }

  @Test
  default void forgetsAnEventWithAllThatBelongsToIt(Scene scene) {
    assumeThat(forgetsSingleEvents()).isTrue();
    Event event = scene.samples.repeatable("a", "k", "{}");
    Delivery delivery = scene.samples.delivery(event);
    scene.publish(PublishEntry.of(event, List.of(new PublishEntry.Queued(delivery, true))));
    scene.record(
        new AttemptResult(
            delivery.exhausted(scene.samples.now()),
            scene.samples.attempt(delivery, scene.samples.failure())));
    Instant later = scene.samples.now().plus(AGES);

    assertThat(scene.store().log().purge(later)).isEqualTo(1);

    assertThat(scene.store().log().event(Samples.SITE, event.id())).isEmpty();
    assertThat(scene.store().log().delivery(Samples.SITE, delivery.id())).isEmpty();
    assertThat(scene.store().log().attempts(AttemptQuery.ofSite(Samples.SITE)).data()).isEmpty();
    assertThat(scene.store().log().deliveries(DeliveryQuery.ofSite(Samples.SITE)).data()).isEmpty();
    assertThat(scene.command(new Command.Retry(Samples.SITE, delivery.id(), later)).kind())
        .isEqualTo(Command.Kind.NOT_FOUND);
    Event next = scene.samples.repeatable("a", "k", "{\"x\":1}");
    assertThat(scene.publish(next)).isEqualTo(new Receipt(next.id(), 0, false));
  }

  @Test
  default void forgetsOneAgeAfterTheOther(Scene scene) {
    assumeThat(forgetsSingleEvents()).isTrue();
    Delivery oldest = scene.settled(scene.samples.endpoint(), d -> d.cancelled(d.dueAt()));
    scene.samples.pass(AGES);
    Delivery middle = scene.settled(scene.samples.endpoint(), d -> d.delivered(d.dueAt()));
    scene.samples.pass(AGES);
    Delivery newest = scene.settled(scene.samples.endpoint(), d -> d.exhausted(d.dueAt()));

    scene.store().log().purge(middle.createdAt().minus(Duration.ofDays(3)));
    assertThat(scene.store().log().deliveries(DeliveryQuery.ofSite(Samples.SITE)).data())
        .containsExactly(newest, middle);
    assertThat(scene.store().log().event(Samples.SITE, oldest.event())).isEmpty();

    scene.store().log().purge(newest.createdAt().minus(Duration.ofDays(3)));
    assertThat(scene.store().log().deliveries(DeliveryQuery.ofSite(Samples.SITE)).data())
        .containsExactly(newest);
  }
}
