package dev.hookferry.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.delivery.Response;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointStatus;
import dev.hookferry.engine.simulation.World;
import dev.hookferry.event.Payload;
import dev.hookferry.store.StoreException;
import dev.hookferry.store.config.ConfigChange;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
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
  void aFailedStoreIsRetriedSoon() {
    world.endpoint("https://a.example/", "*");
    world.beforeCommit = () -> new StoreException("down");
    world.publish("license_created");
    world.beforeCommit = () -> null;

    setBack();

    assertThat(world.publish("license_created")).isCompleted();
    assertThat(world.sent).hasSize(1);
  }

  /** Nothing was sent there for hours, and three hours later all at once. */
  @Test
  void theRemainingBackoffStaysTheSame() {
    Endpoint endpoint = world.endpoint("https://a.example/", "*");
    world.receiver = sending -> busy("30");
    world.retries(5, Duration.ofSeconds(10));
    world.publish("license_created");
    world.receiver = sending -> Outcomes.ok();
    world.advance(Duration.ofSeconds(10));
    Instant until = world.now().minus(HOURS).plusSeconds(20);

    setBack();

    assertThat(Objects.requireNonNull(world.engine.unhealthy().get(endpoint.id())).until())
        .isEqualTo(until);
    world.publish("license_created");
    world.advance(Duration.ofSeconds(19));
    assertThat(world.sent).as("the rest is not over").hasSize(1);
    world.advance(Duration.ofSeconds(3));
    assertThat(world.sent).as("now it is, but for what is due by the old clock").hasSize(2);
  }

  /** By the new clock its end lies ahead again. */
  @Test
  void aFinishedBackoffStaysFinished() {
    Endpoint endpoint = world.endpoint("https://a.example/", "*");
    world.receiver = sending -> busy("30");
    world.retries(5, Duration.ofSeconds(10));
    world.publish("license_created");
    world.receiver = sending -> Outcomes.ok();
    world.advance(Duration.ofMinutes(2));
    world.receiver = sending -> Outcomes.refused();

    setBack();
    world.publish("license_created");
    world.receiver = sending -> Outcomes.ok();
    world.publish("license_created");

    assertThat(world.engine.unhealthy().get(endpoint.id())).isNull();
    assertThat(world.sent).hasSize(4);
  }

  /** An answer is heard before anything was decided by the new time. */
  @Test
  void aBackoffStartedAfterTheChangeIsRespected() {
    world.endpoint("https://a.example/", "*");
    world.receiver = sending -> null;
    world.retries(5, Duration.ofSeconds(10));
    world.publish("license_created");

    world.clock.set(world.now().minus(HOURS));
    world.end(world.sent.get(0), busy("30"));
    world.publish("license_created");
    world.advance(Duration.ofSeconds(29));

    assertThat(world.sent).hasSize(1);
    world.advance(Duration.ofSeconds(2));
    assertThat(world.sent.size()).isGreaterThan(1);
  }

  @Test
  void rateLimitedReleaseContinues() {
    Endpoint endpoint = world.endpoint("https://a.example/", "*");
    world.configure(
        new ConfigChange.PutEndpoint(endpoint.with(EndpointStatus.paused(world.now()))));
    for (int i = 0; i < 20; i++) {
      world.publish("license_created");
    }
    world.advance(Duration.ofMinutes(5));
    world.configure(
        new ConfigChange.PutEndpoint(endpoint.with(EndpointStatus.resumed(world.now(), 1))));
    world.advance(Duration.ofSeconds(5));
    int sent = world.sent.size();
    assertThat(sent).isBetween(4, 8);

    world.clock.set(world.now().minusSeconds(60));
    world.run();
    world.advance(Duration.ofSeconds(5));

    assertThat(world.sent.size()).isBetween(sent + 4, sent + 8);
  }

  /** A clock that is set right every few seconds let their time begin anew each time. */
  @Test
  void theTrialTimeOfASuspectDoesNotRestart() {
    world.endpoint("https://a.example/", "*");
    world.receiver = sending -> Outcome.failed(OutcomeKind.WORKER_DIED, "died", Duration.ZERO);
    world.publish("license_created");
    for (int i = 0; i < 60; i++) {
      world.advance(Duration.ofSeconds(2));
      world.clock.set(world.now().minusMillis(1));
      world.run();
    }

    assertThat(world.deliveries()).isNotEmpty().allMatch(d -> d.state() == DeliveryState.POISONED);
  }

  @Test
  void noEventWaitsForAdmissionForHours() {
    World full = new World(World.SMALL.inFlight(4).window(4).lane(100));
    full.endpoint("https://a.example/", "*");
    full.endpoint("https://b.example/", "*");
    full.receiver = sending -> null;
    for (int i = 0; i < 20; i++) {
      full.publish("license_created");
    }
    var last = full.publish("license_created");
    assertThat(last).as("the door is closed").isNotCompleted();

    full.clock.set(full.now().minus(HOURS));
    full.run();
    full.advance(Duration.ofMillis(1_100));

    assertThat(last).isCompleted();
  }

  private static Outcome busy(String seconds) {
    return Outcome.responded(
        new Response(503, Payload.empty(), false, null, seconds), Duration.ofMillis(1));
  }

  @Test
  void storedWorkIsClaimedSoon() {
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
