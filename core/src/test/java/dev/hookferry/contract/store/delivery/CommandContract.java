package dev.hookferry.contract.store.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.store.fixture.StoreFixture;
import dev.hookferry.contract.store.fixture.StoreHarness;
import dev.hookferry.contract.support.Promise;
import dev.hookferry.contract.support.Samples;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.event.Event;
import dev.hookferry.event.EventCatalog;
import dev.hookferry.id.EndpointId;
import dev.hookferry.query.AttemptQuery;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.store.DeliveryStore;
import dev.hookferry.store.commit.AttemptResult;
import dev.hookferry.store.commit.Batch;
import dev.hookferry.store.commit.Command;
import dev.hookferry.store.commit.Command.Kind;
import dev.hookferry.store.commit.Command.Reply;
import dev.hookferry.store.commit.CommitResult;
import dev.hookferry.store.commit.HandBack;
import dev.hookferry.store.commit.PublishEntry;
import java.time.Instant;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The contract of manual commands: retry and cancel. */
@Promise(
    by = Command.class,
    value = "A command of a user about deliveries that no living owner owns, or new ones.")
public interface CommandContract extends StoreFixture {
  /** The verbs that make a delivery final. */
  List<BiFunction<Delivery, Instant, Delivery>> ENDINGS =
      List.of(Delivery::delivered, Delivery::exhausted, Delivery::cancelled);

  @Promise(by = Command.class, value = "Makes a delivery pending and due, whatever its state")
  @Test
  default void retriesAPendingDelivery(StoreHarness harness) {
    EndpointId endpoint = harness.samples.endpoint();
    Instant due = harness.samples.now().plusSeconds(900);
    Delivery waiting = harness.settled(endpoint, delivery -> delivery.retryAt(due));
    Instant at = harness.samples.now();

    assertThat(harness.command(retry(waiting, at))).isEqualTo(new Reply(Kind.DONE, 1));

    assertThat(harness.shown(waiting)).isEqualTo(waiting.revived(at));
    assertThat(harness.claimAll(endpoint)).containsExactly(waiting.revived(at));
  }

  @Promise(by = Command.class, value = "Makes a delivery pending and due, whatever its state")
  @Test
  default void retriesADeliveryInEveryFinalState(StoreHarness harness) {
    for (BiFunction<Delivery, Instant, Delivery> ending : ENDINGS) {
      EndpointId endpoint = harness.samples.endpoint();
      Delivery ended = harness.settled(endpoint, d -> ending.apply(d, harness.samples.now()));
      Instant at = harness.samples.now().plusSeconds(5);

      assertThat(harness.command(retry(ended, at))).isEqualTo(new Reply(Kind.DONE, 1));

      assertThat(harness.shown(ended)).isEqualTo(ended.revived(at));
      assertThat(harness.claimAll(endpoint)).containsExactly(ended.revived(at));
    }
  }

  @Promise(by = Command.class, value = "attempt numbers continue")
  @Test
  default void aRetryKeepsTheAttemptCountAndLog(StoreHarness harness) {
    EndpointId endpoint = harness.samples.endpoint();
    Delivery delivery = harness.owned(endpoint);
    Attempt first = harness.samples.attempt(delivery, harness.samples.failure());
    harness.record(new AttemptResult(delivery.exhausted(harness.samples.now()), first));

    harness.command(retry(delivery, harness.samples.now()));
    Delivery revived = harness.claimAll(endpoint).get(0);
    Attempt second = harness.samples.attempt(revived, harness.samples.success());
    harness.record(new AttemptResult(revived.delivered(harness.samples.now()), second));

    assertThat(revived.attempts()).isEqualTo(1);
    assertThat(second.number()).isEqualTo(2);
    assertThat(
            harness
                .store()
                .log()
                .attempts(AttemptQuery.ofSite(Samples.SITE).delivery(delivery.id()))
                .data())
        .containsExactly(second, first);
    assertThat(harness.shown(delivery)).isEqualTo(revived.delivered(harness.samples.now()));
  }

  @Promise(by = Command.class, value = "Cancels a pending delivery.")
  @Test
  default void cancelsAPendingDelivery(StoreHarness harness) {
    EndpointId endpoint = harness.samples.endpoint();
    Delivery delivery = harness.queued(endpoint);
    Instant at = harness.samples.now().plusSeconds(3);

    assertThat(harness.command(cancel(delivery, at))).isEqualTo(new Reply(Kind.DONE, 1));

    assertThat(harness.shown(delivery)).isEqualTo(delivery.cancelled(at));
    assertThat(harness.claimAll(endpoint)).isEmpty();
  }

  @Promise(
      by = Command.class,
      value = "The delivery is final, so it cannot be cancelled; nothing was changed.")
  @Test
  default void doesNotCancelAFinalDelivery(StoreHarness harness) {
    for (BiFunction<Delivery, Instant, Delivery> ending : ENDINGS) {
      Delivery ended =
          harness.settled(harness.samples.endpoint(), d -> ending.apply(d, harness.samples.now()));

      assertThat(harness.command(cancel(ended, harness.samples.now())))
          .isEqualTo(new Reply(Kind.FINAL, 0));

      assertThat(harness.shown(ended)).isEqualTo(ended);
    }
  }

  @Promise(
      by = Command.class,
      value = "A living owner is sending the delivery at this moment; nothing was changed.")
  @Test
  default void leavesDeliveriesOfALiveOwnerAlone(StoreHarness harness) {
    EndpointId endpoint = harness.samples.endpoint();
    Delivery mine = harness.owned(endpoint);
    Delivery claimed = harness.queued(endpoint);
    harness.claimAll(endpoint);
    Instant at = harness.samples.now().plusSeconds(3);

    for (Delivery delivery : List.of(mine, claimed)) {
      assertThat(harness.command(retry(delivery, at))).isEqualTo(new Reply(Kind.OWNED, 0));
      assertThat(harness.command(cancel(delivery, at))).isEqualTo(new Reply(Kind.OWNED, 0));
      assertThat(
              harness
                  .store()
                  .deliveries()
                  .commit(harness.register(), Batch.of(cancel(delivery, at)))
                  .replies())
          .containsExactly(new Reply(Kind.OWNED, 0));
      assertThat(harness.shown(delivery)).isEqualTo(delivery);
    }
    assertThat(harness.command(abandon(endpoint, at, 10))).isEqualTo(new Reply(Kind.DONE, 0));
  }

  @Promise(
      by = Command.class,
      value = "The site has no such delivery, or no such event to deliver; nothing was changed.")
  @Test
  default void doesNotFindDeliveriesOfAnotherSite(StoreHarness harness) {
    Delivery pending = harness.queued(harness.samples.endpoint());
    Delivery ended =
        harness.settled(harness.samples.endpoint(), d -> d.delivered(harness.samples.now()));
    Delivery unknown = harness.samples.delivery(harness.samples.event());
    Instant at = harness.samples.now();

    assertThat(
            harness
                .commit(
                    Batch.of(
                        new Command.Retry(Samples.OTHER_SITE, pending.id(), at),
                        new Command.Cancel(Samples.OTHER_SITE, pending.id(), at),
                        new Command.Retry(Samples.OTHER_SITE, ended.id(), at),
                        new Command.Cancel(Samples.OTHER_SITE, ended.id(), at),
                        retry(unknown, at),
                        cancel(unknown, at)))
                .replies())
        .hasSize(6)
        .containsOnly(new Reply(Kind.NOT_FOUND, 0));
    assertThat(harness.shown(pending)).isEqualTo(pending);
    assertThat(harness.shown(ended)).isEqualTo(ended);
  }

  @Promise(
      by = Command.class,
      value = "The site has no such delivery, or no such event to deliver; nothing was changed.")
  @Test
  default void findsADeliveryInItsOwnSiteOnlyEvenWithinABatch(StoreHarness harness) {
    Delivery pending = harness.queued(harness.samples.endpoint());
    Delivery ended =
        harness.settled(harness.samples.endpoint(), d -> d.exhausted(harness.samples.now()));
    Instant at = harness.samples.now().plusSeconds(1);

    List<Reply> replies =
        harness
            .commit(
                Batch.of(
                    cancel(pending, at),
                    retry(ended, at),
                    new Command.Retry(Samples.OTHER_SITE, pending.id(), at),
                    new Command.Cancel(Samples.OTHER_SITE, ended.id(), at)))
            .replies();

    assertThat(replies)
        .extracting(Reply::kind)
        .containsExactly(Kind.DONE, Kind.DONE, Kind.NOT_FOUND, Kind.NOT_FOUND);
    assertThat(harness.shown(pending)).isEqualTo(pending.cancelled(at));
    assertThat(harness.shown(ended)).isEqualTo(ended.revived(at));
  }

  @Promise(
      by = DeliveryStore.class,
      value = "its publications, results, hand-backs and commands, in this order.")
  @Test
  default void retriesAndCancelsAFinalDeliveryInOneBatch(StoreHarness harness) {
    EndpointId endpoint = harness.samples.endpoint();
    Delivery ended = harness.settled(endpoint, d -> d.exhausted(harness.samples.now()));
    Instant at = harness.samples.now().plusSeconds(1);

    assertThat(harness.commit(Batch.of(retry(ended, at), cancel(ended, at))).replies())
        .containsExactly(new Reply(Kind.DONE, 1), new Reply(Kind.DONE, 1));

    assertThat(harness.shown(ended)).isEqualTo(ended.revived(at).cancelled(at));
    assertThat(harness.store().log().deliveries(DeliveryQuery.ofSite(Samples.SITE)).data())
        .containsExactly(ended.revived(at).cancelled(at));
    assertThat(harness.claimAll(endpoint)).isEmpty();
  }

  @Promise(by = CommitResult.class, value = "the reply to each command, in the order of the batch")
  @Test
  default void repliesToCommandsInOrder(StoreHarness harness) {
    Delivery delivery = harness.queued(harness.samples.endpoint());
    Instant at = harness.samples.now();

    assertThat(
            harness
                .commit(
                    Batch.of(
                        cancel(delivery, at),
                        cancel(delivery, at),
                        retry(delivery, at),
                        cancel(delivery, at.plusSeconds(1))))
                .replies())
        .extracting(Reply::kind)
        .containsExactly(Kind.DONE, Kind.FINAL, Kind.DONE, Kind.DONE);
    assertThat(harness.shown(delivery)).isEqualTo(delivery.cancelled(at.plusSeconds(1)));
  }

  @Promise(
      by = Command.class,
      value = "Cancels pending deliveries of an endpoint that was removed.")
  @Test
  default void abandonsAtMostTheGivenNumber(StoreHarness harness) {
    EndpointId removed = harness.samples.endpoint();
    EndpointId other = harness.samples.endpoint();
    List<Delivery> waiting = Stream.generate(() -> harness.queued(removed)).limit(5).toList();
    harness.settled(removed, d -> d.retryAt(d.dueAt().plusSeconds(3600)));
    Delivery untouched = harness.queued(other);
    Delivery ended = harness.settled(removed, d -> d.delivered(harness.samples.now()));
    Instant at = harness.samples.now().plusSeconds(1);

    List<Reply> replies =
        Stream.generate(() -> harness.command(abandon(removed, at, 4))).limit(3).toList();

    assertThat(replies)
        .containsExactly(new Reply(Kind.DONE, 4), new Reply(Kind.DONE, 2), new Reply(Kind.DONE, 0));
    assertThat(waiting)
        .isNotEmpty()
        .allSatisfy(d -> assertThat(harness.shown(d)).isEqualTo(d.cancelled(at)));
    assertThat(
            harness
                .store()
                .log()
                .deliveries(DeliveryQuery.ofSite(Samples.SITE).state(DeliveryState.CANCELLED))
                .data())
        .hasSize(6);
    assertThat(harness.shown(ended)).isEqualTo(ended);
    assertThat(harness.claimAll(removed, other)).containsExactly(untouched);
  }

  @Promise(
      by = Command.class,
      value = "Cancels pending deliveries of an endpoint that was removed.")
  @Test
  default void abandonsOnlyInItsOwnSite(StoreHarness harness) {
    Event event = harness.samples.event(Samples.OTHER_SITE, EventCatalog.QLM_EVENTS.get(0));
    Delivery delivery = harness.samples.delivery(event);
    harness.publish(event, delivery);

    assertThat(harness.command(abandon(delivery.endpoint(), harness.samples.now(), 9)))
        .isEqualTo(new Reply(Kind.DONE, 0));
    assertThat(harness.claimAll(delivery.endpoint())).containsExactly(delivery);
  }

  private static Command retry(Delivery delivery, Instant at) {
    return new Command.Retry(delivery.site(), delivery.id(), at);
  }

  private static Command cancel(Delivery delivery, Instant at) {
    return new Command.Cancel(delivery.site(), delivery.id(), at);
  }

  private static Command abandon(EndpointId endpoint, Instant at, int atMost) {
    return new Command.Abandon(Samples.SITE, endpoint, at, atMost);
  }

  @Promise(
      by = DeliveryStore.class,
      value = "its publications, results, hand-backs and commands, in this order.")
  @Test
  default void abandonCancelsDeliveriesOfItsOwnBatch(StoreHarness harness) {
    EndpointId endpoint = harness.samples.endpoint();
    EndpointId other = harness.samples.endpoint();
    Delivery handedBack = harness.owned(endpoint);
    Event one = harness.samples.event();
    Delivery free = harness.samples.delivery(one, endpoint);
    Delivery elsewhere = harness.samples.delivery(one, other);
    Event another = harness.samples.event();
    Delivery owned = harness.samples.delivery(another, endpoint);
    Instant now = harness.samples.now();

    CommitResult committed =
        harness.commit(
            new Batch(
                List.of(
                    StoreHarness.free(one, free, elsewhere),
                    PublishEntry.of(another, List.of(new PublishEntry.Queued(owned, true)))),
                List.of(),
                List.of(new HandBack(Samples.SITE, handedBack.id())),
                List.of(new Command.Abandon(Samples.SITE, endpoint, now, 9))));

    assertThat(committed.replies()).containsExactly(new Command.Reply(Command.Kind.DONE, 2));
    assertThat(harness.shown(free)).isEqualTo(free.cancelled(now));
    assertThat(harness.shown(handedBack)).isEqualTo(handedBack.cancelled(now));
    assertThat(harness.shown(owned)).isEqualTo(owned);
    assertThat(harness.claimAll(endpoint, other)).containsExactly(elsewhere);
  }
}
