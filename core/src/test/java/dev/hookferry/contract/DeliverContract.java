package dev.hookferry.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.event.Event;
import dev.hookferry.event.Receipt;
import dev.hookferry.id.EndpointId;
import dev.hookferry.query.AttemptQuery;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.store.AttemptLog;
import dev.hookferry.store.commit.AttemptResult;
import dev.hookferry.store.commit.Batch;
import dev.hookferry.store.commit.Command;
import dev.hookferry.store.commit.Command.Kind;
import dev.hookferry.store.commit.Command.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How an event gets deliveries that it was not accepted with. */
@Promise(by = Command.class, value = "Adds deliveries to an event that was accepted earlier.")
public interface DeliverContract extends StoreFixture {
  @Test
  default void addsADeliveryToAnEventThatNobodyWanted(Scene scene) {
    Event event = scene.samples.event();
    scene.publish(event);
    scene.samples.pass(Duration.ofHours(30));
    Delivery added = later(scene, event, scene.samples.endpoint());

    assertThat(scene.command(deliver(added))).isEqualTo(new Reply(Kind.DONE, 1));

    assertThat(scene.shown(added)).isEqualTo(added);
    assertThat(ofEvent(scene, event)).containsExactly(added);
    assertThat(all(scene)).containsExactly(added);
    assertThat(
            scene
                .store()
                .deliveries()
                .claim(scene.owner(), Scene.everything(added.endpoint()))
                .work())
        .singleElement()
        .satisfies(
            work -> {
              assertThat(work.delivery()).isEqualTo(added);
              assertThat(work.event()).isEqualTo(event);
            });
  }

  @Test
  default void anAddedDeliveryLivesLikeAnyOther(Scene scene) {
    Event event = scene.samples.event();
    Delivery first = scene.samples.delivery(event);
    scene.publish(event, first);
    Delivery added = later(scene, event, scene.samples.endpoint());
    scene.command(deliver(added));
    Delivery mine = scene.claimAll(added.endpoint()).get(0);
    Attempt attempt = scene.samples.attempt(mine, scene.samples.failure());
    Delivery ended = mine.exhausted(scene.samples.now());
    scene.record(new AttemptResult(ended, attempt));

    assertThat(scene.shown(added)).isEqualTo(ended);
    assertThat(ofEvent(scene, event)).containsExactlyInAnyOrder(first, ended);
    assertThat(
            scene
                .store()
                .log()
                .deliveries(
                    DeliveryQuery.ofSite(Samples.SITE).withStates(Set.of(DeliveryState.EXHAUSTED)))
                .data())
        .containsExactly(ended);
    assertThat(
            scene
                .store()
                .log()
                .attempts(AttemptQuery.ofSite(Samples.SITE).withDelivery(added.id()))
                .data())
        .containsExactly(attempt);
    assertThat(scene.command(new Command.Retry(Samples.SITE, added.id(), scene.samples.now())))
        .isEqualTo(new Reply(Kind.DONE, 1));
    assertThat(scene.claimAll(added.endpoint())).hasSize(1);
  }

  @Test
  default void addsAllThatHaveNoDeliveryYetAtOnce(Scene scene) {
    Event event = scene.samples.event();
    Delivery first = scene.samples.delivery(event);
    scene.publish(event, first);
    Delivery again = later(scene, event, first.endpoint());
    Delivery one = later(scene, event, scene.samples.endpoint());
    Delivery two = later(scene, event, scene.samples.endpoint());

    assertThat(scene.command(deliver(again, one, two))).isEqualTo(new Reply(Kind.DONE, 2));

    assertThat(ofEvent(scene, event)).containsExactlyInAnyOrder(first, one, two);
    assertThat(scene.store().log().delivery(Samples.SITE, again.id())).isEmpty();
  }

  @Promise(
      by = Command.class,
      value =
          "Skips endpoints that already have a delivery, such as from an earlier try of the same"
              + " commit.")
  @Test
  default void aRepeatedCommitAddsNothingTwice(Scene scene) {
    Event event = scene.samples.event();
    scene.publish(event);
    Delivery added = later(scene, event, scene.samples.endpoint());
    Batch batch = Batch.of(deliver(added));
    scene.commit(batch);
    Delivery mine = scene.claimAll(added.endpoint()).get(0);

    assertThat(scene.commit(batch).replies()).containsExactly(new Reply(Kind.DONE, 0));
    Attempt attempt = scene.samples.attempt(mine, scene.samples.success());
    scene.record(new AttemptResult(mine.delivered(scene.samples.now()), attempt));
    Delivery another = later(scene, event, added.endpoint());

    assertThat(scene.commit(Batch.of(deliver(added), deliver(another))).replies())
        .containsExactly(new Reply(Kind.DONE, 0), new Reply(Kind.DONE, 0));
    assertThat(ofEvent(scene, event)).containsExactly(mine.delivered(scene.samples.now()));
  }

  @Test
  default void addsInTheCommitThatAcceptsTheEvent(Scene scene) {
    Event event = scene.samples.event();
    Delivery first = scene.samples.delivery(event);
    Delivery added = later(scene, event, scene.samples.endpoint());

    assertThat(
            scene
                .commit(
                    new Batch(
                        List.of(Scene.free(event, first)),
                        List.of(),
                        List.of(),
                        List.of(
                            deliver(added, later(scene, event, first.endpoint())),
                            deliver(later(scene, event, added.endpoint())),
                            new Command.Cancel(Samples.SITE, added.id(), scene.samples.now()))))
                .replies())
        .containsExactly(new Reply(Kind.DONE, 1), new Reply(Kind.DONE, 0), new Reply(Kind.DONE, 1));

    assertThat(ofEvent(scene, event))
        .containsExactlyInAnyOrder(first, added.cancelled(scene.samples.now()));
  }

  @Promise(
      by = Command.class,
      value = "The site has no such delivery, or no such event to deliver; nothing was changed.")
  @Test
  default void addsNothingToAnEventThatTheSiteDoesNotHave(Scene scene) {
    Event event = scene.samples.event();
    scene.publish(event);
    Event elsewhere =
        new Event(
            event.id(),
            Samples.OTHER_SITE,
            event.type(),
            event.occurredAt(),
            event.acceptedAt(),
            event.payload(),
            null);
    Delivery foreign = scene.samples.delivery(elsewhere);
    Delivery unknown = scene.samples.delivery(scene.samples.event());
    // An id can be given anew once its event is forgotten.
    Event anotherTime =
        new Event(
            event.id(),
            event.site(),
            event.type(),
            event.occurredAt(),
            event.acceptedAt().plusMillis(1),
            event.payload(),
            null);
    Delivery later = scene.samples.delivery(anotherTime);

    assertThat(scene.commit(Batch.of(deliver(foreign), deliver(unknown), deliver(later))).replies())
        .containsOnly(new Reply(Kind.NOT_FOUND, 0))
        .hasSize(3);

    assertThat(all(scene)).isEmpty();
  }

  @Promise(by = Command.class, value = "Receipts of repeated publishes do not change.")
  @Test
  default void aRepeatedPublishIsStillAnsweredWithTheFirstReceipt(Scene scene) {
    Event event = scene.samples.repeatable("a", "k", "{}");
    scene.publish(event);
    scene.command(deliver(later(scene, event, scene.samples.endpoint())));

    assertThat(scene.publish(scene.samples.repeatable("a", "k", "{}")))
        .isEqualTo(new Receipt(event.id(), 0, true));
  }

  @Promise(
      by = AttemptLog.class,
      value =
          "Deletes events that were accepted before a time and have no pending delivery, with their"
              + " deliveries and attempts.")
  @Test
  default void anEventIsKeptWhileAnAddedDeliveryIsPendingAndGoesWithIt(Scene scene) {
    assumeThat(forgetsSingleEvents()).isTrue();
    Event event = scene.samples.event();
    scene.publish(event);
    Delivery added = later(scene, event, scene.samples.endpoint());
    scene.command(deliver(added));

    scene.store().log().purge(Scene.FAR_AHEAD);

    assertThat(scene.store().log().event(Samples.SITE, event.id())).contains(event);
    Delivery mine = scene.claimAll(added.endpoint()).get(0);
    Attempt attempt = scene.samples.attempt(mine, scene.samples.success());
    scene.record(new AttemptResult(mine.delivered(scene.samples.now()), attempt));
    scene.store().log().purge(Scene.FAR_AHEAD);
    assertThat(scene.store().log().event(Samples.SITE, event.id())).isEmpty();
    assertThat(scene.store().log().delivery(Samples.SITE, added.id())).isEmpty();
    assertThat(all(scene)).isEmpty();
    assertThat(scene.command(deliver(added))).isEqualTo(new Reply(Kind.NOT_FOUND, 0));
  }

  /** As the engine makes them: of an event that was accepted before, due now. */
  static Delivery later(Scene scene, Event event, EndpointId endpoint) {
    return Delivery.of(scene.samples.pastDeliveryId(event), event, endpoint)
        .revived(scene.samples.now());
  }

  static Command deliver(Delivery... deliveries) {
    return new Command.Deliver(List.of(deliveries));
  }

  private static List<Delivery> ofEvent(Scene scene, Event event) {
    return scene
        .store()
        .log()
        .deliveries(DeliveryQuery.ofSite(event.site()).withEvent(event.id()))
        .data();
  }

  private static List<Delivery> all(Scene scene) {
    return scene
        .store()
        .log()
        .deliveries(DeliveryQuery.ofSite(Samples.SITE).withPage(FilterContract.WHOLE))
        .data();
  }
}
