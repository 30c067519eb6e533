package dev.hookferry.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.contract.support.Samples;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.engine.effect.Sending;
import dev.hookferry.engine.simulation.World;
import dev.hookferry.id.SiteId;
import dev.hookferry.site.SiteSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Memory and windows are bounded, and nobody starves. */
class BoundsTest {
  @Test
  void requestsInFlightNeverExceedTheWindow() {
    World world = new World(World.SMALL.inFlight(100).window(3).owned(100).openPublishes(100));
    world.endpoint("https://a.example/", "*");
    world.receiver = sending -> null;

    for (int i = 0; i < 8; i++) {
      world.publish("license_created");
    }

    assertThat(world.sent).hasSize(3);
    world.end(world.sent.get(0), Outcomes.ok());
    assertThat(world.sent).hasSize(4);
  }

  @Test
  void excessDeliveriesStayInTheStoreUntilClaimed() {
    World world = new World(World.SMALL.inFlight(4).window(2).lane(4).owned(8));
    world.endpoint("https://a.example/", "*");
    List<Sending> hanging = new ArrayList<>();
    world.receiver =
        sending -> {
          hanging.add(sending);
          return null;
        };
    for (int i = 0; i < 50; i++) {
      world.publish("license_created");
    }
    assertThat(world.engine.load().owned()).isLessThanOrEqualTo(8);

    while (!hanging.isEmpty()) {
      world.end(hanging.remove(0), Outcomes.ok());
      world.advance(Duration.ofMillis(50));
      assertThat(world.engine.load().owned()).isLessThanOrEqualTo(8);
    }

    assertThat(world.sent).hasSize(50);
    assertThat(world.listener.settled()).hasSize(50);
  }

  @Test
  void bytesAreBoundedToo() {
    World world = new World(World.SMALL.inFlight(4).window(1).lane(100).owned(100).ownedBytes(100));
    world.endpoint("https://a.example/", "*");
    world.receiver = sending -> null;

    for (int i = 0; i < 20; i++) {
      world.publish("license_created");
    }

    assertThat(world.engine.load().owned()).isLessThan(10);
  }

  @Test
  void aHangingEndpointFillsOnlyItsOwnLane() {
    World world = new World(World.SMALL.inFlight(10).window(2).lane(4).owned(100));
    Endpoint hanging = world.endpoint("https://hanging.example/", "*");
    Endpoint healthy = world.endpoint("https://healthy.example/", "*");
    world.receiver = sending -> sending.endpoint().id().equals(hanging.id()) ? null : Outcomes.ok();

    for (int i = 0; i < 100; i++) {
      world.publish("license_created");
    }

    assertThat(world.sentByEndpoint().get(healthy.id())).isEqualTo(100);
    assertThat(world.sentByEndpoint().get(hanging.id())).isEqualTo(2);
  }

  @Test
  void sitesTakeTurns() {
    World world = new World(World.SMALL.inFlight(1).window(1).lane(100).batch(1_000));
    SiteId other = new SiteId("other");
    world.site(other, SiteSettings.DEFAULT);
    for (int i = 0; i < 5; i++) {
      world.endpoint("https://busy" + i + ".example/", "*");
    }
    Endpoint quiet = world.endpoint(other, "https://quiet.example/", "*");
    world.receiver = sending -> null;
    for (int i = 0; i < 10; i++) {
      world.publish("license_created");
    }
    world.publish(world.event(other, "license_created"));

    for (int i = 0; i < 3; i++) {
      world.end(world.sent.get(world.sent.size() - 1), Outcomes.ok());
    }

    assertThat(world.sentByEndpoint()).containsKey(quiet.id());
  }

  @Test
  void newEventsAreRefusedWhenTooManyAreWaiting() {
    World world = new World(World.SMALL.inFlight(4).window(2).lane(4).owned(8).openPublishes(3));
    world.commitsWait = true;
    for (int i = 0; i < 3; i++) {
      world.publish("license_created");
    }

    assertThatThrownBy(world.publish("license_created")::join).hasMessageContaining("too many");
    world.letCommitsGo();
    assertThat(world.publish(world.event(Samples.SITE, "license_created"))).isCompleted();
  }

  @Test
  void batchesNeverExceedTheirLimit() {
    World world = new World(World.SMALL.inFlight(100).window(10).lane(100).batch(10));
    world.commitsWait = true;
    for (int i = 0; i < 45; i++) {
      world.publish("license_created");
    }

    world.letCommitsGo();

    assertThat(world.batches).isNotEmpty().allMatch(batch -> batch.publications().size() <= 10);
    assertThat(world.listener.accepted()).hasSize(45);
  }
}
