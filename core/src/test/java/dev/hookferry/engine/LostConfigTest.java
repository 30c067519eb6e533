package dev.hookferry.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.engine.simulation.World;
import org.junit.jupiter.api.Test;

/** After a failover, the engine follows the configuration of the standby that was promoted. */
final class LostConfigTest {
  private final World world = new World();
  private final World standby = new World();

  private void follow() {
    world.engine.configured(standby.store.config().load(), world.now());
    world.publish("license_created");
  }

  @Test
  void appliesAnOlderVersionAndAnotherOneOfTheSameNumber() {
    world.endpoint("https://lost.example/", "*");
    follow();
    assertThat(world.sent).as("the endpoint is lost").isEmpty();

    standby.endpoint("https://new.example/", "*");
    follow();
    assertThat(world.sent).as("to the endpoint that took its version").hasSize(1);
  }
}
