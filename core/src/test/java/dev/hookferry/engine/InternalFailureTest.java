package dev.hookferry.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Samples;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.engine.effect.Sending;
import dev.hookferry.engine.simulation.SimulationSettings;
import dev.hookferry.engine.simulation.World;
import dev.hookferry.id.EndpointId;
import dev.hookferry.observe.OwnFault;
import dev.hookferry.store.StoreException;
import dev.hookferry.store.StoreFullException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Internal failures use up no attempt, and yet no delivery is postponed forever. */
class InternalFailureTest {
  private static final String BAD = "customer_deleted";

  private final World world = new World();

  private Outcome failed(OutcomeKind kind) {
    return Outcome.failed(kind, "of the test", Duration.ZERO);
  }

  private Delivery bad() {
    return world.deliveries().stream()
        .filter(delivery -> delivery.type().name().equals(BAD))
        .findFirst()
        .orElseThrow();
  }

  private void publishBoth() {
    world.endpoint("https://a.example/", "*");
    world.publish(BAD);
    world.publish("license_created");
  }

  @Test
  void aDeliveryThatFailsForADayIsParkedWithItsReason() {
    world.receiver =
        sending ->
            sending.event().type().name().equals(BAD)
                ? failed(OutcomeKind.INTERNAL_ERROR)
                : Outcomes.ok();
    publishBoth();

    world.advance(Duration.ofHours(23));
    assertThat(bad().state()).isEqualTo(DeliveryState.PENDING);
    assertThat(bad().attempts()).as("that counts").isZero();
    world.advance(Duration.ofHours(2));

    assertThat(bad().state()).isEqualTo(DeliveryState.POISONED);
    List<Attempt> log =
        world.attempts().stream().filter(a -> a.delivery().equals(bad().id())).toList();
    assertThat(log).hasSize(1);
    assertThat(log.get(0).number()).isEqualTo(1);
    assertThat(log.get(0).outcome().kind()).isEqualTo(OutcomeKind.INTERNAL_ERROR);
    assertThat(log.get(0).outcome().detail())
        .startsWith("only internal failures for a day")
        .endsWith("of the test");
    int sent = world.sent.size();
    world.advance(Duration.ofDays(2));
    assertThat(world.sent).hasSize(sent);
    assertThat(world.engine.load().owned()).isZero();
  }

  @Test
  void ourFaultsAreVisibleWhileTheyLast() {
    Outcome down =
        Outcome.failed(OutcomeKind.RESOLVER_ERROR, "our resolver is down", Duration.ZERO);
    world.receiver = sending -> down;
    EndpointId endpoint = world.endpoint("https://a.example/", "*").id();
    world.publish(BAD);
    Instant start = world.clock.instant();

    world.advance(Duration.ofSeconds(12));

    OwnFault seen = Objects.requireNonNull(world.engine.unhealthy().get(endpoint)).ownFault();
    assertThat(seen)
        .isEqualTo(
            new OwnFault(
                OwnFault.Kind.RESOLVER, "our resolver is down", 3, start, start.plusSeconds(10)));
    world.receiver = sending -> Outcomes.ok();
    world.advance(Duration.ofSeconds(10));
    assertThat(world.engine.unhealthy()).isEmpty();
  }

  @Test
  void aFailingStoreIsReportedUntilItRecovers() {
    world.endpoint("https://a.example/", "*");
    world.beforeCommit = () -> new StoreException("disk on fire");
    world.publish(BAD);

    assertThat(world.engine.storeFaults().current().values())
        .singleElement()
        .satisfies(fault -> assertThat(fault.kind()).isEqualTo(OwnFault.Kind.STORE))
        .satisfies(fault -> assertThat(fault.reason()).contains("disk on fire"));
    world.beforeCommit = () -> null;
    world.advance(Duration.ofSeconds(10));
    world.publish(BAD);
    assertThat(world.engine.storeFaults().current()).isEmpty();
  }

  @Test
  void fullStoreIsNotReportedAsUnresponsive() {
    world.endpoint("https://a.example/", "*");
    world.beforeCommit = () -> new StoreFullException("the disk is full", "/data is full");
    assertThat(world.publish(BAD)).isCompletedExceptionally();

    OwnFault full = world.engine.storeFaults().current().values().iterator().next();
    assertThat(full.summary()).isEqualTo("the disk is full");
    assertThat(full.reason()).endsWith("/data is full");
    OwnFault down = OwnFault.after(full, OwnFault.Kind.STORE, "no reply", full.at().plusSeconds(1));
    assertThat(down.summary()).isEqualTo("the store does not respond");
    assertThat(OwnFault.recent(List.of(full, down), down.at()).get(0).summary())
        .isEqualTo(down.summary());
  }

  @Test
  void faultsOfOneKindAreReportedTogetherAndExpire() {
    Instant now = world.clock.instant();
    OwnFault one = OwnFault.after(null, OwnFault.Kind.NODE, "no port", now.minusSeconds(20));
    OwnFault two = OwnFault.after(null, OwnFault.Kind.NODE, "no memory", now.minusSeconds(40));
    OwnFault three = OwnFault.after(two, OwnFault.Kind.NODE, "no thread", now.minusSeconds(10));
    OwnFault other = OwnFault.after(one, OwnFault.Kind.RESOLVER, "down", now.minusSeconds(2));

    assertThat(OwnFault.recent(List.of(one, three, other), now))
        .containsExactly(
            other,
            new OwnFault(
                OwnFault.Kind.NODE, "no thread", 3, now.minusSeconds(40), now.minusSeconds(10)));
    assertThat(OwnFault.recent(List.of(one, three), now.plusSeconds(300))).isEmpty();
  }

  @Test
  void postponementsGrowUpToALimit() {
    world.receiver = sending -> failed(OutcomeKind.INTERNAL_ERROR);
    world.endpoint("https://a.example/", "*");
    world.publish(BAD);

    world.advance(Duration.ofMinutes(10));

    List<Instant> times = world.sent.stream().map(Sending::startedAt).toList();
    List<Long> pauses =
        java.util.stream.IntStream.range(1, times.size())
            .mapToObj(i -> Duration.between(times.get(i - 1), times.get(i)).toSeconds())
            .toList();
    assertThat(pauses).startsWith(5L, 10L, 20L, 40L, 60L, 60L).allMatch(pause -> pause <= 60);
  }

  @Test
  void anOldDeliveryIsNotParkedForOneFailure() {
    world.retries(5, Duration.ofHours(20));
    world.receiver = sending -> Outcomes.refused();
    publishBoth();
    world.advance(Duration.ofHours(41));
    world.receiver = sending -> failed(OutcomeKind.INTERNAL_ERROR);
    world.advance(Duration.ofHours(20));
    assertThat(world.sent.size()).as("it met with failures of ours").isGreaterThan(60);
    world.receiver = sending -> Outcomes.ok();
    world.advance(Duration.ofMinutes(2));

    assertThat(world.deliveries()).isNotEmpty().allMatch(d -> d.state() == DeliveryState.DELIVERED);
  }

  @Test
  void resolverFailuresNeverParkADelivery() {
    world.receiver = sending -> Outcomes.ourFault();
    publishBoth();
    world.advance(Duration.ofDays(2));
    world.receiver = sending -> Outcomes.ok();
    world.advance(Duration.ofSeconds(6));

    assertThat(world.deliveries()).isNotEmpty().allMatch(d -> d.state() == DeliveryState.DELIVERED);
  }

  @Test
  void aResponseThatCannotBeClassifiedParksOnlyItsDelivery() {
    World breaking = new World(new Breaking());
    breaking.site(Samples.SITE, SimulationSettings.exponential());
    breaking.endpoint("https://a.example/", "*");
    breaking.receiver =
        sending -> sending.event().type().name().equals(BAD) ? Outcomes.refused() : Outcomes.ok();
    breaking.publish(BAD);
    breaking.publish("license_created");

    breaking.advance(Duration.ofMinutes(2));

    assertThat(breaking.sent).as("three of the bad one, one of the other").hasSize(4);
    assertThat(breaking.deliveries())
        .extracting(Delivery::state)
        .containsExactlyInAnyOrder(DeliveryState.POISONED, DeliveryState.DELIVERED);
    assertThat(breaking.engine.load().owned()).isZero();
    assertThat(breaking.engine.load().inFlight()).isZero();
  }

  /** Chance that fails whenever jitter is drawn. */
  private static final class Breaking extends Random {
    private static final long serialVersionUID = 1L;

    Breaking() {
      super(7);
    }

    @Override
    public double nextDouble() {
      throw new IllegalStateException("of the test");
    }
  }
}
