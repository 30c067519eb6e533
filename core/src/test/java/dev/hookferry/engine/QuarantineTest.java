package dev.hookferry.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Samples;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.CrashSuspicion;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.engine.effect.Sending;
import dev.hookferry.engine.simulation.World;
import dev.hookferry.limit.SendLimits;
import dev.hookferry.limit.SendRate;
import dev.hookferry.memory.MemoryStore;
import dev.hookferry.observe.LoadLimits;
import dev.hookferry.store.commit.Command;
import dev.hookferry.store.config.ConfigChange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A delivery that ends its process is found, and the others are not. */
class QuarantineTest {
  private static final Duration SILENT = Duration.ofSeconds(11);
  private static final String POISON = "customer_deleted";

  private final World first = new World();
  private final MemoryStore store = first.store;

  QuarantineTest() {
    first.endpoint("https://a.example/", "*");
  }

  @Test
  void aDeliveryThatCrashesEveryProcessIsTriedAloneThenPoisoned() {
    List<World> nodes = new ArrayList<>(List.of(first));
    dieOfPoison(first);
    publish(first, 20);
    World node = first;
    for (int i = 0; i < 5 && poisoned().isEmpty(); i++) {
      node = next(node);
      nodes.add(node);
      dieOfPoison(node);
    }

    assertThat(nodes).as("four that died, and one that knows").hasSize(5);
    assertThat(poisoned()).hasSize(1).allMatch(d -> d.type().name().equals(POISON));
    Delivery delivery = poisoned().get(0);
    List<Attempt> log = nodes.get(nodes.size() - 1).listener.attempts();
    assertThat(log).filteredOn(a -> a.delivery().equals(delivery.id())).hasSize(1);
    Attempt attempt =
        log.stream().filter(a -> a.delivery().equals(delivery.id())).findFirst().orElseThrow();
    assertThat(attempt.number()).isEqualTo(delivery.attempts()).isEqualTo(1);
    assertThat(attempt.outcome().kind()).isEqualTo(OutcomeKind.WORKER_DIED);
    assertThat(attempt.outcome().detail())
        .startsWith("the sending process or thread crashed repeatedly");
    assertThat(node.deliveries())
        .filteredOn(d -> !d.type().name().equals(POISON))
        .isNotEmpty()
        .allMatch(d -> d.state() == DeliveryState.DELIVERED);
  }

  /** A node whose store has deliveries that two processes died with. */
  private World withSuspects(int deliveries) {
    first.receiver = sending -> null;
    publish(first, deliveries);
    World second = next(first);
    second.receiver = sending -> null;
    second.advance(Duration.ofSeconds(2));
    World third = next(second);
    third.receiver = sending -> null;
    return third;
  }

  @Test
  void suspectsAreSentOneAfterAnother() {
    World third = withSuspects(4);

    third.advance(Duration.ofSeconds(29));
    assertThat(third.sent).as("they lie there for a while").isEmpty();
    assertThat(third.listener.isolated()).as("nobody could guess why").hasSize(4);
    assertThat(third.listener.isolated())
        .allMatch(one -> third.engine.holds().isIsolated(one.id()));
    third.advance(Duration.ofSeconds(2));

    assertThat(third.sent).hasSize(1);
    first.clock.set(third.now());
    third.publish(first.event(Samples.SITE, "license_created"));
    assertThat(third.sent).as("what is no suspect goes on").hasSize(2);
    for (int done = 0; done < 4; done++) {
      assertThat(suspectsUnderWay(third)).hasSize(1);
      third.end(suspectsUnderWay(third).iterator().next(), Outcomes.ok());
      third.advance(Duration.ofSeconds(1));
    }
    assertThat(third.sent).hasSize(5);
    assertThat(third.listener.settled()).hasSize(4);
    assertThat(third.listener.isolated())
        .hasSize(4)
        .noneMatch(one -> third.engine.holds().isIsolated(one.id()));
  }

  @Test
  void suspectsKeepToTheRateOfTheirEndpointAndAreNotHeldUpByIt() {
    World third = withSuspects(4);
    Endpoint limited =
        store
            .config()
            .load()
            .endpoints()
            .values()
            .iterator()
            .next()
            .with(s -> s.limits(SendLimits.of(new SendRate(6, SendRate.Unit.MINUTE))));
    third.configure(new ConfigChange.PutEndpoint(limited));
    third.receiver = sending -> Outcomes.ok();
    Instant begin = third.now();
    first.clock.set(begin);
    publish(third, 20);
    for (int tenths = 0; tenths < 1_200; tenths++) {
      third.advance(Duration.ofMillis(100));
    }

    assertThat(third.timesOfSending(limited.id())).hasSizeBetween(12, 13);
    assertThat(third.sent)
        .filteredOn(s -> s.event().acceptedAt().isBefore(begin))
        .as("suspects, in spite of what else waits")
        .hasSize(4);
  }

  /** Seed 101736 of the simulation: whoever came before a guilty one was convicted with it. */
  @Test
  void theNextSuspectWaitsUntilTheResultOfTheLastIsStored() {
    World third = withSuspects(2);
    third.advance(Duration.ofSeconds(31));
    assertThat(third.sent).hasSize(1);

    third.commitsWait = true;
    third.end(third.sent.get(0), Outcomes.ok());
    third.advance(Duration.ofSeconds(5));
    assertThat(third.sent).as("its mark is still there").hasSize(1);

    third.letCommitsGo();
    third.advance(Duration.ofSeconds(1));
    assertThat(third.sent).hasSize(2);
  }

  @Test
  void anOutcomeClearsASuspect() {
    first.receiver = sending -> null;
    publish(first, 1);
    first.receiver = sending -> Outcomes.refused();
    World second = next(first);
    second.advance(Duration.ofSeconds(2));
    second.receiver = sending -> Outcomes.ok();
    World third = next(second);
    third.advance(Duration.ofMinutes(10));

    assertThat(third.sent).hasSizeGreaterThanOrEqualTo(1);
    assertThat(third.deliveries()).isNotEmpty().allMatch(d -> d.state() == DeliveryState.DELIVERED);
    assertThat(third.batches)
        .noneMatch(
            b -> b.results().stream().anyMatch(r -> r.suspicion() == CrashSuspicion.FIRST_TRIAL));
  }

  @Test
  void aDeadThreadCountsLikeADeadProcess() {
    first.receiver =
        sending -> Outcome.failed(OutcomeKind.WORKER_DIED, "signing died", Duration.ZERO);
    publish(first, 1);

    first.advance(Duration.ofMinutes(1));

    assertThat(poisoned()).hasSize(1);
    assertThat(first.sent).hasSize(3);
    assertThat(first.engine.load().owned()).isZero();
  }

  @Test
  void aTrialWaitsForASlotInTheWindowOfItsEndpoint() {
    Outcome died = Outcome.failed(OutcomeKind.WORKER_DIED, "signing died", Duration.ZERO);
    first.receiver = sending -> sending.event().type().name().equals(POISON) ? died : null;
    publish(first, 1);
    first.advance(Duration.ofSeconds(7));
    assertThat(first.sent).as("so it is suspected twice").hasSize(2);
    for (int i = 0; i < 4; i++) {
      first.publish("license_created");
    }

    first.advance(Duration.ofMinutes(1));
    assertThat(first.sent).as("four hang, which is all that may be under way").hasSize(6);
    first.end(first.sent.get(2), Outcomes.ok());
    first.advance(Duration.ofSeconds(2));

    assertThat(first.sent).hasSize(7);
    assertThat(first.sent.get(6).event().type().name()).isEqualTo(POISON);
    first.advance(Duration.ofMinutes(1));
    assertThat(poisoned()).hasSize(1);
  }

  @Test
  void aPoisonedDeliveryCanBeRetried() {
    aDeadThreadCountsLikeADeadProcess();
    first.receiver = sending -> Outcomes.ok();
    Delivery delivery = poisoned().get(0);

    first.engine.retry(
        new Command.Retry(delivery.site(), delivery.id(), first.now()),
        new CompletableFuture<>(),
        first.now());
    first.run();
    first.advance(Duration.ofSeconds(1));

    assertThat(first.deliveries()).isNotEmpty().allMatch(d -> d.state() == DeliveryState.DELIVERED);
  }

  @Test
  void aSuspectCanBeCancelledBeforeItsTrial() {
    World third = withSuspects(1);
    third.advance(Duration.ofSeconds(2));
    CompletableFuture<Command.Kind> reply = new CompletableFuture<>();
    Delivery suspect = third.deliveries().get(0);

    third.engine.cancel(suspect.site(), suspect.id(), () -> {}, reply, third.now());
    third.run();

    assertThat(reply).isCompletedWithValue(Command.Kind.DONE);
    assertThat(third.engine.holds().isIsolated(suspect.id())).isFalse();
    third.advance(Duration.ofMinutes(1));
    assertThat(third.sent).isEmpty();
    assertThat(third.deliveries())
        .singleElement()
        .satisfies(d -> assertThat(d.state()).isEqualTo(DeliveryState.CANCELLED));
    assertThat(third.engine.load().owned()).isZero();
  }

  @Test
  void aStoppingNodeReturnsItsSuspects() {
    World third = withSuspects(4);
    third.advance(Duration.ofSeconds(2));

    third.engine.drain();
    third.run();

    assertThat(third.engine.load().owned()).isEqualTo(third.engine.load().inFlight());
  }

  @Test
  void aCrashBesideAnIdleSuspectIsNotHeldAgainstIt() {
    first.receiver = sending -> null;
    publish(first, 1);
    World node = next(next(first));
    for (int i = 0; i < 20; i++) {
      node.advance(Duration.ofSeconds(25));
      assertThat(node.sent).isEmpty();
      node = next(node);
    }

    assertThat(poisoned()).isEmpty();
    node.receiver = sending -> Outcomes.ok();
    node.advance(Duration.ofSeconds(40));
    assertThat(node.deliveries()).isNotEmpty().allMatch(d -> d.state() == DeliveryState.DELIVERED);
  }

  @Test
  void oneCrashDuringATrialMayBeACoincidence() {
    first.receiver = sending -> null;
    publish(first, 1);
    World node = next(next(first));
    node.receiver = sending -> null;
    node.advance(Duration.ofSeconds(40));
    assertThat(node.sent).hasSize(1);

    World last = next(node);
    last.receiver = sending -> Outcomes.ok();
    last.advance(Duration.ofMinutes(2));

    assertThat(last.deliveries()).isNotEmpty().allMatch(d -> d.state() == DeliveryState.DELIVERED);
  }

  /** They once took each other's marked suspects, and set them free again, forever. */
  @Test
  void twoNodesResolveManySuspects() {
    first.receiver = sending -> null;
    publish(first, 12);
    World dead = next(first);
    dead.receiver = sending -> null;
    dead.advance(Duration.ofSeconds(2));
    World one = next(dead);
    World other =
        new World(
            World.SMALL
                .inFlight(64)
                .window(1)
                .lane(4)
                .owned(4)
                .ownedBytes(10_000)
                .openPublishes(100)
                .batch(10),
            store);
    other.clock.set(one.now());
    other.engine.configured(store.config().load(), other.now());
    one.receiver = sending -> Outcomes.ok();
    other.receiver = one.receiver;
    for (int i = 0; i < 60; i++) {
      one.advance(Duration.ofSeconds(1));
      other.advance(Duration.ofSeconds(1));
    }

    assertThat(one.deliveries()).isNotEmpty().allMatch(d -> d.state() == DeliveryState.DELIVERED);
  }

  /** Sends until the poison is sent, and then is heard of no more. */
  private void dieOfPoison(World node) {
    node.receiver = sending -> sending.event().type().name().equals(POISON) ? null : Outcomes.ok();
    node.advance(Duration.ofSeconds(45));
  }

  private static Set<Sending> suspectsUnderWay(World node) {
    Set<Object> done =
        node.listener.attempts().stream().map(Attempt::id).collect(Collectors.toSet());
    return node.sent.stream()
        .filter(s -> s.event().acceptedAt().isBefore(node.clock.instant().minusSeconds(10)))
        .filter(s -> !done.contains(s.id()))
        .collect(Collectors.toSet());
  }

  /** Another node, after this one was silent for too long. */
  private World next(World dead) {
    World next = new World(LoadLimits.DEFAULT, store);
    next.clock.set(dead.now().plus(SILENT));
    first.clock.set(next.now());
    next.engine.configured(store.config().load(), next.now());
    next.receiver = dead.receiver;
    next.heartbeat();
    return next;
  }

  private List<Delivery> poisoned() {
    return first.deliveries().stream().filter(d -> d.state() == DeliveryState.POISONED).toList();
  }

  private static void publish(World world, int others) {
    for (int i = 0; i < others; i++) {
      if (i == others / 2) {
        world.publish(POISON);
      } else {
        world.publish("license_created");
      }
    }
  }
}
