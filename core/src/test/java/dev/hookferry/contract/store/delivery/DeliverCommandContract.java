package dev.hookferry.contract.store.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.hookferry.contract.store.fixture.StoreFixture;
import dev.hookferry.contract.store.fixture.StoreHarness;
import dev.hookferry.contract.store.log.FilterContract;
import dev.hookferry.contract.support.Promise;
import dev.hookferry.contract.support.Samples;
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
import dev.hookferry.store.commit.CommitResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The contract of deliveries that are added to an event later. */
@Promise(by = Command.class, value = "Adds deliveries to an event that was accepted earlier.")
public interface DeliverCommandContract extends StoreFixture {
  @Test
  default void addsADeliveryToAnEventWithoutDeliveries(StoreHarness harness) {
    Event event = harness.samples.event();
    harness.publish(event);
    harness.samples.pass(Duration.ofHours(30));
    Delivery added = later(harness, event, harness.samples.endpoint());

    assertThat(harness.command(deliver(added))).isEqualTo(new Reply(Kind.DONE, 1));

    assertThat(harness.shown(added)).isEqualTo(added);
    assertThat(ofEvent(harness, event)).containsExactly(added);
    assertThat(all(harness)).containsExactly(added);
    assertThat(
            harness
                .store()
                .deliveries()
                .claim(harness.owner(), StoreHarness.everything(added.endpoint()))
                .work())
        .singleElement()
        .satisfies(
            work -> {
              assertThat(work.delivery()).isEqualTo(added);
              assertThat(work.event()).isEqualTo(event);
            });
  }

  @Test
  default void anAddedDeliveryBehavesLikeAnyOther(StoreHarness harness) {
    Event event = harness.samples.event();
    Delivery first = harness.samples.delivery(event);
    harness.publish(event, first);
    Delivery added = later(harness, event, harness.samples.endpoint());
    harness.command(deliver(added));
    Delivery mine = harness.claimAll(added.endpoint()).get(0);
    Attempt attempt = harness.samples.attempt(mine, harness.samples.failure());
    Delivery ended = mine.exhausted(harness.samples.now());
    harness.record(new AttemptResult(ended, attempt));

    assertThat(harness.shown(added)).isEqualTo(ended);
    assertThat(ofEvent(harness, event)).containsExactlyInAnyOrder(first, ended);
    assertThat(
            harness
                .store()
                .log()
                .deliveries(DeliveryQuery.ofSite(Samples.SITE).state(DeliveryState.EXHAUSTED))
                .data())
        .containsExactly(ended);
    assertThat(
            harness
                .store()
                .log()
                .attempts(AttemptQuery.ofSite(Samples.SITE).delivery(added.id()))
                .data())
        .containsExactly(attempt);
    assertThat(harness.command(new Command.Retry(Samples.SITE, added.id(), harness.samples.now())))
        .isEqualTo(new Reply(Kind.DONE, 1));
    assertThat(harness.claimAll(added.endpoint())).hasSize(1);
  }

  @Test
  default void addsOnlyDeliveriesThatDoNotExistYet(StoreHarness harness) {
    Event event = harness.samples.event();
    Delivery first = harness.samples.delivery(event);
    harness.publish(event, first);
    Delivery again = later(harness, event, first.endpoint());
    Delivery one = later(harness, event, harness.samples.endpoint());
    Delivery two = later(harness, event, harness.samples.endpoint());

    assertThat(harness.command(deliver(again, one, two))).isEqualTo(new Reply(Kind.DONE, 2));

    assertThat(ofEvent(harness, event)).containsExactlyInAnyOrder(first, one, two);
    assertThat(harness.store().log().delivery(Samples.SITE, again.id())).isEmpty();
  }

  @Promise(by = Command.class, value = "Skips endpoints that already have a delivery")
  @Test
  default void addsNothingForAnEndpointWithAFinalDelivery(StoreHarness harness) {
    Event event = harness.samples.event();
    Delivery first = harness.samples.delivery(event);
    harness.publish(event, first);
    harness.command(new Command.Cancel(Samples.SITE, first.id(), harness.samples.now()));

    assertThat(harness.command(deliver(later(harness, event, first.endpoint()))))
        .isEqualTo(new Reply(Kind.DONE, 0));

    assertThat(ofEvent(harness, event)).extracting(Delivery::id).containsExactly(first.id());
  }

  @Promise(
      by = Command.class,
      value =
          "Skips endpoints that already have a delivery, such as from an earlier try of the same"
              + " commit.")
  @Test
  default void aRepeatedCommitAddsNothingTwice(StoreHarness harness) {
    Event event = harness.samples.event();
    harness.publish(event);
    Delivery added = later(harness, event, harness.samples.endpoint());
    Batch batch = Batch.of(deliver(added));
    harness.commit(batch);
    Delivery mine = harness.claimAll(added.endpoint()).get(0);

    assertThat(harness.commit(batch).replies()).containsExactly(new Reply(Kind.DONE, 0));
    Attempt attempt = harness.samples.attempt(mine, harness.samples.success());
    harness.record(new AttemptResult(mine.delivered(harness.samples.now()), attempt));
    Delivery another = later(harness, event, added.endpoint());

    assertThat(harness.commit(Batch.of(deliver(added), deliver(another))).replies())
        .containsExactly(new Reply(Kind.DONE, 0), new Reply(Kind.DONE, 0));
    assertThat(ofEvent(harness, event)).containsExactly(mine.delivered(harness.samples.now()));
  }

  @Test
  default void addsDeliveriesInTheCommitThatStoresTheEvent(StoreHarness harness) {
    Event event = harness.samples.event();
    Delivery first = harness.samples.delivery(event);
    Delivery added = later(harness, event, harness.samples.endpoint());

    assertThat(
            harness
                .commit(
                    new Batch(
                        List.of(StoreHarness.free(event, first)),
                        List.of(),
                        List.of(),
                        List.of(
                            deliver(added, later(harness, event, first.endpoint())),
                            deliver(later(harness, event, added.endpoint())),
                            new Command.Cancel(Samples.SITE, added.id(), harness.samples.now()))))
                .replies())
        .containsExactly(new Reply(Kind.DONE, 1), new Reply(Kind.DONE, 0), new Reply(Kind.DONE, 1));

    assertThat(ofEvent(harness, event))
        .containsExactlyInAnyOrder(first, added.cancelled(harness.samples.now()));
  }

  @Promise(by = CommitResult.class, value = "the reply to each command, in the order of the batch")
  @Test
  default void runsInOrderAmongOtherCommands(StoreHarness harness) {
    Event event = harness.samples.event();
    Delivery first = harness.samples.delivery(event);
    harness.publish(event, first);
    Delivery added = later(harness, event, harness.samples.endpoint());
    Instant now = harness.samples.now();
    Command cancel = new Command.Cancel(Samples.SITE, added.id(), now);

    List<Reply> replies =
        harness
            .commit(
                Batch.of(
                    cancel,
                    deliver(added),
                    new Command.Cancel(Samples.SITE, first.id(), now),
                    new Command.Abandon(Samples.SITE, added.endpoint(), now, 9),
                    cancel))
            .replies();

    assertThat(replies)
        .containsExactly(
            new Reply(Kind.NOT_FOUND, 0),
            new Reply(Kind.DONE, 1),
            new Reply(Kind.DONE, 1),
            new Reply(Kind.DONE, 1),
            new Reply(Kind.FINAL, 0));
  }

  @Promise(
      by = Command.class,
      value = "The site has no such delivery, or no such event to deliver; nothing was changed.")
  @Test
  default void addsNothingToUnknownEventsOrThoseOfAnotherSite(StoreHarness harness) {
    Event event = harness.samples.event();
    harness.publish(event);
    Event elsewhere =
        new Event(
            event.id(),
            Samples.OTHER_SITE,
            event.type(),
            event.occurredAt(),
            event.acceptedAt(),
            event.payload(),
            null);
    Delivery foreign = harness.samples.delivery(elsewhere);
    Delivery unknown = harness.samples.delivery(harness.samples.event());
    // An id can be given anew once its event is purged.
    Event anotherTime =
        new Event(
            event.id(),
            event.site(),
            event.type(),
            event.occurredAt(),
            event.acceptedAt().plusMillis(1),
            event.payload(),
            null);
    Delivery later = harness.samples.delivery(anotherTime);

    assertThat(
            harness.commit(Batch.of(deliver(foreign), deliver(unknown), deliver(later))).replies())
        .containsOnly(new Reply(Kind.NOT_FOUND, 0))
        .hasSize(3);

    assertThat(all(harness)).isEmpty();
  }

  @Promise(by = Command.class, value = "Receipts of repeated publishes do not change.")
  @Test
  default void aRepeatedPublishStillReturnsTheFirstReceipt(StoreHarness harness) {
    Event event = harness.samples.repeatable("a", "k", "{}");
    harness.publish(event);
    harness.command(deliver(later(harness, event, harness.samples.endpoint())));

    assertThat(harness.publish(harness.samples.repeatable("a", "k", "{}")))
        .isEqualTo(new Receipt(event.id(), 0, true));
  }

  @Promise(
      by = AttemptLog.class,
      value =
          "Deletes events that were accepted before a time and have no pending delivery, with their"
              + " deliveries and attempts.")
  @Test
  default void anEventIsPurgedOnlyAfterItsAddedDeliveryEnds(StoreHarness harness) {
    assumeThat(purgesSingleEvents()).isTrue();
    Event event = harness.samples.event();
    harness.publish(event);
    Delivery added = later(harness, event, harness.samples.endpoint());
    harness.command(deliver(added));

    harness.store().log().purge(StoreHarness.FAR_AHEAD);

    assertThat(harness.store().log().event(Samples.SITE, event.id())).contains(event);
    Delivery mine = harness.claimAll(added.endpoint()).get(0);
    Attempt attempt = harness.samples.attempt(mine, harness.samples.success());
    harness.record(new AttemptResult(mine.delivered(harness.samples.now()), attempt));
    harness.store().log().purge(StoreHarness.FAR_AHEAD);
    assertThat(harness.store().log().event(Samples.SITE, event.id())).isEmpty();
    assertThat(harness.store().log().delivery(Samples.SITE, added.id())).isEmpty();
    assertThat(all(harness)).isEmpty();
    assertThat(harness.command(deliver(added))).isEqualTo(new Reply(Kind.NOT_FOUND, 0));
  }

  /** As the engine makes them: of an event that was accepted before, due now. */
  static Delivery later(StoreHarness harness, Event event, EndpointId endpoint) {
    return Delivery.of(harness.samples.pastDeliveryId(event), event, endpoint)
        .revived(harness.samples.now());
  }

  static Command deliver(Delivery... deliveries) {
    return new Command.Deliver(List.of(deliveries));
  }

  private static List<Delivery> ofEvent(StoreHarness harness, Event event) {
    return harness
        .store()
        .log()
        .deliveries(DeliveryQuery.ofSite(event.site()).event(event.id()))
        .data();
  }

  private static List<Delivery> all(StoreHarness harness) {
    return harness
        .store()
        .log()
        .deliveries(DeliveryQuery.ofSite(Samples.SITE).page(FilterContract.WHOLE))
        .data();
  }
}
