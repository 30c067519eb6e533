package dev.hookferry.contract.store.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.store.fixture.StoreFixture;
import dev.hookferry.contract.store.fixture.StoreHarness;
import dev.hookferry.contract.support.Promise;
import dev.hookferry.contract.support.Samples;
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
import dev.hookferry.store.commit.HandBack;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The contract of recording results, and of rejecting some. */
@Promise(
    by = DeliveryStore.class,
    value =
        "Writes a batch atomically: its publications, results, hand-backs and commands, "
            + "in this order.")
public interface ResultContract extends StoreFixture {
  @Test
  default void recordsTheAttemptThatEndsADelivery(StoreHarness harness) {
    EndpointId endpoint = harness.samples.endpoint();
    Delivery delivery = harness.owned(endpoint);
    Attempt attempt = harness.samples.attempt(delivery, harness.samples.success());
    Delivery done = delivery.delivered(harness.samples.now());

    harness.record(new AttemptResult(done, attempt));

    assertThat(harness.shown(delivery)).isEqualTo(done);
    assertThat(attempts(harness, delivery)).containsExactly(attempt);
    assertThat(harness.claimAll(endpoint)).isEmpty();
  }

  private static List<Attempt> attempts(StoreHarness harness, Delivery delivery) {
    return harness
        .store()
        .log()
        .attempts(AttemptQuery.ofSite(delivery.site()).delivery(delivery.id()))
        .data();
  }

  @Test
  default void storesEveryFinalState(StoreHarness harness) {
    EndpointId endpoint = harness.samples.endpoint();
    Instant now = harness.samples.now();

    Delivery delivered = harness.settled(endpoint, delivery -> delivery.delivered(now));
    Delivery exhausted = harness.settled(endpoint, delivery -> delivery.exhausted(now));
    Delivery cancelled = harness.settled(endpoint, delivery -> delivery.cancelled(now));

    assertThat(List.of(delivered, exhausted, cancelled))
        .allSatisfy(delivery -> assertThat(harness.shown(delivery)).isEqualTo(delivery));
    assertThat(attempts(harness, cancelled)).isEmpty();
    assertThat(harness.claimAll(endpoint)).isEmpty();
  }

  @Promise(by = DeliveryStore.class, value = "Claims free deliveries: pending, due and unowned.")
  @Test
  default void returnsARetryOnceItIsDue(StoreHarness harness) {
    EndpointId endpoint = harness.samples.endpoint();
    Instant due = harness.samples.now().plusSeconds(300);
    Delivery retried = harness.settled(endpoint, delivery -> delivery.retryAt(due));

    ClaimRequest before =
        new ClaimRequest(Map.of(endpoint, 9), 9, Long.MAX_VALUE, due.minusMillis(1));
    assertThat(harness.store().deliveries().claim(harness.owner(), before).work()).isEmpty();

    assertThat(harness.claimAll(endpoint)).containsExactly(retried);
    assertThat(retried.attempts()).isEqualTo(1);
  }

  @Test
  default void postponesWithoutAnAttempt(StoreHarness harness) {
    EndpointId endpoint = harness.samples.endpoint();
    Delivery postponed =
        harness.settled(endpoint, delivery -> delivery.postponed(delivery.dueAt().plusSeconds(9)));

    assertThat(harness.shown(postponed)).isEqualTo(postponed);
    assertThat(attempts(harness, postponed)).isEmpty();
    assertThat(harness.claimAll(endpoint)).containsExactly(postponed);
  }

  @Test
  default void appendsEachAttempt(StoreHarness harness) {
    EndpointId endpoint = harness.samples.endpoint();
    Delivery delivery = harness.owned(endpoint);
    Attempt first = harness.samples.attempt(delivery, harness.samples.failure());
    Delivery waiting = delivery.retryAt(harness.samples.now().plusSeconds(1));
    harness.record(new AttemptResult(waiting, first));
    assertThat(harness.claimAll(endpoint)).containsExactly(waiting);
    Attempt second = harness.samples.attempt(waiting, harness.samples.failure());
    harness.record(new AttemptResult(waiting.exhausted(harness.samples.now()), second));

    assertThat(attempts(harness, delivery)).containsExactly(second, first);
    assertThat(harness.shown(delivery).attempts()).isEqualTo(2);
  }

  @Promise(
      by = DeliveryStore.class,
      value =
          "A result or hand-back is written only if the owner owns the delivery at this moment.")
  @Test
  default void refusesResultsForUnownedDeliveries(StoreHarness harness) {
    EndpointId endpoint = harness.samples.endpoint();
    Delivery free = harness.queued(endpoint);
    Delivery alreadyFinal = harness.settled(endpoint, d -> d.delivered(harness.samples.now()));
    Delivery unknown = harness.samples.delivery(harness.samples.event(), endpoint);
    Delivery freeToo = harness.queued(endpoint);
    Delivery mine = harness.owned(endpoint);
    Delivery mineToo = harness.owned(endpoint);
    Event event = harness.samples.event();

    CommitResult committed =
        harness.commit(
            new Batch(
                List.of(StoreHarness.free(event)),
                List.of(
                    result(harness, free),
                    new AttemptResult(alreadyFinal.revived(harness.samples.now()), null),
                    result(harness, unknown),
                    result(harness, mine)),
                List.of(
                    new HandBack(Samples.SITE, freeToo.id()),
                    new HandBack(Samples.SITE, mineToo.id())),
                List.of(new Command.Cancel(Samples.SITE, freeToo.id(), harness.samples.now()))));

    assertThat(committed.refused())
        .containsExactlyInAnyOrder(free.id(), alreadyFinal.id(), unknown.id(), freeToo.id());
    assertThat(committed.publications()).hasOnlyElementsOfType(CommitResult.Stored.class);
    assertThat(committed.replies()).containsExactly(new Command.Reply(Command.Kind.DONE, 1));
    assertThat(harness.shown(free)).isEqualTo(free);
    assertThat(harness.shown(alreadyFinal)).isEqualTo(alreadyFinal);
    assertThat(harness.store().log().delivery(Samples.SITE, unknown.id())).isEmpty();
    assertThat(attempts(harness, free)).isEmpty();
    assertThat(harness.shown(mine).state().isFinal()).isTrue();
    assertThat(harness.claimAll(endpoint)).containsExactlyInAnyOrder(free, mineToo);
  }

  private static AttemptResult result(StoreHarness harness, Delivery delivery) {
    Attempt attempt = harness.samples.attempt(delivery, harness.samples.success());
    return new AttemptResult(delivery.delivered(attempt.startedAt()), attempt);
  }

  @Promise(
      by = DeliveryStore.class,
      value =
          "A result or hand-back is written only if the owner owns the delivery at this moment.")
  @Test
  default void refusesResultsOfAnotherOwner(StoreHarness harness) {
    EndpointId endpoint = harness.samples.endpoint();
    Delivery sent = harness.owned(endpoint);
    Delivery handedBack = harness.owned(endpoint);
    Batch batch =
        new Batch(
            List.of(),
            List.of(result(harness, sent)),
            List.of(new HandBack(Samples.SITE, handedBack.id())),
            List.of());

    CommitResult other = harness.store().deliveries().commit(harness.register(), batch);

    assertThat(other.refused()).containsExactlyInAnyOrder(sent.id(), handedBack.id());
    assertThat(harness.claimAll(endpoint)).isEmpty();
    assertThat(harness.shown(sent)).isEqualTo(sent);
    assertThat(harness.commit(batch).refused()).isEmpty();
    assertThat(harness.claimAll(endpoint)).containsExactly(handedBack);
  }

  @Promise(
      by = DeliveryStore.class,
      value =
          "A result or hand-back is written only if the owner owns the delivery at this moment.")
  @Test
  default void refusesToPostponeADeliveryOfAnotherOwner(StoreHarness harness) {
    EndpointId endpoint = harness.samples.endpoint();
    Delivery postponed = harness.owned(endpoint);
    Delivery retried = harness.owned(endpoint);
    Instant later = harness.samples.now().plusSeconds(300);
    Attempt attempt = harness.samples.attempt(retried, harness.samples.failure());
    Batch late =
        new Batch(
            List.of(),
            List.of(
                new AttemptResult(postponed.postponed(later), null, CrashSuspicion.TWO_CRASHES),
                new AttemptResult(retried.retryAt(later), attempt)),
            List.of(),
            List.of());
    Owner before = harness.owner();
    Owner heir = harness.register();

    assertThat(harness.store().deliveries().commit(heir, late).refused())
        .as("never owned")
        .containsExactlyInAnyOrder(postponed.id(), retried.id());
    assertThat(harness.claimAll(heir, endpoint)).as("still owned").isEmpty();
    harness.store().deliveries().retire(before);
    assertThat(harness.commit(late).refused())
        .as("free again")
        .containsExactlyInAnyOrder(postponed.id(), retried.id());
    assertThat(work(harness, heir, endpoint))
        .containsExactlyInAnyOrder(
            Map.entry(postponed, CrashSuspicion.NONE), Map.entry(retried, CrashSuspicion.NONE));
    assertThat(harness.commit(late).refused())
        .as("owned by the heir")
        .containsExactlyInAnyOrder(postponed.id(), retried.id());

    assertThat(harness.claimAll(harness.register(), endpoint)).as("still the heir's").isEmpty();
    assertThat(harness.shown(postponed)).isEqualTo(postponed);
    assertThat(harness.shown(retried)).isEqualTo(retried);
    assertThat(attempts(harness, retried)).isEmpty();
    assertThat(harness.store().deliveries().commit(heir, late).refused()).isEmpty();
  }

  private static List<Map.Entry<Delivery, CrashSuspicion>> work(
      StoreHarness harness, Owner owner, EndpointId endpoint) {
    return harness
        .store()
        .deliveries()
        .claim(owner, StoreHarness.everything(endpoint))
        .work()
        .stream()
        .map(work -> Map.entry(work.delivery(), work.suspicion()))
        .toList();
  }

  @Promise(
      by = DeliveryStore.class,
      value =
          "A result or hand-back is written only if the owner owns the delivery at this moment.")
  @Test
  default void aResultEndsOwnership(StoreHarness harness) {
    EndpointId endpoint = harness.samples.endpoint();
    Delivery delivery = harness.owned(endpoint);
    Delivery waiting = delivery.retryAt(harness.samples.now().plusSeconds(1));
    harness.record(
        new AttemptResult(waiting, harness.samples.attempt(delivery, harness.samples.failure())));

    AttemptResult late = result(harness, waiting);

    assertThat(harness.commit(Batch.of(late)).refused()).containsExactly(delivery.id());
    assertThat(harness.shown(delivery)).isEqualTo(waiting);
  }

  @Promise(
      by = DeliveryStore.class,
      value =
          "A result or hand-back is written only if the owner owns the delivery at this moment.")
  @Test
  default void aRetriedBatchWritesNothingTwice(StoreHarness harness) {
    EndpointId endpoint = harness.samples.endpoint();
    Delivery sent = harness.owned(endpoint);
    Delivery handedBack = harness.owned(endpoint);
    Batch batch =
        new Batch(
            List.of(),
            List.of(result(harness, sent)),
            List.of(new HandBack(Samples.SITE, handedBack.id())),
            List.of());
    harness.commit(batch);
    final Delivery shown = harness.shown(sent);

    harness.commit(batch);

    assertThat(harness.shown(sent)).isEqualTo(shown);
    assertThat(attempts(harness, sent)).hasSize(1);
    assertThat(harness.claimAll(endpoint)).containsExactly(handedBack);
  }

  @Test
  default void writesABatchInOrder(StoreHarness harness) {
    EndpointId endpoint = harness.samples.endpoint();
    Delivery handedBack = harness.owned(endpoint);
    Delivery failed = harness.owned(endpoint);
    Event event = harness.samples.event();
    Delivery fresh = harness.samples.delivery(event, endpoint);
    Instant now = harness.samples.now();
    Attempt attempt = harness.samples.attempt(failed, harness.samples.failure());

    CommitResult committed =
        harness.commit(
            new Batch(
                List.of(StoreHarness.free(event, fresh)),
                List.of(new AttemptResult(failed.exhausted(now), attempt)),
                List.of(new HandBack(Samples.SITE, handedBack.id())),
                List.of(
                    retry(failed.id(), now),
                    new Command.Cancel(Samples.SITE, handedBack.id(), now),
                    new Command.Cancel(Samples.SITE, fresh.id(), now))));

    assertThat(committed.refused()).isEmpty();
    assertThat(committed.replies()).containsOnly(new Command.Reply(Command.Kind.DONE, 1));
    assertThat(harness.claimAll(endpoint)).containsExactly(failed.exhausted(now).revived(now));
  }

  private static Command retry(DeliveryId id, Instant at) {
    return new Command.Retry(Samples.SITE, id, at);
  }

  /** The first one ends the ownership, so the owner no longer owns what the second one changes. */
  @Test
  default void refusesASecondResultOrHandBackInABatch(StoreHarness harness) {
    EndpointId endpoint = harness.samples.endpoint();
    Instant now = harness.samples.now();
    Delivery retried = harness.owned(endpoint);
    Delivery done = harness.owned(endpoint);
    Delivery handedBack = harness.owned(endpoint);
    Delivery once = harness.owned(endpoint);
    AttemptResult waits =
        new AttemptResult(
            retried.retryAt(now.plusSeconds(1)),
            harness.samples.attempt(retried, harness.samples.failure()));
    AttemptResult ends = result(harness, done);

    CommitResult committed =
        harness.commit(
            new Batch(
                List.of(),
                List.of(
                    waits,
                    result(harness, retried),
                    ends,
                    result(harness, done),
                    result(harness, once)),
                List.of(
                    new HandBack(Samples.SITE, done.id()),
                    new HandBack(Samples.SITE, handedBack.id()),
                    new HandBack(Samples.SITE, handedBack.id())),
                List.of()));

    assertThat(committed.refused())
        .containsExactlyInAnyOrder(retried.id(), done.id(), handedBack.id());
    assertThat(harness.shown(retried)).isEqualTo(waits.delivery());
    assertThat(attempts(harness, retried)).containsExactly(waits.attempt());
    assertThat(harness.shown(done)).isEqualTo(ends.delivery());
    assertThat(attempts(harness, done)).containsExactly(ends.attempt());
    assertThat(attempts(harness, once)).hasSize(1);
    assertThat(harness.claimAll(endpoint)).containsExactlyInAnyOrder(waits.delivery(), handedBack);
  }

  @Test
  default void refusesResultsThatNameAnotherSite(StoreHarness harness) {
    EndpointId endpoint = harness.samples.endpoint();
    Delivery sent = harness.owned(endpoint);
    Delivery failed = harness.owned(endpoint);
    Delivery handedBack = harness.owned(endpoint);
    Event elsewhere = harness.samples.event(Samples.OTHER_SITE, sent.type());
    Delivery postponed = Delivery.of(failed.id(), elsewhere, endpoint);

    CommitResult committed =
        harness.commit(
            new Batch(
                List.of(),
                List.of(
                    result(harness, Delivery.of(sent.id(), elsewhere, endpoint)),
                    new AttemptResult(postponed.retryAt(harness.samples.now()), null)),
                List.of(new HandBack(Samples.OTHER_SITE, handedBack.id())),
                List.of()));

    assertThat(committed.refused())
        .containsExactlyInAnyOrder(sent.id(), failed.id(), handedBack.id());
    assertThat(harness.shown(sent)).isEqualTo(sent);
    assertThat(harness.claimAll(endpoint)).as("still owned").isEmpty();
    assertThat(harness.commit(Batch.of(result(harness, sent))).refused()).isEmpty();
  }
}
