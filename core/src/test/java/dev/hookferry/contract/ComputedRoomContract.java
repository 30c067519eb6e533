package dev.hookferry.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.id.EndpointId;
import dev.hookferry.store.ClaimRequest;
import dev.hookferry.store.ClaimRequest.Room;
import dev.hookferry.store.ClaimResult;
import dev.hookferry.store.DeliveryStore;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How waiting deliveries are handed out to a claim that names no endpoint. */
@Promise(
    by = ClaimRequest.class,
    value =
        "a store finds the endpoints that have free deliveries and asks for the room of each; then"
            + " a claim costs the same however many endpoints are configured.")
public interface ComputedRoomContract extends StoreFixture {
  @Test
  default void findsTheEndpointsThatHaveDeliveries(Scene scene) {
    List<Delivery> queued =
        Stream.generate(() -> scene.queued(scene.samples.endpoint())).limit(300).toList();

    ClaimResult claimed = claim(scene, endpoint -> 1, 1_000, Scene.FAR_AHEAD);

    assertThat(Scene.deliveries(claimed)).containsExactlyInAnyOrderElementsOf(queued);
    assertThat(claimed.nextDue()).isNull();
    assertThat(claimed.work())
        .allSatisfy(work -> assertThat(work.event().id()).isEqualTo(work.delivery().event()));
  }

  @Test
  default void asksForNoOtherEndpoint(Scene scene) {
    EndpointId free = scene.samples.endpoint();
    EndpointId done = scene.samples.endpoint();
    Delivery queued = scene.queued(free);
    scene.settled(done, delivery -> delivery.delivered(scene.samples.now()));
    Set<EndpointId> asked = Collections.synchronizedSet(new HashSet<>());

    ClaimResult claimed =
        claim(
            scene,
            endpoint -> {
              asked.add(endpoint);
              return 5;
            },
            100,
            Scene.FAR_AHEAD);

    assertThat(Scene.deliveries(claimed)).containsExactly(queued);
    assertThat(asked).containsExactly(free);
  }

  @Test
  default void givesNothingToNobody(Scene scene) {
    assertThat(claim(scene, endpoint -> 1, 100, Scene.FAR_AHEAD))
        .isEqualTo(new ClaimResult(List.of(), null));
  }

  @Promise(
      by = ClaimRequest.class,
      value = "maximum deliveries per endpoint; endpoints without room are skipped")
  @Test
  default void leavesEndpointsWithoutRoomAlone(Scene scene) {
    EndpointId full = scene.samples.endpoint();
    EndpointId other = scene.samples.endpoint();
    List<Delivery> left = Stream.generate(() -> scene.queued(full)).limit(30).toList();
    List<Delivery> wanted = Stream.generate(() -> scene.queued(other)).limit(3).toList();

    ClaimResult some = claim(scene, e -> e.equals(full) ? 0 : 2, 100, Scene.FAR_AHEAD);
    ClaimResult rest = claim(scene, e -> e.equals(full) ? 0 : 2, 100, Scene.FAR_AHEAD);

    assertThat(Scene.deliveries(some)).containsExactlyElementsOf(wanted.subList(0, 2));
    assertThat(some.nextDue()).isEqualTo(wanted.get(2).dueAt());
    assertThat(Scene.deliveries(rest)).containsExactly(wanted.get(2));
    assertThat(rest.nextDue()).isNull();
    assertThat(scene.claimAll(full)).containsExactlyElementsOf(left);
  }

  @Promise(by = ClaimRequest.class, value = "maximum deliveries in total, at least 1")
  @Test
  default void givesNoMoreThanTheLimitAndTheRest(Scene scene) {
    for (int i = 0; i < 4; i++) {
      EndpointId endpoint = scene.samples.endpoint();
      Stream.generate(() -> scene.queued(endpoint)).limit(3).toList();
    }

    List<Integer> sizes =
        Stream.generate(() -> claim(scene, e -> 3, 5, Scene.FAR_AHEAD).work().size())
            .limit(4)
            .toList();

    assertThat(sizes).containsExactly(5, 5, 2, 0);
  }

  @Promise(
      by = ClaimResult.class,
      value = "due time of the earliest unowned delivery left for the claimed endpoints")
  @Test
  default void saysWhenTheNextIsDue(Scene scene) {
    Delivery early = scene.queued(scene.samples.endpoint());
    Instant later = early.dueAt().plusSeconds(600);
    Delivery waiting = scene.settled(scene.samples.endpoint(), delivery -> delivery.retryAt(later));
    scene.settled(early.endpoint(), delivery -> delivery.retryAt(later.plusSeconds(1)));

    ClaimResult claimed = claim(scene, endpoint -> 9, 100, early.dueAt());
    ClaimResult nothing = claim(scene, endpoint -> 9, 100, early.dueAt());
    ClaimResult other = claim(scene, e -> e.equals(waiting.endpoint()) ? 0 : 9, 100, early.dueAt());

    assertThat(Scene.deliveries(claimed)).containsExactly(early);
    assertThat(claimed.nextDue()).isEqualTo(later);
    assertThat(nothing).isEqualTo(new ClaimResult(List.of(), later));
    assertThat(other).isEqualTo(new ClaimResult(List.of(), later.plusSeconds(1)));
  }

  @Promise(by = DeliveryStore.class, value = "Concurrent claims never return the same delivery.")
  @Test
  default void givesNothingTwiceHoweverItIsAsked(Scene scene) {
    Delivery delivery = scene.queued(scene.samples.endpoint());

    assertThat(claim(scene, endpoint -> 1, 10, Scene.FAR_AHEAD).work()).hasSize(1);
    assertThat(claim(scene, endpoint -> 1, 10, Scene.FAR_AHEAD).work()).isEmpty();
    assertThat(scene.claimAll(delivery.endpoint())).isEmpty();
  }

  @Promise(by = ClaimRequest.class, value = "it names the endpoints with room")
  @Test
  default void givesTheSameAsAClaimByName(Scene scene) {
    EndpointId named = scene.samples.endpoint();
    Delivery first = scene.queued(named);
    Delivery second = scene.queued(named);
    scene.queued(scene.samples.endpoint());

    Room byName = Room.of(Map.of(named, 1));
    ClaimRequest request = new ClaimRequest(byName, 10, Long.MAX_VALUE, Scene.FAR_AHEAD);
    ClaimResult one = scene.store().deliveries().claim(scene.owner(), request);
    ClaimResult two = claim(scene, byName::of, 10, Scene.FAR_AHEAD);

    assertThat(Scene.deliveries(one)).containsExactly(first);
    assertThat(Scene.deliveries(two)).containsExactly(second);
  }

  private static ClaimResult claim(
      Scene scene, ToIntFunction<EndpointId> room, int limit, Instant dueBy) {
    ClaimRequest request = new ClaimRequest(Room.computed(room), limit, Long.MAX_VALUE, dueBy);
    return scene.store().deliveries().claim(scene.owner(), request);
  }
}
