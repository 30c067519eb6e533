package dev.hookferry.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointStatus;
import dev.hookferry.engine.simulation.World;
import dev.hookferry.store.config.ConfigChange;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Held deliveries come out at the chosen rate. */
class ReleaseTest {
  private final World world = new World();

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 50, 1000})
  void heldDeliveriesAreReleasedAtTheChosenRate(int perSecond) {
    Endpoint endpoint = held(20 * perSecond);

    resume(endpoint, perSecond);
    int grace = 2 * Math.max(1, perSecond / 10);
    for (int second = 1; second <= 20; second++) {
      world.advance(Duration.ofSeconds(1));
      assertThat(world.sent.size()).isLessThanOrEqualTo(second * perSecond + grace);
      assertThat(world.sent.size()).isGreaterThanOrEqualTo(second * perSecond * 9 / 10 - grace);
    }
    world.advance(Duration.ofSeconds(3));

    assertThat(world.sent).hasSize(20 * perSecond);
  }

  @Test
  void newEventsDoNotWaitBehindReleasedDeliveries() {
    Endpoint endpoint = held(1_000);
    resume(endpoint, 2);
    world.advance(Duration.ofSeconds(1));
    int before = world.sent.size();

    world.publish("license_created");

    assertThat(world.sent).hasSize(before + 1);
    assertThat(world.sent.get(before).delivery().createdAt()).isEqualTo(world.now());
  }

  @Test
  void otherEndpointsAreNotSlowedDown() {
    Endpoint endpoint = held(100);
    Endpoint other = world.endpoint("https://b.example/", "*");
    resume(endpoint, 1);
    for (int i = 0; i < 500; i++) {
      world.publish("license_created");
    }

    assertThat(world.sentByEndpoint()).containsEntry(other.id(), 500L);
  }

  @Test
  void theRateLimitEndsWithTheHeldDeliveries() {
    Endpoint endpoint = held(10);
    resume(endpoint, 10);
    world.advance(Duration.ofSeconds(5));
    world.retries(5, Duration.ofSeconds(10));
    world.receiver = sending -> Outcomes.refused();
    for (int i = 0; i < 9; i++) {
      world.publish("license_created");
    }
    world.receiver = sending -> Outcomes.ok();
    int before = world.sent.size();

    world.advance(Duration.ofSeconds(10));

    assertThat(world.sent).as("retries, all at once").hasSize(before + 9);
    assertThat(world.claims.get(world.claims.size() - 1).room().of(endpoint.id()))
        .isGreaterThan(10);
  }

  @Test
  void withoutARateAllAreReleasedAtOnce() {
    Endpoint endpoint = held(100);

    resume(endpoint, null);

    assertThat(world.sent).hasSize(100);
  }

  private Endpoint held(int deliveries) {
    Endpoint made = world.endpoint("https://a.example/", "*");
    Endpoint paused = made.with(EndpointStatus.paused(world.now()));
    world.configure(new ConfigChange.PutEndpoint(paused));
    for (int i = 0; i < deliveries; i++) {
      world.publish("license_created");
    }
    assertThat(world.sent).isEmpty();
    return paused;
  }

  private void resume(Endpoint endpoint, @Nullable Integer perSecond) {
    EndpointStatus status = EndpointStatus.resumed(world.now(), perSecond);
    world.configure(new ConfigChange.PutEndpoint(endpoint.with(status)));
  }
}
