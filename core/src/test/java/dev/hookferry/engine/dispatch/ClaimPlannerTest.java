package dev.hookferry.engine.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Samples;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointSettings;
import dev.hookferry.endpoint.EndpointStatus;
import dev.hookferry.engine.Outcomes;
import dev.hookferry.engine.simulation.World;
import dev.hookferry.event.Event;
import dev.hookferry.event.EventTypeFilter;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.IdSource;
import dev.hookferry.observe.LoadLimits;
import dev.hookferry.store.ClaimRequest;
import dev.hookferry.store.commit.Batch;
import dev.hookferry.store.commit.PublishEntry;
import dev.hookferry.store.config.ConfigChange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Claims with more endpoints than a claim names. */
class ClaimPlannerTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private static final int LANE = 16;

  private final World world =
      new World(LoadLimits.DEFAULT.lane(LANE).owned(4 * LANE).ownedBytes(1 << 20));
  private final Samples samples = new Samples(3);
  private Endpoint first;

  @BeforeEach
  void manyEndpoints() {
    first = world.endpoint("https://a.example/", "license_created");
    List<ConfigChange> others = new ArrayList<>();
    for (int i = 0; i < ClaimPlanner.MAX_NAMED; i++) {
      others.add(new ConfigChange.PutEndpoint(with(samples.endpoint())));
    }
    world.configure(others.toArray(ConfigChange[]::new));
    world.retries(5, MINUTE);
  }

  private Endpoint with(EndpointId id) {
    return new Endpoint(
        id,
        first.site(),
        first.url(),
        EndpointSettings.of(List.of(new EventTypeFilter("license_expired")), first.signing())
            .build(),
        EndpointStatus.ENABLED,
        world.now());
  }

  @Test
  void retriesAreClaimedWithoutNamingAnyEndpoint() {
    world.receiver = sending -> Outcomes.refused();
    world.publish("license_created");
    world.receiver = sending -> Outcomes.ok();

    world.advance(MINUTE);

    assertThat(world.deliveries())
        .extracting(Delivery::state)
        .containsOnly(DeliveryState.DELIVERED);
    assertThat(last().room().named()).isEmpty();
    assertThat(last().room().of(first.id())).isPositive();
  }

  @Test
  void pausedRemovedAndUnknownEndpointsHaveNoRoom() {
    EndpointId unknown = samples.endpoint();
    Endpoint removed = world.endpoint("https://b.example/", "*");
    Endpoint paused = with(first.id()).with(EndpointStatus.paused(world.now()));
    world.configure(
        new ConfigChange.PutEndpoint(paused), new ConfigChange.RemoveEndpoint(removed.id()));
    Delivery left = free(unknown);
    Delivery held = free(paused.id());

    world.claimAgain();
    world.advance(MINUTE);

    assertThat(last().room().of(unknown)).isZero();
    assertThat(last().room().of(removed.id())).isZero();
    assertThat(last().room().of(paused.id())).isZero();
    assertThat(world.deliveries()).containsExactlyInAnyOrder(left, held);
    assertThat(world.sent).isEmpty();
  }

  @Test
  void heldDeliveriesAreClaimedAtTheChosenRate() {
    Endpoint paused = first.with(EndpointStatus.paused(world.now()));
    world.configure(new ConfigChange.PutEndpoint(paused));
    for (int i = 0; i < 100; i++) {
      world.publish("license_created");
    }
    Endpoint resumed = paused.with(EndpointStatus.resumed(world.now(), 10));
    world.configure(new ConfigChange.PutEndpoint(resumed));

    world.advance(Duration.ofSeconds(5));

    assertThat(world.sent.size()).isBetween(45, 55);
  }

  @Test
  void aFullEndpointHasNoRoomAndAnIdleOneTheDefault() {
    world.receiver = sending -> null;
    for (int i = 0; i < 3 * LANE; i++) {
      world.publish("license_created");
    }
    Endpoint idle = world.endpoint("https://b.example/", "license_expired");

    world.claimAgain();
    world.run();

    assertThat(last().room().of(first.id())).isZero();
    assertThat(last().room().of(idle.id())).isEqualTo(LANE);
  }

  private ClaimRequest last() {
    return world.claims.get(world.claims.size() - 1);
  }

  private Delivery free(EndpointId endpoint) {
    Event event = world.event(Samples.SITE, "license_created");
    Instant now = world.now();
    DeliveryId id = new DeliveryId(new IdSource(new Random(endpoint.hashCode())).next(now));
    Delivery delivery = Delivery.of(id, event, endpoint);
    PublishEntry entry = PublishEntry.of(event, List.of(new PublishEntry.Queued(delivery, false)));
    world.store.deliveries().commit(world.owner(), Batch.of(entry));
    return delivery;
  }
}
