package dev.hookferry.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.CrashSuspicion;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.Event;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.query.AttemptQuery;
import dev.hookferry.store.ClaimRequest;
import dev.hookferry.store.DeliveryStore;
import dev.hookferry.store.Owner;
import dev.hookferry.store.commit.AttemptResult;
import dev.hookferry.store.commit.Batch;
import dev.hookferry.store.commit.Command;
import dev.hookferry.store.commit.CommitResult;
import dev.hookferry.store.commit.Release;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How results are written, and which are refused. */
@Promise(
    by = DeliveryStore.class,
    value =
        "Writes a batch atomically: its publications, results, releases and commands, "
            + "in this order.")
public interface ResultContract extends StoreFixture {
  @Test
  default void endsADeliveryWithItsAttempt(Scene scene) {
    EndpointId endpoint = scene.samples.endpoint();
    Delivery delivery = scene.owned(endpoint);
    Attempt attempt = scene.samples.attempt(delivery, scene.samples.success());
    Delivery done = delivery.delivered(scene.samples.now());

    scene.record(new AttemptResult(done, attempt));

    assertThat(scene.shown(delivery)).isEqualTo(done);
    assertThat(attempts(scene, delivery)).containsExactly(attempt);
    assertThat(scene.claimAll(endpoint)).isEmpty();
  }

  private static List<Attempt> attempts(Scene scene, Delivery delivery) {
    return scene
        .store()
        .log()
        .attempts(AttemptQuery.ofSite(delivery.site()).withDelivery(delivery.id()))
        .data();
  }

  @Test
  default void keepsEveryFinalState(Scene scene) {
    EndpointId endpoint = scene.samples.endpoint();
    Instant now = scene.samples.now();

    Delivery delivered = scene.settled(endpoint, delivery -> delivery.delivered(now));
    Delivery exhausted = scene.settled(endpoint, delivery -> delivery.exhausted(now));
    Delivery cancelled = scene.settled(endpoint, delivery -> delivery.cancelled(now));

    assertThat(List.of(delivered, exhausted, cancelled))
        .allSatisfy(delivery -> assertThat(scene.shown(delivery)).isEqualTo(delivery));
    assertThat(attempts(scene, cancelled)).isEmpty();
    assertThat(scene.claimAll(endpoint)).isEmpty();
  }

  @Promise(by = DeliveryStore.class, value = "Claims free deliveries: pending, due and unowned.")
  @Test
  default void givesARetryOnceItIsDue(Scene scene) {
    EndpointId endpoint = scene.samples.endpoint();
    Instant due = scene.samples.now().plusSeconds(300);
    Delivery retried = scene.settled(endpoint, delivery -> delivery.retryAt(due));

    ClaimRequest before =
        new ClaimRequest(Map.of(endpoint, 9), 9, Long.MAX_VALUE, due.minusMillis(1));
    assertThat(scene.store().deliveries().claim(scene.owner(), before).work()).isEmpty();

    assertThat(scene.claimAll(endpoint)).containsExactly(retried);
    assertThat(retried.attempts()).isEqualTo(1);
  }

  @Test
  default void postponesWithoutAnAttempt(Scene scene) {
    EndpointId endpoint = scene.samples.endpoint();
    Delivery postponed =
        scene.settled(endpoint, delivery -> delivery.postponed(delivery.dueAt().plusSeconds(9)));

    assertThat(scene.shown(postponed)).isEqualTo(postponed);
    assertThat(attempts(scene, postponed)).isEmpty();
    assertThat(scene.claimAll(endpoint)).containsExactly(postponed);
  }

  @Test
  default void addsAttemptAfterAttempt(Scene scene) {
    EndpointId endpoint = scene.samples.endpoint();
    Delivery delivery = scene.owned(endpoint);
    Attempt first = scene.samples.attempt(delivery, scene.samples.failure());
    Delivery waiting = delivery.retryAt(scene.samples.now().plusSeconds(1));
    scene.record(new AttemptResult(waiting, first));
    assertThat(scene.claimAll(endpoint)).containsExactly(waiting);
    Attempt second = scene.samples.attempt(waiting, scene.samples.failure());
    scene.record(new AttemptResult(waiting.exhausted(scene.samples.now()), second));

    assertThat(attempts(scene, delivery)).containsExactly(second, first);
    assertThat(scene.shown(delivery).attempts()).isEqualTo(2);
  }

  @Promise(
      by = DeliveryStore.class,
      value = "A result or release is written only if the owner owns the delivery at this moment.")
  @Test
  default void refusesWhatTheOwnerDoesNotOwn(Scene scene) {
    EndpointId endpoint = scene.samples.endpoint();
    Delivery free = scene.queued(endpoint);
    Delivery alreadyFinal = scene.settled(endpoint, d -> d.delivered(scene.samples.now()));
    Delivery unknown = scene.samples.delivery(scene.samples.event(), endpoint);
    Delivery freeToo = scene.queued(endpoint);
    Delivery mine = scene.owned(endpoint);
    Delivery mineToo = scene.owned(endpoint);
    Event event = scene.samples.event();

    CommitResult committed =
        scene.commit(
            new Batch(
                List.of(Scene.free(event)),
                List.of(
                    result(scene, free),
                    new AttemptResult(alreadyFinal.revived(scene.samples.now()), null),
                    result(scene, unknown),
                    result(scene, mine)),
                List.of(
                    new Release(Samples.SITE, freeToo.id()),
                    new Release(Samples.SITE, mineToo.id())),
                List.of(new Command.Cancel(Samples.SITE, freeToo.id(), scene.samples.now()))));

    assertThat(committed.refused())
        .containsExactlyInAnyOrder(free.id(), alreadyFinal.id(), unknown.id(), freeToo.id());
    assertThat(committed.publications()).hasOnlyElementsOfType(CommitResult.Stored.class);
    assertThat(committed.replies()).containsExactly(new Command.Reply(Command.Kind.DONE, 1));
    assertThat(scene.shown(free)).isEqualTo(free);
    assertThat(scene.shown(alreadyFinal)).isEqualTo(alreadyFinal);
    assertThat(scene.store().log().delivery(Samples.SITE, unknown.id())).isEmpty();
    assertThat(attempts(scene, free)).isEmpty();
    assertThat(scene.shown(mine).state().isFinal()).isTrue();
    assertThat(scene.claimAll(endpoint)).containsExactlyInAnyOrder(free, mineToo);
  }

  private static AttemptResult result(Scene scene, Delivery delivery) {
    Attempt attempt = scene.samples.attempt(delivery, scene.samples.success());
    return new AttemptResult(delivery.delivered(attempt.startedAt()), attempt);
  }

  @Promise(
      by = DeliveryStore.class,
      value = "A result or release is written only if the owner owns the delivery at this moment.")
  @Test
  default void refusesTheResultsOfAnotherOwner(Scene scene) {
    EndpointId endpoint = scene.samples.endpoint();
    Delivery sent = scene.owned(endpoint);
    Delivery released = scene.owned(endpoint);
    Batch batch =
        new Batch(
            List.of(),
            List.of(result(scene, sent)),
            List.of(new Release(Samples.SITE, released.id())),
            List.of());

    CommitResult other = scene.store().deliveries().commit(scene.register(), batch);

    assertThat(other.refused()).containsExactlyInAnyOrder(sent.id(), released.id());
    assertThat(scene.claimAll(endpoint)).isEmpty();
    assertThat(scene.shown(sent)).isEqualTo(sent);
    assertThat(scene.commit(batch).refused()).isEmpty();
    assertThat(scene.claimAll(endpoint)).containsExactly(released);
  }

  @Promise(
      by = DeliveryStore.class,
      value = "A result or release is written only if the owner owns the delivery at this moment.")
  @Test
  default void refusesToPostponeWhatAnotherOwnerOwns(Scene scene) {
    EndpointId endpoint = scene.samples.endpoint();
    Delivery postponed = scene.owned(endpoint);
    Delivery retried = scene.owned(endpoint);
    Instant later = scene.samples.now().plusSeconds(300);
    Attempt attempt = scene.samples.attempt(retried, scene.samples.failure());
    Batch late =
        new Batch(
            List.of(),
            List.of(
                new AttemptResult(postponed.postponed(later), null, CrashSuspicion.TWICE),
                new AttemptResult(retried.retryAt(later), attempt)),
            List.of(),
            List.of());
    Owner before = scene.owner();
    Owner heir = scene.register();

    assertThat(scene.store().deliveries().commit(heir, late).refused())
        .as("never owned")
        .containsExactlyInAnyOrder(postponed.id(), retried.id());
    assertThat(scene.claimAll(heir, endpoint)).as("still owned").isEmpty();
    scene.store().deliveries().retire(before);
    assertThat(scene.commit(late).refused())
        .as("free again")
        .containsExactlyInAnyOrder(postponed.id(), retried.id());
    assertThat(work(scene, heir, endpoint))
        .containsExactlyInAnyOrder(
            Map.entry(postponed, CrashSuspicion.NONE), Map.entry(retried, CrashSuspicion.NONE));
    assertThat(scene.commit(late).refused())
        .as("owned by the heir")
        .containsExactlyInAnyOrder(postponed.id(), retried.id());

    assertThat(scene.claimAll(scene.register(), endpoint)).as("still the heir's").isEmpty();
    assertThat(scene.shown(postponed)).isEqualTo(postponed);
    assertThat(scene.shown(retried)).isEqualTo(retried);
    assertThat(attempts(scene, retried)).isEmpty();
    assertThat(scene.store().deliveries().commit(heir, late).refused()).isEmpty();
  }

  private static List<Map.Entry<Delivery, CrashSuspicion>> work(
      Scene scene, Owner owner, EndpointId endpoint) {
    return scene.store().deliveries().claim(owner, Scene.everything(endpoint)).work().stream()
        .map(work -> Map.entry(work.delivery(), work.suspicion()))
        .toList();
  }

  @Promise(
      by = DeliveryStore.class,
      value = "A result or release is written only if the owner owns the delivery at this moment.")
  @Test
  default void endsOwnershipWithTheResult(Scene scene) {
    EndpointId endpoint = scene.samples.endpoint();
    Delivery delivery = scene.owned(endpoint);
    Delivery waiting = delivery.retryAt(scene.samples.now().plusSeconds(1));
    scene.record(
        new AttemptResult(waiting, scene.samples.attempt(delivery, scene.samples.failure())));

    AttemptResult late = result(scene, waiting);

    assertThat(scene.commit(Batch.of(late)).refused()).containsExactly(delivery.id());
    assertThat(scene.shown(delivery)).isEqualTo(waiting);
  }

  @Promise(
      by = DeliveryStore.class,
      value = "A result or release is written only if the owner owns the delivery at this moment.")
  @Test
  default void writesNothingTwiceWhenABatchIsTriedAgain(Scene scene) {
    EndpointId endpoint = scene.samples.endpoint();
    Delivery sent = scene.owned(endpoint);
    Delivery released = scene.owned(endpoint);
    Batch batch =
        new Batch(
            List.of(),
            List.of(result(scene, sent)),
            List.of(new Release(Samples.SITE, released.id())),
            List.of());
    scene.commit(batch);
    final Delivery shown = scene.shown(sent);

    scene.commit(batch);

    assertThat(scene.shown(sent)).isEqualTo(shown);
    assertThat(attempts(scene, sent)).hasSize(1);
    assertThat(scene.claimAll(endpoint)).containsExactly(released);
  }

  @Test
  default void writesABatchInOrder(Scene scene) {
    EndpointId endpoint = scene.samples.endpoint();
    Delivery released = scene.owned(endpoint);
    Delivery failed = scene.owned(endpoint);
    Event event = scene.samples.event();
    Delivery fresh = scene.samples.delivery(event, endpoint);
    Instant now = scene.samples.now();
    Attempt attempt = scene.samples.attempt(failed, scene.samples.failure());

    CommitResult committed =
        scene.commit(
            new Batch(
                List.of(Scene.free(event, fresh)),
                List.of(new AttemptResult(failed.exhausted(now), attempt)),
                List.of(new Release(Samples.SITE, released.id())),
                List.of(
                    retry(failed.id(), now),
                    new Command.Cancel(Samples.SITE, released.id(), now),
                    new Command.Cancel(Samples.SITE, fresh.id(), now))));

    assertThat(committed.refused()).isEmpty();
    assertThat(committed.replies()).containsOnly(new Command.Reply(Command.Kind.DONE, 1));
    assertThat(scene.claimAll(endpoint)).containsExactly(failed.exhausted(now).revived(now));
  }

  private static Command retry(DeliveryId id, Instant at) {
    return new Command.Retry(Samples.SITE, id, at);
  }

  /** The first one ends the ownership, so the owner no longer owns what the second one changes. */
  @Test
  default void refusesTheSecondResultOrReleaseOfADeliveryInABatch(Scene scene) {
    EndpointId endpoint = scene.samples.endpoint();
    Instant now = scene.samples.now();
    Delivery retried = scene.owned(endpoint);
    Delivery done = scene.owned(endpoint);
    Delivery released = scene.owned(endpoint);
    Delivery once = scene.owned(endpoint);
    AttemptResult waits =
        new AttemptResult(
            retried.retryAt(now.plusSeconds(1)),
            scene.samples.attempt(retried, scene.samples.failure()));
    AttemptResult ends = result(scene, done);

    CommitResult committed =
        scene.commit(
            new Batch(
                List.of(),
                List.of(
                    waits, result(scene, retried), ends, result(scene, done), result(scene, once)),
                List.of(
                    new Release(Samples.SITE, done.id()),
                    new Release(Samples.SITE, released.id()),
                    new Release(Samples.SITE, released.id())),
                List.of()));

    assertThat(committed.refused())
        .containsExactlyInAnyOrder(retried.id(), done.id(), released.id());
    assertThat(scene.shown(retried)).isEqualTo(waits.delivery());
    assertThat(attempts(scene, retried)).containsExactly(waits.attempt());
    assertThat(scene.shown(done)).isEqualTo(ends.delivery());
    assertThat(attempts(scene, done)).containsExactly(ends.attempt());
    assertThat(attempts(scene, once)).hasSize(1);
    assertThat(scene.claimAll(endpoint)).containsExactlyInAnyOrder(waits.delivery(), released);
  }

  @Test
  default void refusesWhatNamesAnotherSite(Scene scene) {
    EndpointId endpoint = scene.samples.endpoint();
    Delivery sent = scene.owned(endpoint);
    Delivery released = scene.owned(endpoint);
    Event elsewhere = scene.samples.event(Samples.OTHER_SITE, sent.type());

    CommitResult committed =
        scene.commit(
            new Batch(
                List.of(),
                List.of(result(scene, Delivery.of(sent.id(), elsewhere, endpoint))),
                List.of(new Release(Samples.OTHER_SITE, released.id())),
                List.of()));

    assertThat(committed.refused()).containsExactlyInAnyOrder(sent.id(), released.id());
    assertThat(scene.shown(sent)).isEqualTo(sent);
    assertThat(scene.claimAll(endpoint)).as("still owned").isEmpty();
    assertThat(scene.commit(Batch.of(result(scene, sent))).refused()).isEmpty();
  }
}
