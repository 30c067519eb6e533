package dev.hookferry.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.Page;
import dev.hookferry.query.PageRequest;
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

/** Deliveries that ended and were sent again are found by what they are, not by what they were. */
@Promise(by = AttemptLog.class, value = "A query sees every commit that returned before it began.")
public interface RevivalContract extends StoreFixture {
  @Test
  default void findsWhatWasSentAgainByItsLastStateAlone(Scene scene) {
    EndpointId endpoint = scene.samples.endpoint();
    Map<DeliveryId, Delivery> now = new HashMap<>();
    for (int round = 0; round < 6; round++) {
      for (int i = 0; i < 25; i++) {
        Delivery fresh = scene.owned(endpoint);
        now.put(fresh.id(), end(scene, fresh));
      }
      assertFound(scene, now);
      revive(scene, endpoint, now);
      assertFound(scene, now);
    }
  }

  private static Delivery end(Scene scene, Delivery delivery) {
    scene.samples.pass(Duration.ofMillis(1));
    Delivery ended =
        switch (scene.samples.number(4)) {
          case 0 -> delivery.delivered(scene.samples.now());
          case 1 -> delivery.exhausted(scene.samples.now());
          case 2 -> delivery.poisoned(scene.samples.now());
          default -> delivery.cancelled(scene.samples.now());
        };
    boolean tried = ended.attempts() > delivery.attempts();
    scene.record(
        new AttemptResult(
            ended, tried ? scene.samples.attempt(delivery, scene.samples.failure()) : null));
    return ended;
  }

  /** A third of them; some of these are left waiting. */
  private static void revive(Scene scene, EndpointId endpoint, Map<DeliveryId, Delivery> now) {
    List<Delivery> ended = new ArrayList<>(now.values());
    ended.sort(Comparator.comparing(delivery -> delivery.id().toString()));
    for (Delivery delivery : ended) {
      if (delivery.state().isFinal() && scene.samples.number(3) == 0) {
        scene.command(new Command.Retry(delivery.site(), delivery.id(), scene.samples.now()));
      }
    }
    for (Delivery again : scene.claimAll(endpoint)) {
      now.put(again.id(), again);
      if (scene.samples.number(4) > 0) {
        now.put(again.id(), end(scene, again));
      }
    }
  }

  private static void assertFound(Scene scene, Map<DeliveryId, Delivery> now) {
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
      assertThat(found(scene, states)).as(states.toString()).isEqualTo(expected);
    }
  }

  private static List<DeliveryId> found(Scene scene, Set<DeliveryState> states) {
    DeliveryQuery query = DeliveryQuery.ofSite(Samples.SITE).withStates(states);
    Page<Delivery> page = scene.store().log().deliveries(query.withPage(new PageRequest(7, null)));
    List<DeliveryId> found = new ArrayList<>();
    page.data().forEach(delivery -> found.add(delivery.id()));
    while (page.next() != null) {
      page = scene.store().log().deliveries(query.withPage(new PageRequest(7, page.next())));
      page.data().forEach(delivery -> found.add(delivery.id()));
      assertThat(found).as("a list without end").hasSizeLessThan(1_000);
    }
    return found;
  }
}
