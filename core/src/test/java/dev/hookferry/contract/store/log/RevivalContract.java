package dev.hookferry.contract.store.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.store.fixture.StoreFixture;
import dev.hookferry.contract.store.fixture.StoreHarness;
import dev.hookferry.contract.support.Promise;
import dev.hookferry.contract.support.Samples;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.Page;
import dev.hookferry.store.AttemptLog;
import dev.hookferry.store.commit.AttemptResult;
import dev.hookferry.store.commit.Command;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Deliveries that ended and were retried are found by their current state, not by a former one. */
@Promise(by = AttemptLog.class, value = "A query sees every commit that returned before it began.")
public interface RevivalContract extends StoreFixture {
  @Test
  default void findsARetriedDeliveryOnlyByItsLatestState(StoreHarness harness) {
    EndpointId endpoint = harness.samples.endpoint();
    Map<DeliveryId, Delivery> now = new HashMap<>();
    for (int round = 0; round < 6; round++) {
      for (int i = 0; i < 25; i++) {
        Delivery fresh = harness.owned(endpoint);
        now.put(fresh.id(), end(harness, fresh));
      }
      assertFound(harness, now);
      revive(harness, endpoint, now);
      assertFound(harness, now);
    }
  }

  private static Delivery end(StoreHarness harness, Delivery delivery) {
    harness.samples.pass(Duration.ofMillis(1));
    Delivery ended =
        switch (harness.samples.number(4)) {
          case 0 -> delivery.delivered(harness.samples.now());
          case 1 -> delivery.exhausted(harness.samples.now());
          case 2 -> delivery.poisoned(harness.samples.now());
          default -> delivery.cancelled(harness.samples.now());
        };
    boolean tried = ended.attempts() > delivery.attempts();
    harness.record(
        new AttemptResult(
            ended, tried ? harness.samples.attempt(delivery, harness.samples.failure()) : null));
    return ended;
  }

  /** A third of them; some of these are left waiting. */
  private static void revive(
      StoreHarness harness, EndpointId endpoint, Map<DeliveryId, Delivery> now) {
    List<Delivery> ended = new ArrayList<>(now.values());
    ended.sort(Comparator.comparing(delivery -> delivery.id().toString()));
    for (Delivery delivery : ended) {
      if (delivery.state().isFinal() && harness.samples.number(3) == 0) {
        harness.command(new Command.Retry(delivery.site(), delivery.id(), harness.samples.now()));
      }
    }
    for (Delivery again : harness.claimAll(endpoint)) {
      now.put(again.id(), again);
      if (harness.samples.number(4) > 0) {
        now.put(again.id(), end(harness, again));
      }
    }
  }

  private static void assertFound(StoreHarness harness, Map<DeliveryId, Delivery> now) {
    List<Set<DeliveryState>> asked = new ArrayList<>();
    DeliveryQuery.STORED_STATES.forEach(state -> asked.add(EnumSet.of(state)));
    asked.add(EnumSet.of(DeliveryState.EXHAUSTED, DeliveryState.PENDING));
    asked.add(EnumSet.of(DeliveryState.DELIVERED, DeliveryState.CANCELLED));
    asked.add(DeliveryQuery.STORED_STATES);
    for (Set<DeliveryState> states : asked) {
      List<DeliveryId> expected =
          now.values().stream()
              .filter(delivery -> states.contains(delivery.state()))
              .map(Delivery::id)
              .sorted(Comparator.comparing(DeliveryId::toString).reversed())
              .toList();
      assertThat(found(harness, states)).as(states.toString()).isEqualTo(expected);
    }
  }

  private static List<DeliveryId> found(StoreHarness harness, Set<DeliveryState> states) {
    DeliveryQuery query = DeliveryQuery.ofSite(Samples.SITE).states(states);
    Page<Delivery> page = harness.store().log().deliveries(query.limit(7));
    List<DeliveryId> found = new ArrayList<>();
    page.data().forEach(delivery -> found.add(delivery.id()));
    while (page.next() != null) {
      page = harness.store().log().deliveries(query.limit(7).after(page.next()));
      page.data().forEach(delivery -> found.add(delivery.id()));
      assertThat(found).as("a list without end").hasSizeLessThan(1_000);
    }
    return found;
  }
}
