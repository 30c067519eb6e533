package dev.hookferry.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.contract.support.Samples;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.engine.effect.Sending;
import dev.hookferry.engine.simulation.World;
import dev.hookferry.event.Event;
import dev.hookferry.event.Receipt;
import dev.hookferry.id.SiteId;
import dev.hookferry.site.SiteSettings;
import dev.hookferry.store.StoreException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The machine is shared: between prompt and slow, fresh and old, acceptance and delivery. */
class BalanceTest {
  private static final Outcome HUNG =
      Outcome.failed(OutcomeKind.TIMEOUT, "no answer", Duration.ofSeconds(15));

  @Test
  void theWindowStartsSmallAndGrowsWithResponses() {
    World world = new World();
    world.endpoint("https://a.example/", "*");
    world.receiver = sending -> null;
    publish(world, 100);

    assertThat(world.sent).hasSize(4);
    for (int i = 0; i < 4; i++) {
      world.end(world.sent.get(i), Outcomes.ok());
    }
    assertThat(world.sent).hasSize(4 + 8);
  }

  @Test
  void theWindowHalvesWithEveryTimeoutAndNeverCloses() {
    World world = new World();
    world.retries(0, Duration.ofSeconds(1));
    world.endpoint("https://a.example/", "*");
    world.receiver = sending -> null;
    publish(world, 100);

    for (int i = 0; i < 4; i++) {
      world.end(world.sent.get(i), HUNG);
    }

    assertThat(world.sent).hasSize(5);
    world.end(world.sent.get(4), HUNG);
    assertThat(world.sent).hasSize(6);
  }

  @Test
  void hangingEndpointsLeaveRoomForHealthyOnes() {
    World world = new World(World.SMALL.inFlight(10).window(4));
    for (int i = 0; i < 10; i++) {
      world.endpoint("https://hanging" + i + ".example/", "license_*");
    }
    Endpoint healthy = world.endpoint("https://healthy.example/", "customer_*");
    world.receiver = sending -> sending.endpoint().id().equals(healthy.id()) ? Outcomes.ok() : null;
    publish(world, 4);
    assertThat(world.engine.load().inFlight()).isEqualTo(10);

    world.advance(Duration.ofSeconds(1));
    world.publish("customer_created");

    assertThat(world.sentByEndpoint()).containsEntry(healthy.id(), 1L);
    world.advance(Duration.ofSeconds(10));
    publish(world, 20);
    assertThat(world.engine.load().inFlight()).isEqualTo(10);
  }

  @Test
  void newlyHangingEndpointsCannotTakeTheLastSlots() {
    World world = new World(World.SMALL.inFlight(12).window(12).lane(100));
    Endpoint healthy = world.endpoint("https://healthy.example/", "customer_*");
    for (int i = 0; i < 2; i++) {
      world.endpoint("https://hanging" + i + ".example/", "license_*");
    }
    world.receiver = sending -> Outcomes.ok();
    publish(world, 12);
    world.receiver = sending -> sending.endpoint().id().equals(healthy.id()) ? Outcomes.ok() : null;
    publish(world, 12);

    assertThat(world.engine.load().inFlight()).isEqualTo(8);
    world.publish("customer_created");
    assertThat(world.sentByEndpoint()).containsEntry(healthy.id(), 1L);
  }

  @Test
  void aTenthOfASecondIsSlowWhenFewSlotsAreLeft() {
    World world = new World(World.SMALL.inFlight(10).window(4));
    for (int i = 0; i < 10; i++) {
      world.endpoint("https://hanging" + i + ".example/", "license_*");
    }
    Endpoint healthy = world.endpoint("https://healthy.example/", "customer_*");
    world.receiver = sending -> sending.endpoint().id().equals(healthy.id()) ? Outcomes.ok() : null;
    world.publish("license_created");
    assertThat(world.engine.load().inFlight()).isEqualTo(10);

    world.publish("customer_created");
    world.advance(Duration.ofMillis(99));
    assertThat(world.sentByEndpoint()).doesNotContainKey(healthy.id());
    world.advance(Duration.ofMillis(1));
    assertThat(world.sentByEndpoint()).containsEntry(healthy.id(), 1L);
  }

  @Test
  void anEndpointThatRespondsAgainCountsAsFastAgain() {
    World world = new World(World.SMALL.inFlight(2).window(1));
    Endpoint slow = world.endpoint("https://slow.example/", "license_*");
    world.receiver = sending -> null;
    publish(world, 3);
    world.advance(Duration.ofSeconds(2));
    world.end(world.sent.get(0), Outcomes.ok());
    for (int i = 0; i < 2; i++) {
      world.endpoint("https://hanging" + i + ".example/", "customer_*");
    }
    world.publish("customer_created");
    world.advance(Duration.ofSeconds(2));

    world.end(world.sent.get(1), Outcomes.ok());

    assertThat(world.sentByEndpoint()).containsEntry(slow.id(), 3L);
  }

  @Test
  void newEventsDoNotWaitBehindRetries() {
    World world = new World(World.SMALL.inFlight(10).window(1).lane(8).owned(16));
    world.retries(1, Duration.ofSeconds(60));
    world.endpoint("https://a.example/", "*");
    world.receiver = sending -> Outcomes.refused();
    publish(world, 100);
    world.receiver = sending -> null;
    world.advance(Duration.ofSeconds(61));
    int before = world.sent.size();

    publish(world, 1);
    for (int i = 0; i < 3; i++) {
      world.end(world.sent.get(world.sent.size() - 1), Outcomes.ok());
    }

    assertThat(world.sent.subList(before, world.sent.size())).anyMatch(s -> s.number() == 1);
  }

  @Test
  void retriesDoNotWaitBehindNewEvents() {
    World world = new World(World.SMALL.inFlight(10).window(1).lane(8).owned(16));
    world.retries(1, Duration.ofSeconds(60));
    world.endpoint("https://a.example/", "*");
    world.receiver = sending -> Outcomes.refused();
    publish(world, 10);
    world.receiver = sending -> null;
    publish(world, 30);
    world.advance(Duration.ofSeconds(61));

    for (int i = 0; i < 80; i++) {
      world.end(world.sent.get(world.sent.size() - 1), Outcomes.ok());
      publish(world, 2);
    }

    assertThat(world.sent).filteredOn(s -> s.number() == 2).hasSizeGreaterThanOrEqualTo(8);
  }

  @Test
  void admissionControlDelaysEventsWhileDeliveryIsBehind() {
    World world = busy();

    CompletableFuture<List<Receipt>> late = world.publish("license_created");

    assertThat(late).isNotDone();
    assertThat(world.engine.load().pendingPublishes()).isEqualTo(1);
    for (int i = 0; i < 5; i++) {
      world.end(world.sent.get(i), Outcomes.ok());
    }
    assertThat(late).isCompleted();
  }

  @Test
  void admissionWaitsAreShort() {
    World world = new World(World.SMALL.inFlight(4).window(4).lane(100));
    world.endpoint("https://a.example/", "*");
    world.endpoint("https://b.example/", "*");
    world.receiver = sending -> null;
    world.publish(events(world, 60));
    CompletableFuture<List<Receipt>> late = world.publish("license_created");

    for (int i = 0; i < 19; i++) {
      world.advance(Duration.ofMillis(50));
      endAll(world);
    }
    world.advance(Duration.ofMillis(49));
    assertThat(late).isNotDone();
    world.advance(Duration.ofMillis(1));
    assertThat(late).isCompleted();
  }

  @Test
  void aQuietSiteDoesNotWaitForABusyOne() {
    World world = busy();
    SiteId quiet = new SiteId("quiet");
    world.site(quiet, SiteSettings.DEFAULT);
    world.endpoint(quiet, "https://quiet.example/", "*");
    world.publish("license_created");

    assertThat(world.publish(world.event(quiet, "license_created"))).isCompleted();
  }

  @Test
  void sitesTakeTurns() {
    World world = busy();
    SiteId quiet = new SiteId("quiet");
    world.site(quiet, SiteSettings.DEFAULT);
    for (int i = 0; i < 4; i++) {
      world.endpoint(quiet, "https://quiet" + i + ".example/", "*");
    }
    world.publish(world.event(quiet, "license_created"));

    int before = world.sent.size();
    for (int i = 0; i < 6; i++) {
      world.end(world.sent.get(i), Outcomes.ok());
    }

    assertThat(world.sent.subList(before, before + 6))
        .extracting(sending -> sending.site().id())
        .containsExactly(Samples.SITE, quiet, Samples.SITE, quiet, Samples.SITE, quiet);
  }

  @Test
  void aSlowEndpointDelaysNoOther() {
    World world = new World(World.SMALL.inFlight(10).window(1));
    world.endpoint("https://slow.example/", "*");
    Endpoint other = world.endpoint("https://other.example/", "*");
    world.receiver = sending -> sending.endpoint().id().equals(other.id()) ? Outcomes.ok() : null;

    for (int i = 0; i < 100; i++) {
      assertThat(world.publish("license_created")).isCompleted();
    }
    world.advance(Duration.ofSeconds(1));

    assertThat(world.sentByEndpoint()).containsEntry(other.id(), 100L);
  }

  @Test
  void waitingCallersFailWhenTheStoreFails() {
    World world = busy();
    CompletableFuture<List<Receipt>> late = world.publish("license_created");
    world.beforeCommit = () -> new StoreException("no disk");

    world.end(world.sent.get(0), Outcomes.ok());

    assertThatThrownBy(late::join).hasMessageContaining("store is unavailable");
  }

  @Test
  void waitingCallersFailWhenTheServerStops() {
    World world = busy();
    CompletableFuture<List<Receipt>> late = world.publish("license_created");

    world.engine.drain();

    assertThatThrownBy(late::join).hasMessageContaining("stopping");
    assertThat(world.engine.load().pendingPublishes()).isZero();
  }

  /** A node whose places for requests are all taken, with as many ready as it bears. */
  private static World busy() {
    World world = new World(World.SMALL.inFlight(4).window(4).lane(100));
    for (int i = 0; i < 3; i++) {
      world.endpoint("https://a" + i + ".example/", "*");
    }
    world.receiver = sending -> null;
    publish(world, 4);
    assertThat(world.engine.load().owned()).isEqualTo(12);
    return world;
  }

  private static void publish(World world, int events) {
    List.of(events(world, events)).forEach(world::publish);
  }

  private static Event[] events(World world, int count) {
    Event[] all = new Event[count];
    for (int i = 0; i < count; i++) {
      all[i] = world.event(Samples.SITE, "license_created");
    }
    return all;
  }

  /** All answer that are under way. */
  private static void endAll(World world) {
    List<Sending> all = List.copyOf(world.sent);
    all.subList(all.size() - world.engine.load().inFlight(), all.size())
        .forEach(sending -> world.end(sending, Outcomes.ok()));
  }
}
