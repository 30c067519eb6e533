package dev.hookferry.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.engine.simulation.World;
import dev.hookferry.observe.LoadLimits;
import dev.hookferry.store.StoreException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A node that another one evicted reports only results that are lost. */
final class EvictionTest {
  private final World world =
      new World(World.SMALL.inFlight(100).window(1).owned(100).openPublishes(100));

  @BeforeEach
  void oneInFlightAndOneWaiting() {
    world.endpoint("https://a.example/", "*");
    world.receiver = sending -> null;
    world.publish("license_created");
    world.publish("license_created");
    assertThat(world.sent).hasSize(1);
    assertThat(world.engine.load().owned()).isEqualTo(2);
  }

  private void evict() {
    World other = new World(LoadLimits.DEFAULT, world.store);
    world.clock.advance(Duration.ofSeconds(11));
    other.store.deliveries().heartbeat(other.owner());
    world.heartbeat();
  }

  private String lostResult() {
    return "result not recorded: another node owns it now delivery="
        + world.sent.get(0).delivery().id();
  }

  @Test
  void reportsADeliveryInFlightAndNoneThatOnlyWaited() {
    evict();

    assertThat(world.listener.faults()).containsExactly(lostResult());
  }

  @Test
  void reportsAResultThatWaitsForItsCommit() {
    world.commitsWait = true;
    world.publish("license_created");
    world.end(world.sent.get(0), Outcomes.ok());

    evict();

    assertThat(world.listener.faults()).contains(lostResult());
  }

  /** The database goes away between the commit and its answer; nothing is lost. */
  @Test
  void reportsNoneThatAnEarlierTryOfTheCommitHasRecorded() {
    world.afterCommit = () -> new StoreException("reset");
    world.end(world.sent.get(0), Outcomes.ok());
    world.afterCommit = () -> null;
    world.advance(Duration.ofSeconds(10));

    assertThat(world.deliveries()).anyMatch(d -> d.state() == DeliveryState.DELIVERED);
    assertThat(world.listener.faults()).isNotEmpty().doesNotContain(lostResult());
  }

  @Test
  void reportsNoneThatWaitedToBeHandedBack() {
    world.commitsWait = true;
    world.engine.drain();
    world.run();

    evict();

    assertThat(world.listener.faults()).containsExactly(lostResult());
  }
}
