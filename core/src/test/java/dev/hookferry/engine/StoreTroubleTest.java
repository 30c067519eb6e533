package dev.hookferry.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.engine.effect.Sending;
import dev.hookferry.engine.simulation.World;
import dev.hookferry.observe.LoadLimits;
import dev.hookferry.store.Node;
import dev.hookferry.store.StoreException;
import dev.hookferry.store.StoreStoppedException;
import dev.hookferry.store.UnknownOutcomeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Failures of the store, eviction, and shutdown. */
class StoreTroubleTest {
  private final World world = new World();

  @Test
  void aPublishThatWasNotWrittenIsRefusedAndLeavesNoTrace() {
    world.endpoint("https://a.example/", "*");
    world.beforeCommit = () -> new StoreException("down");

    var answer = world.publish("license_created");

    assertThatThrownBy(answer::join).hasMessageContaining("the store is unavailable");
    assertThat(world.engine.load().owned()).isZero();
    world.beforeCommit = () -> null;
    world.advance(Duration.ofSeconds(5));
    assertThat(world.sent).isEmpty();
    assertThat(world.publish("license_created")).isCompleted();
    assertThat(world.sent).hasSize(1);
  }

  @Test
  void aStoppedStoreDoesNotDelayShutdown() {
    world.endpoint("https://a.example/", "*");
    world.receiver = sending -> null;
    world.publish("license_created");
    world.publish("license_created");
    StoreStoppedException stopped = new StoreStoppedException("gone", new IllegalStateException());
    world.beforeCommit = () -> stopped;
    world.engine.drain();
    world.run();
    assertThat(world.engine.isDrained()).as("requests are under way").isFalse();

    world.end(world.sent.get(0), Outcomes.ok());

    assertThat(world.engine.isDrained()).isTrue();
  }

  @Test
  void aDuplicateResponseDoesNotEndALaterAttempt() {
    world.endpoint("https://a.example/", "*");
    world.receiver = sending -> null;
    world.publish("license_created");
    Sending first = world.sent.get(0);
    world.end(first, Outcomes.refused());
    world.end(first, Outcomes.ok());
    world.advance(Duration.ofHours(1));
    assertThat(world.sent).as("the next attempt is under way").hasSize(2);

    world.end(first, Outcomes.ok());

    assertThat(world.attempts()).hasSize(1);
    assertThat(world.deliveries()).isNotEmpty().allMatch(d -> d.state() == DeliveryState.PENDING);
    world.end(world.sent.get(1), Outcomes.ok());
    assertThat(world.attempts()).hasSize(2);
    assertThat(world.deliveries()).isNotEmpty().allMatch(d -> d.state() == DeliveryState.DELIVERED);
  }

  @Test
  void publishesAreRefusedAtOnceWhileTheStoreIsDown() {
    world.beforeCommit = () -> new StoreException("down");
    world.publish("license_created");
    int commits = world.batches.size();

    assertThatThrownBy(world.publish("license_created")::join)
        .hasMessageContaining("the store does not respond");
    assertThat(world.batches).hasSize(commits);
  }

  @Test
  void entriesBehindAFailingCommitAreRefusedWithIt() {
    world.endpoint("https://a.example/", "*");
    world.commitsWait = true;
    var first = world.publish("license_created");
    var second = world.publish("license_created");
    world.beforeCommit = () -> new StoreException("down");

    world.letCommitsGo();

    assertThat(first).isCompletedExceptionally();
    assertThat(second).isCompletedExceptionally();
    assertThatThrownBy(second::join).hasMessageContaining("the store is unavailable");
    assertThat(world.batches).hasSize(1);
    assertThat(world.engine.load().pendingPublishes()).isZero();
    assertThat(world.engine.load().owned()).isZero();
  }

  @Test
  void oneCommitProbesTheStoreAndOthersDoNotWaitForIt() {
    world.endpoint("https://a.example/", "*");
    world.beforeCommit = () -> new StoreException("down");
    world.publish("license_created");
    world.commitsWait = true;
    world.advance(Duration.ofSeconds(1));
    var trying = world.publish("license_created");

    var other = world.publish("license_created");

    assertThat(other).isCompletedExceptionally();
    assertThatThrownBy(other::join).hasMessageContaining("the store does not respond");
    world.beforeCommit = () -> null;
    world.letCommitsGo();
    assertThat(trying).isCompleted();
    assertThat(world.publish("license_created")).isCompleted();
  }

  @Test
  void resultsAreKeptUntilTheStoreTakesThem() {
    world.endpoint("https://a.example/", "*");
    world.receiver = sending -> null;
    world.publish("license_created");
    world.beforeCommit = () -> new StoreException("down");
    world.end(world.sent.get(0), Outcomes.ok());
    world.advance(Duration.ofMinutes(3));
    assertThat(world.listener.settled()).isEmpty();

    world.beforeCommit = () -> null;
    world.advance(Duration.ofSeconds(5));

    assertThat(world.listener.settled()).hasSize(1);
    assertThat(world.sent).hasSize(1);
  }

  @Test
  void nothingIsSentWhileTheStoreCannotRecordIt() {
    world.endpoint("https://a.example/", "*");
    world.receiver = sending -> Outcomes.refused();
    world.retries(5, Duration.ofSeconds(1));
    world.publish("license_created");
    world.publish("license_created");
    int sent = world.sent.size();
    world.beforeCommit = () -> new StoreException("down");
    world.publish("license_created");

    world.advance(Duration.ofMillis(40));

    assertThat(world.sent).hasSize(sent);
  }

  @Test
  void anUncertainCommitIsRetriedWithoutDuplicates() {
    world.endpoint("https://a.example/", "*");
    List<RuntimeException> once = new ArrayList<>(List.of(new StoreException("reset")));
    world.afterCommit = () -> once.isEmpty() ? null : once.remove(0);

    var answer = world.publish("license_created");
    assertThat(answer).isNotDone();
    world.advance(Duration.ofSeconds(5));

    assertThat(answer).isCompleted();
    assertThat(world.sent).hasSize(1);
    assertThat(world.deliveries()).hasSize(1);
  }

  @Test
  void aCleanFailureAfterAnUncertainCommitProvesNothing() {
    world.endpoint("https://a.example/", "*");
    List<RuntimeException> lost = new ArrayList<>(List.of(new StoreException("reset")));
    List<RuntimeException> down = new ArrayList<>();
    world.afterCommit =
        () -> {
          if (lost.isEmpty()) {
            return null;
          }
          down.add(new StoreException("down"));
          return lost.remove(0);
        };
    world.beforeCommit = () -> down.isEmpty() ? null : down.remove(0);

    var answer = world.publish("license_created");
    world.advance(Duration.ofSeconds(5));

    assertThat(answer).isCompleted();
    assertThat(world.sent).hasSize(1);
    assertThat(world.deliveries().get(0).state()).isEqualTo(DeliveryState.DELIVERED);
  }

  @Test
  void aRetryWrittenByAnUncertainCommitIsNotLost() {
    world.endpoint("https://a.example/", "*");
    world.retries(1, Duration.ofSeconds(30));
    world.receiver = sending -> null;
    world.publish("license_created");
    List<RuntimeException> lost = new ArrayList<>(List.of(new StoreException("reset")));
    world.afterCommit = () -> lost.isEmpty() ? null : lost.remove(0);
    world.end(world.sent.get(0), Outcomes.refused());

    world.receiver = sending -> Outcomes.ok();
    world.advance(Duration.ofMinutes(1));

    assertThat(world.sent).extracting(Sending::number).containsExactly(1, 2);
    assertThat(world.deliveries().get(0).state()).isEqualTo(DeliveryState.DELIVERED);
  }

  @Test
  void anEvictedNodeContinuesAsANewOwner() {
    world.endpoint("https://a.example/", "*");
    world.receiver = sending -> null;
    world.publish("license_created");
    world.clock.advance(Duration.ofMinutes(1));
    World other = new World(LoadLimits.DEFAULT, world.store);
    other.clock.set(world.now());
    other.store.deliveries().heartbeat(other.owner());

    Sending old = world.sent.get(0);
    world.heartbeat();
    world.end(old, Outcomes.ok());
    assertThat(world.listener.attempts()).isEmpty();

    world.end(world.sent.get(1), Outcomes.ok());
    assertThat(world.deliveries().get(0).state()).isEqualTo(DeliveryState.DELIVERED);
    assertThat(world.deliveries().get(0).attempts()).isEqualTo(1);
    assertThat(world.engine.load().inFlight()).isZero();
  }

  @Test
  void aLateResultIsFencedOffAfterATakeover() {
    world.endpoint("https://a.example/", "*");
    world.receiver = sending -> null;
    world.publish("license_created");
    world.clock.advance(Duration.ofMinutes(1));
    var usurper = world.store.deliveries().register(new Node("usurper"));
    world.store.deliveries().heartbeat(usurper);

    world.end(world.sent.get(0), Outcomes.ok());

    assertThat(world.listener.attempts()).isEmpty();
    assertThat(world.listener.faults()).anyMatch(text -> text.contains("another node"));
    assertThat(world.deliveries().get(0).attempts()).isZero();
  }

  @Test
  void deliveriesOfADeadNodeAreTakenOver() {
    World dead = new World();
    dead.endpoint("https://a.example/", "*");
    dead.receiver = sending -> null;
    dead.publish("license_created");
    World heir = new World(LoadLimits.DEFAULT, dead.store);
    heir.engine.configured(dead.store.config().load(), heir.now());

    dead.clock.advance(Duration.ofMinutes(1));
    heir.clock.set(dead.now());
    heir.heartbeat();

    assertThat(heir.sent).hasSize(1);
    assertThat(heir.deliveries().get(0).state()).isEqualTo(DeliveryState.DELIVERED);
  }

  @Test
  void drainingFinishesRequestsInFlightAndReturnsTheRest() {
    World narrow = new World(World.SMALL.inFlight(100).window(1).owned(100).openPublishes(100));
    narrow.endpoint("https://a.example/", "*");
    narrow.receiver = sending -> null;
    narrow.publish("license_created");
    narrow.publish("license_created");
    narrow.engine.drain();
    narrow.run();

    assertThat(narrow.engine.isDrained()).isFalse();
    narrow.end(narrow.sent.get(0), Outcomes.ok());

    assertThat(narrow.engine.isDrained()).isTrue();
    assertThat(narrow.deliveries())
        .extracting(Delivery::state)
        .containsExactlyInAnyOrder(DeliveryState.DELIVERED, DeliveryState.PENDING);
    assertThat(narrow.sent).hasSize(1);
    assertThatThrownBy(narrow.publish("license_created")::join).hasMessageContaining("stopping");
    World next = new World(LoadLimits.DEFAULT, narrow.store);
    next.engine.configured(narrow.store.config().load(), next.now());
    next.run();
    assertThat(next.sent).hasSize(1);
  }

  @Test
  void aDuplicateOutcomeCountsOnce() {
    world.endpoint("https://a.example/", "*");
    world.publish("license_created");
    assertThat(world.deliveries())
        .extracting(Delivery::state)
        .containsExactly(DeliveryState.DELIVERED);

    world.end(world.sent.get(0), Outcomes.refused());

    assertThat(world.attempts()).hasSize(1);
    assertThat(world.listener.attempts()).hasSize(1);
    assertThat(world.deliveries())
        .extracting(Delivery::state)
        .containsExactly(DeliveryState.DELIVERED);
  }

  @Test
  void deliveriesOfAnUncertainCommitAreNotClaimedUntilItIsResolved() {
    world.endpoint("https://a.example/", "*");
    world.retries(5, Duration.ofSeconds(1));
    world.receiver = sending -> null;
    world.publish("license_created");
    world.afterCommit = () -> new StoreException("reset");
    world.end(world.sent.get(0), Outcomes.refused());
    int claims = world.claims.size();

    world.advance(Duration.ofSeconds(5));

    assertThat(world.sent).hasSize(1);
    assertThat(world.claims).hasSize(claims);
    world.receiver = sending -> Outcomes.ok();
    world.afterCommit = () -> null;
    world.advance(Duration.ofSeconds(5));
    assertThat(world.attempts()).extracting(Attempt::number).containsExactly(1, 2);
    assertThat(world.engine.load().owned()).isZero();
  }

  @Test
  void aDeliveryReclaimedBeforeTheCommitReturnsIsSentAfterwards() {
    world.endpoint("https://a.example/", "*");
    world.retries(5, Duration.ofSeconds(1));
    world.receiver = sending -> null;
    world.publish("license_created");
    // The commit is written at once, but its answer hangs for longer than the retry waits.
    world.answersWait = true;
    world.end(world.sent.get(0), Outcomes.refused());
    world.advance(Duration.ofSeconds(3));
    assertThat(world.sent).hasSize(1);

    world.receiver = sending -> Outcomes.ok();
    world.letAnswersGo(null);

    assertThat(world.listener.attempts()).extracting(Attempt::number).containsExactly(1, 2);
    assertThat(world.engine.load().owned()).isZero();
  }

  @Test
  void aReclaimedDeliveryProvesThatAnUncertainCommitWasWritten() {
    world.endpoint("https://a.example/", "*");
    world.retries(5, Duration.ofSeconds(1));
    world.receiver = sending -> null;
    world.publish("license_created");
    world.answersWait = true;
    world.end(world.sent.get(0), Outcomes.refused());
    world.advance(Duration.ofSeconds(3));

    world.receiver = sending -> Outcomes.ok();
    world.letAnswersGo(new UnknownOutcomeException("lost", new StoreException("reset")));
    world.advance(Duration.ofSeconds(3));

    assertThat(world.listener.attempts()).extracting(Attempt::number).containsExactly(1, 2);
    assertThat(world.sent).hasSize(2);
    assertThat(world.engine.load().owned()).isZero();
  }

  @Test
  void anEvictedNodeOwnsNothingOfItsUncertainCommit() {
    World other = new World(LoadLimits.DEFAULT, world.store);
    world.endpoint("https://a.example/", "*");
    world.receiver = sending -> null;
    world.afterCommit = () -> new StoreException("reset");
    var answer = world.publish("license_created");
    world.clock.advance(Duration.ofSeconds(11));
    other.store.deliveries().heartbeat(other.owner());
    world.heartbeat();

    world.afterCommit = () -> null;
    world.advance(Duration.ofSeconds(5));

    assertThat(answer).isCompleted();
    assertThat(world.sent).hasSize(1);
    world.end(world.sent.get(0), Outcomes.ok());
    assertThat(world.listener.settled()).hasSize(1);
    assertThat(world.engine.load().owned()).isZero();
  }
}
