package dev.hookferry.engine.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.engine.simulation.World;
import dev.hookferry.store.StoreException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Callers of a commit whose outcome stays unknown do not wait forever. */
final class CommitInDoubtTest {
  private final World world = new World();

  @Test
  void callersLearnThatTheirCommitIsUnresolved() {
    world.endpoint("https://a.example/", "*");
    world.afterCommit = () -> new StoreException("reset");
    var answer = world.publish("license_created");
    world.advance(Duration.ofSeconds(10));
    assertThat(answer).isNotDone();

    world.advance(Duration.ofSeconds(20));

    assertThatThrownBy(answer::join)
        .hasMessageContaining("it is unknown whether the event was stored");
    world.afterCommit = () -> null;
    world.advance(Duration.ofSeconds(5));
    assertThat(world.deliveries()).hasSize(1);
    assertThat(world.sent).as("the event was kept all the same").hasSize(1);
  }
}
