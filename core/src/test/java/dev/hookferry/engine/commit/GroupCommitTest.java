package dev.hookferry.engine.commit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.engine.simulation.World;
import dev.hookferry.observe.LoadLimits;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When a commit begins, on a store that takes several at once. */
final class GroupCommitTest {
  private final World world = new World(LoadLimits.DEFAULT, null, 2);

  @BeforeEach
  void begin() {
    world.endpoint("https://a.example/", "*");
    world.commitsWait = true;
    world.publish("license_created");
    world.batches.clear();
  }

  private void publish(int events) {
    for (int i = 0; i < events; i++) {
      world.publish("license_created");
    }
  }

  @Test
  void fewEntriesWaitForTheRunningCommit() {
    publish(199);

    assertThat(world.batches).isEmpty();
    world.letCommitsGo();
    assertThat(world.batches.get(0).publications()).hasSize(199);
  }

  @Test
  void manyEntriesDoNotWait() {
    publish(250);

    assertThat(world.batches).hasSize(1);
    assertThat(world.batches.get(0).publications()).hasSize(200);
  }

  @Test
  void concurrentCommitsAreLimitedByTheStore() {
    publish(1_000);
    world.advance(Duration.ofMinutes(1));

    assertThat(world.batches).hasSize(1);
  }

  @Test
  void aSlowCommitDelaysNoOther() {
    publish(1);

    world.advance(Duration.ofMillis(4));
    assertThat(world.batches).isEmpty();

    world.advance(Duration.ofMillis(1));
    assertThat(world.batches).hasSize(1);
  }
}
