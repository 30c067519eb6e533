package dev.hookferry.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.Event;
import dev.hookferry.event.EventCatalog;
import dev.hookferry.id.EndpointId;
import dev.hookferry.store.ClaimRequest;
import dev.hookferry.store.ClaimResult;
import dev.hookferry.store.DeliveryStore;
import dev.hookferry.store.commit.Batch;
import dev.hookferry.store.commit.Release;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How waiting deliveries are handed out. */
@Promise(by = DeliveryStore.class, value = "Claims free deliveries: pending, due and unowned.")
public interface ClaimContract extends StoreFixture {
  @Test
  default void givesDeliveriesWithTheirEvents(Scene scene) {
    Event event = scene.samples.event();
    Delivery delivery = scene.samples.delivery(event);
    scene.publish(event, delivery);

    ClaimResult claimed =
        scene.store().deliveries().claim(scene.owner(), Scene.everything(delivery.endpoint()));

    assertThat(claimed.work()).containsExactly(new ClaimResult.Work(delivery, event));
    assertThat(claimed.nextDue()).isNull();
    assertThat(scene.shown(delivery)).isEqualTo(delivery);
  }

  @Promise(by = DeliveryStore.class, value = "Concurrent claims never return the same delivery.")
  @Test
  default void givesNothingTwice(Scene scene) {
    EndpointId endpoint = scene.samples.endpoint();
    Delivery delivery = scene.queued(endpoint);

    assertThat(scene.claimAll(endpoint)).containsExactly(delivery);
    assertThat(scene.claimAll(endpoint)).isEmpty();
    assertThat(scene.claimAll(scene.register(), endpoint)).isEmpty();
  }

  @Test
  default void givesNothingOfAnEmptyStore(Scene scene) {
    ClaimResult claimed =
        scene.store().deliveries().claim(scene.owner(), Scene.everything(scene.samples.endpoint()));

    assertThat(claimed).isEqualTo(new ClaimResult(List.of(), null));
  }

  @Promise(
      by = ClaimRequest.class,
      value = "maximum deliveries per endpoint; endpoints without room are skipped")
  @Test
  default void leavesOtherEndpointsAlone(Scene scene) {
    EndpointId asked = scene.samples.endpoint();
    EndpointId other = scene.samples.endpoint();
    Delivery wanted = scene.queued(asked);
    Delivery left = scene.queued(other);

    ClaimResult nothing = scene.store().deliveries().claim(scene.owner(), Scene.everything());
    ClaimResult claimed = scene.store().deliveries().claim(scene.owner(), Scene.everything(asked));

    assertThat(nothing).isEqualTo(new ClaimResult(List.of(), null));
    assertThat(Scene.deliveries(claimed)).containsExactly(wanted);
    assertThat(claimed.nextDue()).isNull();
    assertThat(scene.claimAll(other)).containsExactly(left);
  }

  @Promise(by = ClaimRequest.class, value = "only deliveries that are due at this time or before")
  @Test
  default void givesOnlyWhatIsDue(Scene scene) {
    EndpointId endpoint = scene.samples.endpoint();
    Delivery early = scene.queued(endpoint);
    Delivery late = scene.queued(endpoint);

    ClaimResult tooEarly = claim(scene, endpoint, early.dueAt().minusMillis(1));
    ClaimResult first = claim(scene, endpoint, early.dueAt());
    ClaimResult second = claim(scene, endpoint, late.dueAt());

    assertThat(tooEarly).isEqualTo(new ClaimResult(List.of(), early.dueAt()));
    assertThat(Scene.deliveries(first)).containsExactly(early);
    assertThat(first.nextDue()).isEqualTo(late.dueAt());
    assertThat(Scene.deliveries(second)).containsExactly(late);
    assertThat(second.nextDue()).isNull();
  }

  private static ClaimResult claim(Scene scene, EndpointId endpoint, Instant dueBy) {
    ClaimRequest claim = new ClaimRequest(Map.of(endpoint, 100), 100, Long.MAX_VALUE, dueBy);
    return scene.store().deliveries().claim(scene.owner(), claim);
  }

  @Promise(by = DeliveryStore.class, value = "Within an endpoint, earlier due times come first.")
  @Test
  default void givesTheEarliestDueOfAnEndpointFirst(Scene scene) {
    EndpointId endpoint = scene.samples.endpoint();
    List<Integer> delays = new ArrayList<>(IntStream.range(0, 30).boxed().toList());
    Collections.shuffle(delays, new Random(7));
    for (int delay : delays) {
      Instant due = scene.samples.now().plusSeconds(60 + delay * 10L);
      scene.settled(endpoint, delivery -> delivery.retryAt(due));
    }

    List<Delivery> all = new ArrayList<>();
    while (all.size() < delays.size()) {
      ClaimRequest some = new ClaimRequest(Map.of(endpoint, 7), 7, Long.MAX_VALUE, Scene.FAR_AHEAD);
      List<Delivery> work = Scene.deliveries(scene.store().deliveries().claim(scene.owner(), some));
      assertThat(work).hasSize(Math.min(7, delays.size() - all.size()));
      all.addAll(work);
    }

    assertThat(all).extracting(Delivery::dueAt).isSorted();
    assertThat(all).extracting(Delivery::attempts).containsOnly(1);
  }

  @Promise(
      by = ClaimRequest.class,
      value = "maximum deliveries per endpoint; endpoints without room are skipped")
  @Test
  default void givesEachEndpointNoMoreThanItsRoom(Scene scene) {
    EndpointId narrow = scene.samples.endpoint();
    EndpointId wide = scene.samples.endpoint();
    List<Delivery> queued = Stream.generate(() -> scene.queued(narrow)).limit(5).toList();
    Stream.generate(() -> scene.queued(wide)).limit(5).toList();

    ClaimResult claimed =
        scene
            .store()
            .deliveries()
            .claim(
                scene.owner(),
                new ClaimRequest(Map.of(narrow, 2, wide, 9), 100, Long.MAX_VALUE, Scene.FAR_AHEAD));

    assertThat(Scene.deliveries(claimed))
        .filteredOn(delivery -> delivery.endpoint().equals(narrow))
        .containsExactlyElementsOf(queued.subList(0, 2));
    assertThat(Scene.deliveries(claimed))
        .filteredOn(delivery -> delivery.endpoint().equals(wide))
        .hasSize(5);
    assertThat(claimed.nextDue()).isEqualTo(queued.get(2).dueAt());
  }

  @Promise(by = ClaimRequest.class, value = "maximum deliveries in total, at least 1")
  @Test
  default void givesNoMoreThanTheLimit(Scene scene) {
    List<EndpointId> endpoints = Stream.generate(scene.samples::endpoint).limit(4).toList();
    endpoints.forEach(endpoint -> Stream.generate(() -> scene.queued(endpoint)).limit(3).toList());
    Map<EndpointId, Integer> room = new HashMap<>();
    endpoints.forEach(endpoint -> room.put(endpoint, 3));
    ClaimRequest claim = new ClaimRequest(room, 5, Long.MAX_VALUE, Scene.FAR_AHEAD);

    List<Integer> sizes =
        Stream.generate(() -> scene.store().deliveries().claim(scene.owner(), claim).work().size())
            .limit(4)
            .toList();

    assertThat(sizes).containsExactly(5, 5, 2, 0);
  }

  @Promise(
      by = ClaimRequest.class,
      value = "maximum payload bytes in total; one delivery is always allowed, however large")
  @Test
  default void givesNoMoreBytesThanAskedFor(Scene scene) {
    EndpointId endpoint = scene.samples.endpoint();
    for (int i = 0; i < 10; i++) {
      Event event =
          scene.samples.event(
              Samples.SITE, EventCatalog.QLM_EVENTS.get(0), scene.samples.bytes(1000));
      scene.publish(event, scene.samples.delivery(event, endpoint));
    }

    assertThat(claimBytes(scene, endpoint, 3_999)).isEqualTo(3);
    assertThat(claimBytes(scene, endpoint, 4_000)).isEqualTo(4);
    assertThat(claimBytes(scene, endpoint, 999)).isEqualTo(1);
    assertThat(claimBytes(scene, endpoint, 0)).isEqualTo(1);
    assertThat(claimBytes(scene, endpoint, 100_000)).isEqualTo(1);
  }

  private static int claimBytes(Scene scene, EndpointId endpoint, long maxBytes) {
    ClaimRequest claim = new ClaimRequest(Map.of(endpoint, 100), 100, maxBytes, Scene.FAR_AHEAD);
    return scene.store().deliveries().claim(scene.owner(), claim).work().size();
  }

  @Promise(
      by = ClaimRequest.class,
      value = "maximum payload bytes in total; one delivery is always allowed, however large")
  @Test
  default void countsAnEventOfSeveralDeliveriesForEach(Scene scene) {
    EndpointId endpoint = scene.samples.endpoint();
    Event event =
        scene.samples.event(
            Samples.SITE, EventCatalog.QLM_EVENTS.get(0), scene.samples.bytes(1000));
    Delivery[] three =
        Stream.generate(() -> scene.samples.delivery(event, endpoint))
            .limit(3)
            .toArray(Delivery[]::new);
    scene.publish(event, three);

    assertThat(claimBytes(scene, endpoint, 2_000)).isEqualTo(2);
  }

  @Promise(
      by = ClaimResult.class,
      value = "due time of the earliest unowned delivery left for the claimed endpoints")
  @Test
  default void saysWhenMoreIsDue(Scene scene) {
    EndpointId endpoint = scene.samples.endpoint();
    Delivery now = scene.queued(endpoint);
    Instant later = scene.samples.now().plus(Duration.ofMinutes(5));
    scene.settled(endpoint, delivery -> delivery.retryAt(later.plusMillis(1)));
    scene.settled(endpoint, delivery -> delivery.retryAt(later));
    scene.settled(endpoint, delivery -> delivery.delivered(scene.samples.now()));
    scene.owned(endpoint);

    ClaimResult claimed = claim(scene, endpoint, now.dueAt());

    assertThat(Scene.deliveries(claimed)).containsExactly(now);
    assertThat(claimed.nextDue()).isEqualTo(later);
  }

  @Test
  default void givesAgainWhatWasReleased(Scene scene) {
    EndpointId endpoint = scene.samples.endpoint();
    Delivery delivery = scene.owned(endpoint);

    assertThat(scene.claimAll(endpoint)).isEmpty();
    assertThat(scene.commit(Batch.of(new Release(Samples.SITE, delivery.id()))).refused())
        .isEmpty();

    assertThat(scene.shown(delivery)).isEqualTo(delivery);
    assertThat(scene.claimAll(endpoint)).containsExactly(delivery);
  }

  @Test
  default void claimsForManyEndpointsAtOnce(Scene scene) {
    Set<Delivery> queued = new HashSet<>();
    Map<EndpointId, Integer> room = new HashMap<>();
    for (int i = 0; i < 300; i++) {
      EndpointId endpoint = scene.samples.endpoint();
      queued.add(scene.queued(endpoint));
      room.put(endpoint, 1);
    }

    ClaimResult claimed =
        scene
            .store()
            .deliveries()
            .claim(scene.owner(), new ClaimRequest(room, 1_000, Long.MAX_VALUE, Scene.FAR_AHEAD));

    assertThat(Scene.deliveries(claimed)).containsExactlyInAnyOrderElementsOf(queued);
  }
}
