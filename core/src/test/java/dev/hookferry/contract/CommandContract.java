package dev.hookferry.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.event.Event;
import dev.hookferry.event.EventCatalog;
import dev.hookferry.id.EndpointId;
import dev.hookferry.query.AttemptQuery;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.store.commit.AttemptResult;
import dev.hookferry.store.commit.Batch;
import dev.hookferry.store.commit.Command;
import dev.hookferry.store.commit.Command.Kind;
import dev.hookferry.store.commit.Command.Reply;
import dev.hookferry.store.commit.CommitResult;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How people's commands are carried out. */
@Promise(
    by = Command.class,
    value = "A command of a user about deliveries that no living owner owns, or new ones.")
public interface CommandContract extends StoreFixture {
  /** The verbs that make a delivery final. */
  List<BiFunction<Delivery, Instant, Delivery>> ENDINGS =
      List.of(Delivery::delivered, Delivery::exhausted, Delivery::cancelled);

  @Promise(by = Command.class, value = "Makes a delivery pending and due, whatever its state")
  @Test
  default void retriesADeliveryThatWaits(Scene scene) {
    EndpointId endpoint = scene.samples.endpoint();
    Instant due = scene.samples.now().plusSeconds(900);
    Delivery waiting = scene.settled(endpoint, delivery -> delivery.retryAt(due));
    Instant at = scene.samples.now();

    assertThat(scene.command(retry(waiting, at))).isEqualTo(new Reply(Kind.DONE, 1));

    assertThat(scene.shown(waiting)).isEqualTo(waiting.revived(at));
    assertThat(scene.claimAll(endpoint)).containsExactly(waiting.revived(at));
  }

  @Promise(by = Command.class, value = "Makes a delivery pending and due, whatever its state")
  @Test
  default void retriesADeliveryInEveryFinalState(Scene scene) {
    for (BiFunction<Delivery, Instant, Delivery> ending : ENDINGS) {
      EndpointId endpoint = scene.samples.endpoint();
      Delivery ended = scene.settled(endpoint, d -> ending.apply(d, scene.samples.now()));
      Instant at = scene.samples.now().plusSeconds(5);

      assertThat(scene.command(retry(ended, at))).isEqualTo(new Reply(Kind.DONE, 1));

      assertThat(scene.shown(ended)).isEqualTo(ended.revived(at));
      assertThat(scene.claimAll(endpoint)).containsExactly(ended.revived(at));
    }
  }

  @Promise(by = Command.class, value = "attempt numbers continue")
  @Test
  default void keepsCountAndLogOverARetry(Scene scene) {
    EndpointId endpoint = scene.samples.endpoint();
    Delivery delivery = scene.owned(endpoint);
    Attempt first = scene.samples.attempt(delivery, scene.samples.failure());
    scene.record(new AttemptResult(delivery.exhausted(scene.samples.now()), first));

    scene.command(retry(delivery, scene.samples.now()));
    Delivery revived = scene.claimAll(endpoint).get(0);
    Attempt second = scene.samples.attempt(revived, scene.samples.success());
    scene.record(new AttemptResult(revived.delivered(scene.samples.now()), second));

    assertThat(revived.attempts()).isEqualTo(1);
    assertThat(second.number()).isEqualTo(2);
    assertThat(
            scene
                .store()
                .log()
                .attempts(AttemptQuery.ofSite(Samples.SITE).withDelivery(delivery.id()))
                .data())
        .containsExactly(second, first);
    assertThat(scene.shown(delivery)).isEqualTo(revived.delivered(scene.samples.now()));
  }

  @Promise(by = Command.class, value = "Cancels a pending delivery.")
  @Test
  default void cancelsWhatIsPending(Scene scene) {
    EndpointId endpoint = scene.samples.endpoint();
    Delivery delivery = scene.queued(endpoint);
    Instant at = scene.samples.now().plusSeconds(3);

    assertThat(scene.command(cancel(delivery, at))).isEqualTo(new Reply(Kind.DONE, 1));

    assertThat(scene.shown(delivery)).isEqualTo(delivery.cancelled(at));
    assertThat(scene.claimAll(endpoint)).isEmpty();
  }

  @Promise(
      by = Command.class,
      value = "The delivery is final, so it cannot be cancelled; nothing was changed.")
  @Test
  default void cancelsNothingThatIsFinal(Scene scene) {
    for (BiFunction<Delivery, Instant, Delivery> ending : ENDINGS) {
      Delivery ended =
          scene.settled(scene.samples.endpoint(), d -> ending.apply(d, scene.samples.now()));

      assertThat(scene.command(cancel(ended, scene.samples.now())))
          .isEqualTo(new Reply(Kind.FINAL, 0));

      assertThat(scene.shown(ended)).isEqualTo(ended);
    }
  }

  @Promise(
      by = Command.class,
      value = "A living owner is sending the delivery at this moment; nothing was changed.")
  @Test
  default void leavesAloneWhatALivingOwnerSends(Scene scene) {
    EndpointId endpoint = scene.samples.endpoint();
    Delivery mine = scene.owned(endpoint);
    Delivery claimed = scene.queued(endpoint);
    scene.claimAll(endpoint);
    Instant at = scene.samples.now().plusSeconds(3);

    for (Delivery delivery : List.of(mine, claimed)) {
      assertThat(scene.command(retry(delivery, at))).isEqualTo(new Reply(Kind.OWNED, 0));
      assertThat(scene.command(cancel(delivery, at))).isEqualTo(new Reply(Kind.OWNED, 0));
      assertThat(
              scene
                  .store()
                  .deliveries()
                  .commit(scene.register(), Batch.of(cancel(delivery, at)))
                  .replies())
          .containsExactly(new Reply(Kind.OWNED, 0));
      assertThat(scene.shown(delivery)).isEqualTo(delivery);
    }
    assertThat(scene.command(abandon(endpoint, at, 10))).isEqualTo(new Reply(Kind.DONE, 0));
  }

  @Promise(
      by = Command.class,
      value = "The site has no such delivery, or no such event to deliver; nothing was changed.")
  @Test
  default void findsNoDeliveryOfAnotherSite(Scene scene) {
    Delivery pending = scene.queued(scene.samples.endpoint());
    Delivery ended = scene.settled(scene.samples.endpoint(), d -> d.delivered(scene.samples.now()));
    Delivery unknown = scene.samples.delivery(scene.samples.event());
    Instant at = scene.samples.now();

    assertThat(
            scene
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
    assertThat(scene.shown(pending)).isEqualTo(pending);
    assertThat(scene.shown(ended)).isEqualTo(ended);
  }

  @Promise(by = CommitResult.class, value = "the reply to each command, in the order of the batch")
  @Test
  default void answersCommandsInTheirOrder(Scene scene) {
    Delivery delivery = scene.queued(scene.samples.endpoint());
    Instant at = scene.samples.now();

    assertThat(
            scene
                .commit(
                    Batch.of(
                        cancel(delivery, at),
                        cancel(delivery, at),
                        retry(delivery, at),
                        cancel(delivery, at.plusSeconds(1))))
                .replies())
        .extracting(Reply::kind)
        .containsExactly(Kind.DONE, Kind.FINAL, Kind.DONE, Kind.DONE);
    assertThat(scene.shown(delivery)).isEqualTo(delivery.cancelled(at.plusSeconds(1)));
  }

  @Promise(
      by = Command.class,
      value = "Cancels pending deliveries of an endpoint that was removed.")
  @Test
  default void abandonsSoManyAtATime(Scene scene) {
    EndpointId removed = scene.samples.endpoint();
    EndpointId other = scene.samples.endpoint();
    List<Delivery> waiting = Stream.generate(() -> scene.queued(removed)).limit(5).toList();
    scene.settled(removed, d -> d.retryAt(d.dueAt().plusSeconds(3600)));
    Delivery untouched = scene.queued(other);
    Delivery ended = scene.settled(removed, d -> d.delivered(scene.samples.now()));
    Instant at = scene.samples.now().plusSeconds(1);

    List<Reply> replies =
        Stream.generate(() -> scene.command(abandon(removed, at, 4))).limit(3).toList();

    assertThat(replies)
        .containsExactly(new Reply(Kind.DONE, 4), new Reply(Kind.DONE, 2), new Reply(Kind.DONE, 0));
    assertThat(waiting)
        .isNotEmpty()
        .allSatisfy(d -> assertThat(scene.shown(d)).isEqualTo(d.cancelled(at)));
    assertThat(
            scene
                .store()
                .log()
                .deliveries(
                    DeliveryQuery.ofSite(Samples.SITE).withStates(Set.of(DeliveryState.CANCELLED)))
                .data())
        .hasSize(6);
    assertThat(scene.shown(ended)).isEqualTo(ended);
    assertThat(scene.claimAll(removed, other)).containsExactly(untouched);
  }

  @Promise(
      by = Command.class,
      value = "Cancels pending deliveries of an endpoint that was removed.")
  @Test
  default void abandonsInItsOwnSiteOnly(Scene scene) {
    Event event = scene.samples.event(Samples.OTHER_SITE, EventCatalog.QLM_EVENTS.get(0));
    Delivery delivery = scene.samples.delivery(event);
    scene.publish(event, delivery);

    assertThat(scene.command(abandon(delivery.endpoint(), scene.samples.now(), 9)))
        .isEqualTo(new Reply(Kind.DONE, 0));
    assertThat(scene.claimAll(delivery.endpoint())).containsExactly(delivery);
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
}
