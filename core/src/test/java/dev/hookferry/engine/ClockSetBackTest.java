package dev.hookferry.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.port.StoreException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The store's clock is set back by hours: nothing waits until it is as late again. */
final class ClockSetBackTest {
  private static final Duration HOURS = Duration.ofHours(3);

  private final World world = new World();

  private void setBack() {
    world.clock.set(world.now().minus(HOURS));
    world.run();
  }

  @Test
  void aStoreThatFailedIsTriedAgainSoon() {
    world.endpoint("https://a.example/", "*");
    world.beforeCommit = () -> new StoreException("down");
    world.publish("license_created");
    world.beforeCommit = () -> null;

    setBack();

    assertThat(world.publish("license_created")).isCompleted();
    assertThat(world.sent).hasSize(1);
  }

  @Test
  void workThatTheStoreHoldsIsAskedForSoon() {
    world.endpoint("https://a.example/", "*");
    world.receiver = sending -> Outcomes.refused();
    world.retries(3, Duration.ofSeconds(10));
    world.publish("license_created");
    int claims = world.claims.size();

    setBack();
    world.advance(Duration.ofSeconds(2));

    assertThat(world.claims.size()).isGreaterThan(claims);
    world.receiver = sending -> Outcomes.ok();
    world.publish("license_created");
    assertThat(world.deliveries()).anyMatch(d -> d.state() == DeliveryState.DELIVERED);
  }
}
