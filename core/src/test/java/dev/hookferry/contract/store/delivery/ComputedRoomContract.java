package dev.hookferry.contract.store.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.store.fixture.StoreFixture;
import dev.hookferry.contract.store.fixture.StoreHarness;
import dev.hookferry.contract.support.Promise;
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

/** The contract of claims that name no endpoint. */
@Promise(
    by = ClaimRequest.class,
    value =
        "a store finds the endpoints that have free deliveries and asks for the room of each; then"
            + " a claim costs the same however many endpoints are configured.")
public interface ComputedRoomContract extends StoreFixture {
  @Test
  default void findsEndpointsWithFreeDeliveries(StoreHarness harness) {
    List<Delivery> queued =
        Stream.generate(() -> harness.queued(harness.samples.endpoint())).limit(300).toList();

    ClaimResult claimed = claim(harness, endpoint -> 1, 1_000, StoreHarness.FAR_AHEAD);

    assertThat(StoreHarness.deliveries(claimed)).containsExactlyInAnyOrderElementsOf(queued);
    assertThat(claimed.nextDue()).isNull();
    assertThat(claimed.work())
        .allSatisfy(work -> assertThat(work.event().id()).isEqualTo(work.delivery().event()));
  }

  @Test
  default void asksForTheRoomOfNoOtherEndpoint(StoreHarness harness) {
    EndpointId free = harness.samples.endpoint();
    EndpointId done = harness.samples.endpoint();
    Delivery queued = harness.queued(free);
    harness.settled(done, delivery -> delivery.delivered(harness.samples.now()));
    Set<EndpointId> asked = Collections.synchronizedSet(new HashSet<>());

    ClaimResult claimed =
        claim(
            harness,
            endpoint -> {
              asked.add(endpoint);
              return 5;
            },
            100,
            StoreHarness.FAR_AHEAD);

    assertThat(StoreHarness.deliveries(claimed)).containsExactly(queued);
    assertThat(asked).containsExactly(free);
  }

  @Test
  default void returnsNothingWithoutFreeDeliveries(StoreHarness harness) {
    assertThat(claim(harness, endpoint -> 1, 100, StoreHarness.FAR_AHEAD))
        .isEqualTo(new ClaimResult(List.of(), null));
  }

  @Promise(
      by = ClaimRequest.class,
      value = "maximum deliveries per endpoint; endpoints without room are skipped")
  @Test
  default void skipsEndpointsWithoutRoom(StoreHarness harness) {
    EndpointId full = harness.samples.endpoint();
    EndpointId other = harness.samples.endpoint();
    List<Delivery> left = Stream.generate(() -> harness.queued(full)).limit(30).toList();
    List<Delivery> wanted = Stream.generate(() -> harness.queued(other)).limit(3).toList();

    ClaimResult some = claim(harness, e -> e.equals(full) ? 0 : 2, 100, StoreHarness.FAR_AHEAD);
    ClaimResult rest = claim(harness, e -> e.equals(full) ? 0 : 2, 100, StoreHarness.FAR_AHEAD);

    assertThat(StoreHarness.deliveries(some)).containsExactlyElementsOf(wanted.subList(0, 2));
    assertThat(some.nextDue()).isEqualTo(wanted.get(2).dueAt());
    assertThat(StoreHarness.deliveries(rest)).containsExactly(wanted.get(2));
    assertThat(rest.nextDue()).isNull();
    assertThat(harness.claimAll(full)).containsExactlyElementsOf(left);
  }

  @Promise(by = ClaimRequest.class, value = "maximum deliveries in total, at least 1")
  @Test
  default void respectsTheLimitAndReturnsTheRestLater(StoreHarness harness) {
    for (int i = 0; i < 4; i++) {
      EndpointId endpoint = harness.samples.endpoint();
      Stream.generate(() -> harness.queued(endpoint)).limit(3).toList();
    }

    List<Integer> sizes =
        Stream.generate(() -> claim(harness, e -> 3, 5, StoreHarness.FAR_AHEAD).work().size())
            .limit(4)
            .toList();

    assertThat(sizes).containsExactly(5, 5, 2, 0);
  }

  @Promise(
      by = ClaimResult.class,
      value = "due time of the earliest unowned delivery left for the claimed endpoints")
  @Test
  default void reportsTheNextDueTime(StoreHarness harness) {
    Delivery early = harness.queued(harness.samples.endpoint());
    Instant later = early.dueAt().plusSeconds(600);
    Delivery waiting =
        harness.settled(harness.samples.endpoint(), delivery -> delivery.retryAt(later));
    harness.settled(early.endpoint(), delivery -> delivery.retryAt(later.plusSeconds(1)));

    ClaimResult claimed = claim(harness, endpoint -> 9, 100, early.dueAt());
    ClaimResult nothing = claim(harness, endpoint -> 9, 100, early.dueAt());
    ClaimResult other =
        claim(harness, e -> e.equals(waiting.endpoint()) ? 0 : 9, 100, early.dueAt());

    assertThat(StoreHarness.deliveries(claimed)).containsExactly(early);
    assertThat(claimed.nextDue()).isEqualTo(later);
    assertThat(nothing).isEqualTo(new ClaimResult(List.of(), later));
    assertThat(other).isEqualTo(new ClaimResult(List.of(), later.plusSeconds(1)));
  }

  @Promise(by = DeliveryStore.class, value = "Concurrent claims never return the same delivery.")
  @Test
  default void neverReturnsADeliveryTwiceByEitherKindOfClaim(StoreHarness harness) {
    Delivery delivery = harness.queued(harness.samples.endpoint());

    assertThat(claim(harness, endpoint -> 1, 10, StoreHarness.FAR_AHEAD).work()).hasSize(1);
    assertThat(claim(harness, endpoint -> 1, 10, StoreHarness.FAR_AHEAD).work()).isEmpty();
    assertThat(harness.claimAll(delivery.endpoint())).isEmpty();
  }

  @Promise(by = ClaimRequest.class, value = "it names the endpoints with room")
  @Test
  default void returnsTheSameAsAClaimByEndpoint(StoreHarness harness) {
    EndpointId named = harness.samples.endpoint();
    Delivery first = harness.queued(named);
    Delivery second = harness.queued(named);
    harness.queued(harness.samples.endpoint());

    Room byName = Room.of(Map.of(named, 1));
    ClaimRequest request = new ClaimRequest(byName, 10, Long.MAX_VALUE, StoreHarness.FAR_AHEAD);
    ClaimResult one = harness.store().deliveries().claim(harness.owner(), request);
    ClaimResult two = claim(harness, byName::of, 10, StoreHarness.FAR_AHEAD);

    assertThat(StoreHarness.deliveries(one)).containsExactly(first);
    assertThat(StoreHarness.deliveries(two)).containsExactly(second);
  }

  private static ClaimResult claim(
      StoreHarness harness, ToIntFunction<EndpointId> room, int limit, Instant dueBy) {
    ClaimRequest request = new ClaimRequest(Room.computed(room), limit, Long.MAX_VALUE, dueBy);
    return harness.store().deliveries().claim(harness.owner(), request);
  }
}
