package dev.hookferry.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.contract.support.Samples;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointStatus;
import dev.hookferry.engine.effect.Sending;
import dev.hookferry.engine.simulation.World;
import dev.hookferry.event.Event;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import dev.hookferry.observe.Load;
import dev.hookferry.store.Node;
import dev.hookferry.store.Owner;
import dev.hookferry.store.commit.Command;
import dev.hookferry.store.commit.Command.Kind;
import dev.hookferry.store.config.ConfigChange;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Operators' commands on deliveries and their endpoints. */
class AdminCommandsTest {
  private final World world = new World();
  private final Endpoint endpoint = world.endpoint("https://a.example/", "*");

  @Test
  void aTestEndsIfItsEndpointIsRemovedMeanwhile() {
    CompletableFuture<Attempt> answer = new CompletableFuture<>();
    world.commitsWait = true;
    world.engine.test(world.event(Samples.SITE, "test"), endpoint.id(), answer, world.now());
    world.run();
    world.configure(new ConfigChange.RemoveEndpoint(endpoint.id()));

    world.letCommitsGo();

    assertThatThrownBy(answer::join).hasMessageContaining("the test could not be sent");
    assertThat(world.sent).isEmpty();
  }

  @Test
  void aRetryIsAnExtraAttemptInAnyState() {
    world.publish("license_created");

    assertThat(retry(only().id())).isEqualTo(Kind.DONE);

    assertThat(world.sent).extracting(Sending::number).containsExactly(1, 2);
    assertThat(only().state()).isEqualTo(DeliveryState.DELIVERED);
    assertThat(only().attempts()).isEqualTo(2);
  }

  @Test
  void retryingAnExhaustedDeliveryMakesOneAttempt() {
    world.retries(1, Duration.ofSeconds(10));
    world.receiver = sending -> Outcomes.refused();
    world.publish("license_created");
    world.advance(Duration.ofMinutes(1));
    assertThat(only().state()).isEqualTo(DeliveryState.EXHAUSTED);

    retry(only().id());
    world.advance(Duration.ofMinutes(1));

    assertThat(world.sent).extracting(Sending::number).containsExactly(1, 2, 3);
    assertThat(only().state()).isEqualTo(DeliveryState.EXHAUSTED);
  }

  @Test
  void retryingAPendingDeliverySendsItAtOnce() {
    world.receiver = sending -> world.sent.size() == 1 ? Outcomes.refused() : Outcomes.ok();
    world.publish("license_created");

    retry(only().id());

    assertThat(world.sent).hasSize(2);
    world.advance(Duration.ofHours(1));
    assertThat(world.sent).hasSize(2);
  }

  @Test
  void aRetryDuringARequestHasNoEffect() {
    world.receiver = sending -> null;
    world.publish("license_created");

    assertThat(retry(only().id())).isEqualTo(Kind.OWNED);
    assertThat(world.sent).hasSize(1);
  }

  @Test
  void unknownOrForeignDeliveriesAreNotFound() {
    world.publish("license_created");

    assertThat(retry(new Samples(99).deliveryId())).isEqualTo(Kind.NOT_FOUND);
    CompletableFuture<Kind> foreign = new CompletableFuture<>();
    world.engine.retry(
        new Command.Retry(new SiteId("other"), only().id(), world.now()), foreign, world.now());
    world.run();
    assertThat(foreign.join()).isEqualTo(Kind.NOT_FOUND);
  }

  @Test
  void aCancelledDeliveryIsNotSentAgain() {
    world.receiver = sending -> Outcomes.refused();
    world.publish("license_created");

    assertThat(cancel(only().id()).join()).isEqualTo(Kind.DONE);

    world.advance(Duration.ofHours(1));
    assertThat(world.sent).hasSize(1);
    assertThat(only().state()).isEqualTo(DeliveryState.CANCELLED);
    assertThat(cancel(only().id()).join()).isEqualTo(Kind.FINAL);
  }

  @Test
  void aQueuedDeliveryCanBeCancelled() {
    World narrow = new World(World.SMALL.inFlight(100).window(1).owned(100).openPublishes(100));
    narrow.endpoint("https://a.example/", "*");
    narrow.receiver = sending -> null;
    narrow.publish("license_created");
    narrow.publish("license_created");
    Delivery waiting = narrow.deliveries().get(0);
    CompletableFuture<Kind> answer = new CompletableFuture<>();

    narrow.engine.cancel(Samples.SITE, waiting.id(), () -> {}, answer, narrow.now());
    narrow.run();
    narrow.end(narrow.sent.get(0), Outcomes.ok());

    assertThat(answer.join()).isEqualTo(Kind.DONE);
    assertThat(narrow.sent).hasSize(1);
    assertThat(narrow.engine.load().owned()).isZero();
  }

  @Test
  void cancellingDuringARequestTakesEffectIfTheRequestFails() {
    world.receiver = sending -> null;
    world.publish("license_created");
    CompletableFuture<Kind> answer = cancel(only().id());
    assertThat(answer).isNotDone();

    world.end(world.sent.get(0), Outcomes.refused());

    assertThat(answer.join()).isEqualTo(Kind.DONE);
    assertThat(only().state()).isEqualTo(DeliveryState.CANCELLED);
    assertThat(world.listener.attempts()).hasSize(1);
  }

  @Test
  void cancellingDuringASuccessfulRequestIsTooLate() {
    world.receiver = sending -> null;
    world.publish("license_created");
    CompletableFuture<Kind> answer = cancel(only().id());

    world.end(world.sent.get(0), Outcomes.ok());

    assertThat(answer.join()).isEqualTo(Kind.FINAL);
    assertThat(only().state()).isEqualTo(DeliveryState.DELIVERED);
  }

  @Test
  void cancellingADeliveryThatAnotherOwnerTookOverHasNoEffect() {
    world.receiver = sending -> null;
    world.publish("license_created");
    CompletableFuture<Kind> answer = cancel(only().id());
    world.clock.advance(Duration.ofMinutes(1));
    Owner usurper = world.store.deliveries().register(new Node("usurper"));
    world.store.deliveries().heartbeat(usurper);

    world.end(world.sent.get(0), Outcomes.refused());

    assertThat(answer.join()).isEqualTo(Kind.OWNED);
    assertThat(only().state()).isEqualTo(DeliveryState.PENDING);
  }

  @Test
  void removingAnEndpointCancelsItsQueuedDeliveries() {
    World narrow =
        new World(World.SMALL.inFlight(100).window(1).lane(2).owned(3).openPublishes(2_000));
    Endpoint doomed = narrow.endpoint("https://a.example/", "*");
    narrow.receiver = sending -> null;
    for (int i = 0; i < 1_100; i++) {
      narrow.publish("license_created");
    }

    narrow.configure(new ConfigChange.RemoveEndpoint(doomed.id()));
    narrow.end(narrow.sent.get(0), Outcomes.refused());

    assertThat(narrow.store.deliveries().backlog(all -> true).pending()).isZero();
    assertThat(narrow.sent).hasSize(1);
    assertThat(narrow.engine.load().owned()).isZero();
  }

  @Test
  void pausingAnEndpointReturnsItsDeliveriesUntilItIsResumed() {
    World narrow = new World(World.SMALL.inFlight(100).window(1).owned(100).openPublishes(100));
    Endpoint paused = narrow.endpoint("https://a.example/", "*");
    narrow.receiver = sending -> null;
    narrow.publish("license_created");
    narrow.publish("license_created");
    narrow.configure(new ConfigChange.PutEndpoint(enabled(paused, false)));
    narrow.publish("license_created");
    narrow.end(narrow.sent.get(0), Outcomes.ok());
    narrow.advance(Duration.ofMinutes(1));
    assertThat(narrow.sent).hasSize(1);

    narrow.receiver = sending -> Outcomes.ok();
    narrow.configure(new ConfigChange.PutEndpoint(enabled(paused, true)));

    assertThat(narrow.sent).hasSize(3);
    assertThat(narrow.listener.settled()).hasSize(3);
  }

  @Test
  void aTestIsSentOnceEvenToAPausedEndpoint() {
    Endpoint other = world.endpoint("https://b.example/", "*");
    world.configure(new ConfigChange.PutEndpoint(enabled(endpoint, false)));
    world.receiver = sending -> Outcomes.refused();
    CompletableFuture<Attempt> answer = new CompletableFuture<>();

    world.engine.test(
        world.event(Samples.SITE, EventType.TEST.name()), endpoint.id(), answer, world.now());
    world.run();
    world.advance(Duration.ofHours(1));

    assertThat(answer.join().outcome().statusCode()).isEqualTo(500);
    assertThat(world.sentByEndpoint()).doesNotContainKey(other.id());
    assertThat(world.sent).hasSize(1);
    assertThat(only().state()).isEqualTo(DeliveryState.EXHAUSTED);
    assertThat(world.engine.load()).isEqualTo(new Load(0, 0, 0));
  }

  @ParameterizedTest
  @EnumSource(names = {"RESOLVER_ERROR", "INTERNAL_ERROR", "WORKER_DIED"})
  void aTestThatCouldNotBeSentIsNotSentLater(OutcomeKind kind) {
    world.receiver = sending -> Outcome.failed(kind, "out of order", Duration.ZERO);
    CompletableFuture<Attempt> answer = new CompletableFuture<>();

    world.engine.test(
        world.event(Samples.SITE, EventType.TEST.name()), endpoint.id(), answer, world.now());
    world.run();

    assertThatThrownBy(answer::join).hasMessageContaining("the test could not be sent");
    world.receiver = sending -> Outcomes.ok();
    world.advance(Duration.ofHours(1));
    assertThat(world.sent).hasSize(1);
    assertThat(only().state()).isEqualTo(DeliveryState.CANCELLED);
    assertThat(world.attempts()).isEmpty();
  }

  @Test
  void aTestOfAnUnknownEndpointIsRefused() {
    CompletableFuture<Attempt> answer = new CompletableFuture<>();

    world.engine.test(
        world.event(Samples.SITE, "test"), new Samples(5).endpoint(), answer, world.now());
    world.run();

    assertThatThrownBy(answer::join).hasMessageContaining("there is no endpoint");
  }

  @Test
  void anotherEndpointGetsTheEventOnceTheDeliveryIsStored() {
    world.receiver = sending -> Outcomes.ok();
    Event event = world.event(Samples.SITE, "license_created");
    world.publish(event);
    world.advance(Duration.ofHours(1));
    Endpoint further = world.endpoint("https://b.example/", "customer_created");
    CompletableFuture<Kind> answer = new CompletableFuture<>();

    world.engine.deliver(event, List.of(further.id(), endpoint.id()), answer, world.now());
    world.run();

    assertThat(answer.join()).isEqualTo(Kind.DONE);
    assertThat(world.sent).hasSize(2);
    assertThat(world.sent.get(1).endpoint().id()).isEqualTo(further.id());
    assertThat(world.sent.get(1).delivery().createdAt()).isEqualTo(event.acceptedAt());
    assertThat(world.engine.load()).isEqualTo(new Load(0, 0, 0));
  }

  private static Endpoint enabled(Endpoint e, boolean enabled) {
    return e.with(enabled ? EndpointStatus.ENABLED : EndpointStatus.paused(null));
  }

  private Delivery only() {
    assertThat(world.deliveries()).hasSize(1);
    return world.deliveries().get(0);
  }

  private Kind retry(DeliveryId id) {
    CompletableFuture<Kind> answer = new CompletableFuture<>();
    world.engine.retry(new Command.Retry(Samples.SITE, id, world.now()), answer, world.now());
    world.run();
    return answer.join();
  }

  private CompletableFuture<Kind> cancel(DeliveryId id) {
    CompletableFuture<Kind> answer = new CompletableFuture<>();
    world.engine.cancel(Samples.SITE, id, () -> {}, answer, world.now());
    world.run();
    return answer;
  }
}
