package dev.hookferry.contract.store.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.store.fixture.StoreFixture;
import dev.hookferry.contract.store.fixture.StoreHarness;
import dev.hookferry.contract.support.Promise;
import dev.hookferry.contract.support.Samples;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.Event;
import dev.hookferry.event.EventCatalog;
import dev.hookferry.id.EndpointId;
import dev.hookferry.store.ClaimRequest;
import dev.hookferry.store.ClaimResult;
import dev.hookferry.store.DeliveryStore;
import dev.hookferry.store.commit.Batch;
import dev.hookferry.store.commit.Command;
import dev.hookferry.store.commit.HandBack;
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

/** The contract of claims. */
@Promise(by = DeliveryStore.class, value = "Claims free deliveries: pending, due and unowned.")
public interface ClaimContract extends StoreFixture {
  @Test
  default void returnsDeliveriesWithTheirEvents(StoreHarness harness) {
    Event event = harness.samples.event();
    Delivery delivery = harness.samples.delivery(event);
    harness.publish(event, delivery);

    ClaimResult claimed =
        harness
            .store()
            .deliveries()
            .claim(harness.owner(), StoreHarness.everything(delivery.endpoint()));

    assertThat(claimed.work()).containsExactly(new ClaimResult.Work(delivery, event));
    assertThat(claimed.nextDue()).isNull();
    assertThat(harness.shown(delivery)).isEqualTo(delivery);
  }

  @Promise(by = DeliveryStore.class, value = "Concurrent claims never return the same delivery.")
  @Test
  default void neverReturnsADeliveryTwice(StoreHarness harness) {
    EndpointId endpoint = harness.samples.endpoint();
    Delivery delivery = harness.queued(endpoint);

    assertThat(harness.claimAll(endpoint)).containsExactly(delivery);
    assertThat(harness.claimAll(endpoint)).isEmpty();
    assertThat(harness.claimAll(harness.register(), endpoint)).isEmpty();
  }

  @Test
  default void returnsNothingFromAnEmptyStore(StoreHarness harness) {
    ClaimResult claimed =
        harness
            .store()
            .deliveries()
            .claim(harness.owner(), StoreHarness.everything(harness.samples.endpoint()));

    assertThat(claimed).isEqualTo(new ClaimResult(List.of(), null));
  }

  @Promise(
      by = ClaimRequest.class,
      value = "maximum deliveries per endpoint; endpoints without room are skipped")
  @Test
  default void ignoresOtherEndpoints(StoreHarness harness) {
    EndpointId asked = harness.samples.endpoint();
    EndpointId other = harness.samples.endpoint();
    Delivery wanted = harness.queued(asked);
    Delivery left = harness.queued(other);

    ClaimResult nothing =
        harness.store().deliveries().claim(harness.owner(), StoreHarness.everything());
    ClaimResult claimed =
        harness.store().deliveries().claim(harness.owner(), StoreHarness.everything(asked));

    assertThat(nothing).isEqualTo(new ClaimResult(List.of(), null));
    assertThat(StoreHarness.deliveries(claimed)).containsExactly(wanted);
    assertThat(claimed.nextDue()).isNull();
    assertThat(harness.claimAll(other)).containsExactly(left);
  }

  @Promise(by = ClaimRequest.class, value = "only deliveries that are due at this time or before")
  @Test
  default void returnsOnlyDueDeliveries(StoreHarness harness) {
    EndpointId endpoint = harness.samples.endpoint();
    Delivery early = harness.queued(endpoint);
    Delivery late = harness.queued(endpoint);

    ClaimResult tooEarly = claim(harness, endpoint, early.dueAt().minusMillis(1));
    ClaimResult first = claim(harness, endpoint, early.dueAt());
    ClaimResult second = claim(harness, endpoint, late.dueAt());

    assertThat(tooEarly).isEqualTo(new ClaimResult(List.of(), early.dueAt()));
    assertThat(StoreHarness.deliveries(first)).containsExactly(early);
    assertThat(first.nextDue()).isEqualTo(late.dueAt());
    assertThat(StoreHarness.deliveries(second)).containsExactly(late);
    assertThat(second.nextDue()).isNull();
  }

  private static ClaimResult claim(StoreHarness harness, EndpointId endpoint, Instant dueBy) {
    ClaimRequest claim = new ClaimRequest(Map.of(endpoint, 100), 100, Long.MAX_VALUE, dueBy);
    return harness.store().deliveries().claim(harness.owner(), claim);
  }

  @Promise(by = DeliveryStore.class, value = "Within an endpoint, earlier due times come first.")
  @Test
  default void returnsTheEarliestDueFirst(StoreHarness harness) {
    EndpointId endpoint = harness.samples.endpoint();
    List<Integer> delays = new ArrayList<>(IntStream.range(0, 30).boxed().toList());
    Collections.shuffle(delays, new Random(7));
    for (int delay : delays) {
      Instant due = harness.samples.now().plusSeconds(60 + delay * 10L);
      harness.settled(endpoint, delivery -> delivery.retryAt(due));
    }

    List<Delivery> all = new ArrayList<>();
    while (all.size() < delays.size()) {
      ClaimRequest some =
          new ClaimRequest(Map.of(endpoint, 7), 7, Long.MAX_VALUE, StoreHarness.FAR_AHEAD);
      List<Delivery> work =
          StoreHarness.deliveries(harness.store().deliveries().claim(harness.owner(), some));
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
  default void respectsTheRoomOfEachEndpoint(StoreHarness harness) {
    EndpointId narrow = harness.samples.endpoint();
    EndpointId wide = harness.samples.endpoint();
    List<Delivery> queued = Stream.generate(() -> harness.queued(narrow)).limit(5).toList();
    Stream.generate(() -> harness.queued(wide)).limit(5).toList();

    ClaimResult claimed =
        harness
            .store()
            .deliveries()
            .claim(
                harness.owner(),
                new ClaimRequest(
                    Map.of(narrow, 2, wide, 9), 100, Long.MAX_VALUE, StoreHarness.FAR_AHEAD));

    assertThat(StoreHarness.deliveries(claimed))
        .filteredOn(delivery -> delivery.endpoint().equals(narrow))
        .containsExactlyElementsOf(queued.subList(0, 2));
    assertThat(StoreHarness.deliveries(claimed))
        .filteredOn(delivery -> delivery.endpoint().equals(wide))
        .hasSize(5);
    assertThat(claimed.nextDue()).isEqualTo(queued.get(2).dueAt());
  }

  @Promise(by = ClaimRequest.class, value = "maximum deliveries in total, at least 1")
  @Test
  default void respectsTheTotalLimit(StoreHarness harness) {
    List<EndpointId> endpoints = Stream.generate(harness.samples::endpoint).limit(4).toList();
    endpoints.forEach(
        endpoint -> Stream.generate(() -> harness.queued(endpoint)).limit(3).toList());
    Map<EndpointId, Integer> room = new HashMap<>();
    endpoints.forEach(endpoint -> room.put(endpoint, 3));
    ClaimRequest claim = new ClaimRequest(room, 5, Long.MAX_VALUE, StoreHarness.FAR_AHEAD);

    List<Integer> sizes =
        Stream.generate(
                () -> harness.store().deliveries().claim(harness.owner(), claim).work().size())
            .limit(4)
            .toList();

    assertThat(sizes).containsExactly(5, 5, 2, 0);
  }

  @Promise(
      by = ClaimRequest.class,
      value = "maximum payload bytes in total; one delivery is always allowed, however large")
  @Test
  default void respectsTheByteLimit(StoreHarness harness) {
    EndpointId endpoint = harness.samples.endpoint();
    for (int i = 0; i < 10; i++) {
      Event event =
          harness.samples.event(
              Samples.SITE, EventCatalog.QLM_EVENTS.get(0), harness.samples.bytes(1000));
      harness.publish(event, harness.samples.delivery(event, endpoint));
    }

    assertThat(claimBytes(harness, endpoint, 3_999)).isEqualTo(3);
    assertThat(claimBytes(harness, endpoint, 4_000)).isEqualTo(4);
    assertThat(claimBytes(harness, endpoint, 999)).isEqualTo(1);
    assertThat(claimBytes(harness, endpoint, 0)).isEqualTo(1);
    assertThat(claimBytes(harness, endpoint, 100_000)).isEqualTo(1);
  }

  private static int claimBytes(StoreHarness harness, EndpointId endpoint, long maxBytes) {
    ClaimRequest claim =
        new ClaimRequest(Map.of(endpoint, 100), 100, maxBytes, StoreHarness.FAR_AHEAD);
    return harness.store().deliveries().claim(harness.owner(), claim).work().size();
  }

  @Promise(
      by = ClaimRequest.class,
      value = "maximum payload bytes in total; one delivery is always allowed, however large")
  @Test
  default void countsThePayloadForEachDelivery(StoreHarness harness) {
    EndpointId endpoint = harness.samples.endpoint();
    Event event =
        harness.samples.event(
            Samples.SITE, EventCatalog.QLM_EVENTS.get(0), harness.samples.bytes(1000));
    Delivery[] three =
        Stream.generate(() -> harness.samples.delivery(event, endpoint))
            .limit(3)
            .toArray(Delivery[]::new);
    harness.publish(event, three);

    assertThat(claimBytes(harness, endpoint, 2_000)).isEqualTo(2);
  }

  @Promise(
      by = ClaimRequest.class,
      value = "maximum payload bytes in total; one delivery is always allowed, however large")
  @Test
  default void countsThePayloadOfARetriedDelivery(StoreHarness harness) {
    EndpointId endpoint = harness.samples.endpoint();
    for (int i = 0; i < 3; i++) {
      Delivery ended = harness.settled(endpoint, d -> d.exhausted(harness.samples.now()));
      harness.command(new Command.Retry(Samples.SITE, ended.id(), harness.samples.now()));
    }

    assertThat(claimBytes(harness, endpoint, 1)).isEqualTo(1);
    assertThat(claimBytes(harness, endpoint, 100_000)).isEqualTo(2);
  }

  @Promise(
      by = ClaimResult.class,
      value = "due time of the earliest unowned delivery left for the claimed endpoints")
  @Test
  default void reportsWhenMoreIsDue(StoreHarness harness) {
    EndpointId endpoint = harness.samples.endpoint();
    Delivery now = harness.queued(endpoint);
    Instant later = harness.samples.now().plus(Duration.ofMinutes(5));
    harness.settled(endpoint, delivery -> delivery.retryAt(later.plusMillis(1)));
    harness.settled(endpoint, delivery -> delivery.retryAt(later));
    harness.settled(endpoint, delivery -> delivery.delivered(harness.samples.now()));
    harness.owned(endpoint);

    ClaimResult claimed = claim(harness, endpoint, now.dueAt());

    assertThat(StoreHarness.deliveries(claimed)).containsExactly(now);
    assertThat(claimed.nextDue()).isEqualTo(later);
  }

  @Test
  default void returnsDeliveriesAgainThatWereHandedBack(StoreHarness harness) {
    EndpointId endpoint = harness.samples.endpoint();
    Delivery delivery = harness.owned(endpoint);

    assertThat(harness.claimAll(endpoint)).isEmpty();
    assertThat(harness.commit(Batch.of(new HandBack(Samples.SITE, delivery.id()))).refused())
        .isEmpty();

    assertThat(harness.shown(delivery)).isEqualTo(delivery);
    assertThat(harness.claimAll(endpoint)).containsExactly(delivery);
  }

  @Test
  default void claimsForManyEndpointsInOneCall(StoreHarness harness) {
    Set<Delivery> queued = new HashSet<>();
    Map<EndpointId, Integer> room = new HashMap<>();
    for (int i = 0; i < 300; i++) {
      EndpointId endpoint = harness.samples.endpoint();
      queued.add(harness.queued(endpoint));
      room.put(endpoint, 1);
    }

    ClaimResult claimed =
        harness
            .store()
            .deliveries()
            .claim(
                harness.owner(),
                new ClaimRequest(room, 1_000, Long.MAX_VALUE, StoreHarness.FAR_AHEAD));

    assertThat(StoreHarness.deliveries(claimed)).containsExactlyInAnyOrderElementsOf(queued);
  }
}
