package dev.hookferry.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.contract.support.Samples;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.delivery.Response;
import dev.hookferry.engine.effect.Sending;
import dev.hookferry.engine.simulation.World;
import dev.hookferry.event.Payload;
import dev.hookferry.observe.LoadLimits;
import dev.hookferry.refusal.UnstorableEventException;
import dev.hookferry.store.Node;
import dev.hookferry.store.RejectedBatchException;
import dev.hookferry.store.StoreException;
import dev.hookferry.store.UnknownOutcomeException;
import dev.hookferry.store.commit.Batch;
import dev.hookferry.store.commit.Command;
import dev.hookferry.store.config.ConfigChange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An entry that the store rejects ends on its own and harms no other. */
final class RejectedEntriesTest {
  private static final String BAD = "customer_deleted";
  private static final String GOOD = "license_created";
  private static final Outcome UNKEPT =
      Outcome.responded(
          new Response(200, Payload.of("hm"), false, "unfit", null), Duration.ofMillis(5));

  private final World world = new World(LoadLimits.DEFAULT, null, 2);

  @BeforeEach
  void oneEndpoint() {
    world.endpoint("https://a.example/", "*");
  }

  private void refuse(Predicate<Batch> what) {
    RejectedBatchException refusal =
        new RejectedBatchException("unfit", new IllegalStateException());
    world.judge = batch -> what.test(batch) ? refusal : null;
  }

  private static boolean hasBadEvent(Batch batch) {
    return batch.publications().stream()
        .flatMap(publication -> publication.entries().stream())
        .anyMatch(entry -> entry.event().type().name().equals(BAD));
  }

  private static boolean hasUnkept(Batch batch) {
    return batch.results().stream()
        .anyMatch(r -> r.attempt() != null && hasType(r.attempt().outcome().response()));
  }

  private static boolean hasType(@Nullable Response response) {
    return response != null && response.contentType() != null;
  }

  private boolean isOfBad(Batch batch) {
    return batch.results().stream().anyMatch(r -> r.delivery().type().name().equals(BAD));
  }

  @Test
  void oneRejectedEventFailsOnlyItsOwnCaller() {
    refuse(RejectedEntriesTest::hasBadEvent);
    world.commitsWait = true;
    List<CompletableFuture<?>> good = new ArrayList<>();
    CompletableFuture<?> bad = new CompletableFuture<>();
    for (int i = 0; i < 40; i++) {
      if (i == 17) {
        bad = world.publish(BAD);
      }
      good.add(world.publish(GOOD));
    }

    world.letCommitsGo();

    assertThat(good)
        .isNotEmpty()
        .allMatch(answer -> !answer.isCompletedExceptionally() && answer.isDone());
    assertThatThrownBy(bad::join)
        .hasCauseInstanceOf(UnstorableEventException.class)
        .hasMessageContaining("the store rejects this event");
    assertThat(world.engine.isFailing()).isFalse();
    world.advance(Duration.ofSeconds(1));
    assertThat(world.deliveries())
        .hasSize(40)
        .allMatch(delivery -> delivery.state() == DeliveryState.DELIVERED);
    assertThat(world.engine.load().owned()).isZero();
  }

  @Test
  void anAttemptIsLoggedWithoutAResponseThatCannotBeStored() {
    refuse(RejectedEntriesTest::hasUnkept);
    world.receiver = sending -> isBad(sending) ? UNKEPT : Outcomes.ok();
    publishAround();

    world.advance(Duration.ofSeconds(1));

    assertThat(world.deliveries()).isNotEmpty().allMatch(d -> d.state() == DeliveryState.DELIVERED);
    Attempt attempt = attemptOfBad();
    assertThat(attempt.outcome().statusCode()).isEqualTo(200);
    assertThat(attempt.outcome().detail()).contains("the store rejected the");
    assertThat(world.sent).as("nothing was sent again").hasSize(11);
    assertThat(world.engine.load().owned()).isZero();
  }

  @Test
  void aDeliveryWhoseResultsCannotBeStoredIsParked() {
    refuse(
        batch ->
            batch.results().stream()
                .anyMatch(
                    r ->
                        r.delivery().type().name().equals(BAD)
                            && r.delivery().state() != DeliveryState.POISONED));
    publishAround();

    world.advance(Duration.ofSeconds(5));
    publishAround();
    world.advance(Duration.ofSeconds(5));

    assertThat(ofBad()).hasSize(2).allMatch(d -> d.state() == DeliveryState.POISONED);
    assertThat(attemptOfBad().outcome().kind()).isEqualTo(OutcomeKind.WORKER_DIED);
    assertThat(attemptOfBad().outcome().detail()).contains("rejected the result of");
    assertThat(world.engine.load().owned()).isZero();
  }

  @Test
  void anEntryThatCannotBeStoredIsDroppedAndBlocksNothing() {
    refuse(this::isOfBad);
    publishAround();
    world.advance(Duration.ofSeconds(5));
    publishAround();
    world.advance(Duration.ofSeconds(5));

    assertThat(world.engine.load().owned()).isZero();
    assertThat(ofBad())
        .isNotEmpty()
        .allMatch(delivery -> delivery.state() == DeliveryState.PENDING);
    assertThat(world.sent).as("not again in this process").hasSize(22);
  }

  @Test
  void aFailureThatNamesNoEntryRejectsNone() {
    world.judge = batch -> hasUnkept(batch) ? new StoreException("failed") : null;
    world.receiver = sending -> isBad(sending) ? UNKEPT : Outcomes.ok();
    publishAround();
    world.advance(Duration.ofMinutes(5));
    assertThat(world.engine.isFailing()).isTrue();

    world.judge = batch -> null;
    world.advance(Duration.ofSeconds(5));

    assertThat(world.deliveries()).hasSize(11).allMatch(d -> d.state() == DeliveryState.DELIVERED);
    assertThat(attemptOfBad().outcome()).isEqualTo(UNKEPT);
    assertThat(world.sent).as("nothing was sent again").hasSize(11);
    assertThat(world.engine.load().owned()).isZero();
  }

  @Test
  void aStoreThatRejectsEverythingParksNothing() {
    refuse(batch -> true);
    world.receiver = sending -> Outcomes.ok();
    assertThatThrownBy(world.publish(GOOD)::join).hasMessageContaining("rejects this event");
    world.judge = batch -> null;
    world.publish(GOOD);
    refuse(batch -> !batch.results().isEmpty());
    world.receiver = sending -> Outcomes.refused();
    world.advance(Duration.ofMinutes(30));
    world.judge = batch -> null;
    world.receiver = sending -> Outcomes.ok();

    world.advance(Duration.ofMinutes(30));

    assertThat(world.deliveries()).isNotEmpty().allMatch(d -> d.state() == DeliveryState.DELIVERED);
  }

  /** Of deliveries whose endpoint was removed while the store cannot read one of their events. */
  @Test
  void rejectedAbandonmentIsRepeatedAndBlocksNothing() {
    world.receiver = sending -> Outcomes.refused();
    world.publish(GOOD);
    Delivery left = world.deliveries().get(0);
    AtomicInteger tries = new AtomicInteger();
    refuse(
        batch ->
            batch.commands().stream().anyMatch(Command.Abandon.class::isInstance)
                && tries.incrementAndGet() > 0);
    world.configure(new ConfigChange.RemoveEndpoint(left.endpoint()));
    world.advance(Duration.ofSeconds(10));

    assertThat(tries.get()).as("about once a second").isBetween(5, 30);
    assertThat(world.engine.isFailing()).isFalse();
    assertThat(world.publish(GOOD)).isCompleted();
    world.judge = batch -> null;
    world.advance(Duration.ofSeconds(2));
    assertThat(world.store.log().delivery(Samples.SITE, left.id()).orElseThrow().state())
        .isEqualTo(DeliveryState.CANCELLED);
  }

  @Test
  void drainingWaitsForAResultThatTheStoreRejectedAtFirst() {
    refuse(batch -> !batch.results().isEmpty());
    world.publish(GOOD);
    world.engine.drain();
    world.run();
    assertThat(world.engine.load().inFlight()).isZero();
    assertThat(world.engine.isDrained()).as("the result is not written").isFalse();

    world.judge = batch -> null;
    world.advance(Duration.ofSeconds(2));

    assertThat(world.engine.isDrained()).isTrue();
    assertThat(world.deliveries())
        .extracting(Delivery::state)
        .containsExactly(DeliveryState.DELIVERED);
    assertThat(world.sent).hasSize(1);
  }

  @Test
  void uncertainCommitRejectedLaterIsBisected() {
    List<Integer> tries = new ArrayList<>();
    world.judge =
        batch -> {
          if (!hasBadEvent(batch)) {
            return null;
          }
          tries.add(batch.publications().size());
          return tries.size() == 1
              ? new UnknownOutcomeException("lost", new IllegalStateException())
              : new RejectedBatchException("unfit", new IllegalStateException());
        };
    world.commitsWait = true;
    CompletableFuture<?> before = world.publish(GOOD);
    CompletableFuture<?> first = world.publish(GOOD);
    CompletableFuture<?> bad = world.publish(BAD);
    CompletableFuture<?> last = world.publish(GOOD);

    world.letCommitsGo();
    world.advance(Duration.ofSeconds(2));

    assertThat(List.of(before, first, last)).allMatch(CompletableFuture::isDone);
    assertThatThrownBy(bad::join).hasMessageContaining("the store rejects this event");
    assertThat(world.deliveries())
        .hasSize(3)
        .allMatch(delivery -> delivery.state() == DeliveryState.DELIVERED);
    assertThat(tries).endsWith(1);
  }

  /** Simulation, seed 61398: it owned the delivery again by then, so that no fence kept it back. */
  @Test
  void aFailedResultIsNotWrittenForTheNextOwner() {
    for (RuntimeException failure :
        List.of(
            new StoreException("failed"),
            new RejectedBatchException("unfit", new IllegalStateException()))) {
      World evicted = new World();
      evicted.retries(3, Duration.ofSeconds(60));
      evicted.endpoint("https://a.example/", "*");
      evicted.receiver = sending -> null;
      evicted.publish(GOOD);
      evicted.commitsWait = true;
      evicted.end(evicted.sent.get(0), Outcomes.refused());
      CompletableFuture<?> retry = evicted.retry(evicted.deliveries().get(0));
      evicted.clock.advance(Duration.ofSeconds(11));
      evicted.store.deliveries().heartbeat(evicted.store.deliveries().register(new Node("other")));
      evicted.heartbeat();
      assertThat(evicted.sent).as("it is claimed again, as if it had not been sent").hasSize(2);

      List<RuntimeException> failures = new ArrayList<>(List.of(failure));
      evicted.beforeCommit = () -> failures.isEmpty() ? null : failures.remove(0);
      evicted.letCommitsGo();
      evicted.advance(Duration.ofSeconds(5));
      assertThat(retry).as("it does not wait for a commit that will not come").isDone();
      evicted.end(evicted.sent.get(1), Outcomes.ok());

      assertThat(evicted.attempts())
          .extracting(Attempt::id)
          .containsExactly(evicted.sent.get(1).id());
      assertThat(evicted.deliveries().get(0).state()).isEqualTo(DeliveryState.DELIVERED);
      assertThat(evicted.engine.load().owned()).isZero();
    }
  }

  private static boolean isBad(Sending sending) {
    return sending.event().type().name().equals(BAD);
  }

  private void publishAround() {
    world.commitsWait = true;
    for (int i = 0; i < 11; i++) {
      world.publish(i == 5 ? BAD : GOOD);
    }
    world.letCommitsGo();
  }

  private List<Delivery> ofBad() {
    return world
        .store
        .log()
        .deliveries(dev.hookferry.query.DeliveryQuery.ofSite(Samples.SITE))
        .data()
        .stream()
        .filter(delivery -> delivery.type().name().equals(BAD))
        .toList();
  }

  private Attempt attemptOfBad() {
    return world.attempts().stream()
        .filter(attempt -> attempt.type().name().equals(BAD))
        .findFirst()
        .orElseThrow();
  }
}
