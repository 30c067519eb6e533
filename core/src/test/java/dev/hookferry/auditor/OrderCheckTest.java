package dev.hookferry.auditor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Samples;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.endpoint.DeliveryOrder;
import dev.hookferry.event.Event;
import dev.hookferry.event.EventOptions;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The check of the order by key must report every request that came before its turn. */
class OrderCheckTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final Samples samples = new Samples(5);
  private final EndpointId endpoint = samples.endpoint();
  private final Instant start = samples.now();
  private final List<Acknowledged> acknowledged = new ArrayList<>();
  private final List<Event> events = new ArrayList<>();
  private final List<Arrived> arrived = new ArrayList<>();
  private final List<Delivery> deliveries = new ArrayList<>();
  private final List<Attempt> attempts = new ArrayList<>();
  private final List<Readdressed> readdressed = new ArrayList<>();
  private Delivery first;
  private Delivery second;

  @BeforeEach
  void publishTwo() {
    first = published("a", 0, 1);
    second = published("a", 2, 3);
  }

  /** An event that was offered and acknowledged at these seconds. */
  private Delivery published(String key, int offered, int told) {
    EventOptions options = new EventOptions(Map.of(), List.of(), null, key, Map.of(), null, false);
    Event event = samples.event().with(options);
    events.add(event);
    acknowledged.add(new Acknowledged(event.id(), 1, event.payload(), at(offered), at(told)));
    return samples.delivery(event, endpoint);
  }

  private Instant at(double seconds) {
    return start.plusMillis(Math.round(seconds * SECOND.toMillis()));
  }

  private void ended(Delivery delivery, DeliveryState state, double at) {
    deliveries.add(
        new Delivery(
            delivery.id(),
            delivery.site(),
            delivery.event(),
            delivery.type(),
            delivery.endpoint(),
            state,
            1,
            delivery.createdAt(),
            delivery.dueAt(),
            state.isFinal() ? at(at) : null,
            state.isFinal() ? null : "a"));
  }

  private void request(Delivery delivery, double begun, double ended, int status) {
    arrived.add(
        new Arrived(
            endpoint,
            "node",
            delivery.id(),
            delivery.event(),
            1,
            at(begun),
            at(ended),
            status,
            samples.event().payload(),
            Map.of()));
  }

  private void logged(Delivery delivery, double started) {
    Attempt attempt = samples.attempt(delivery, samples.success());
    attempts.add(
        new Attempt(
            attempt.id(),
            attempt.delivery(),
            attempt.site(),
            attempt.endpoint(),
            attempt.event(),
            attempt.type(),
            attempt.number(),
            at(started),
            attempt.url(),
            attempt.outcome(),
            attempt.body()));
  }

  private List<String> judge(Set<DeliveryId> retried, Set<DeliveryId> skipped) {
    Rules rules =
        new Rules(
            9,
            attempt -> SECOND,
            delivery -> 1,
            Duration.ofMillis(500),
            Map.of(),
            new Rules.ByHand(retried, skipped, delivery -> true),
            (event, id) -> true,
            Map.of(),
            Map.of(endpoint, DeliveryOrder.BY_KEY),
            true,
            StoreTimes.TRUE);
    Joined joined =
        new Joined(
            new AuditEvidence(
                Set.of(),
                acknowledged,
                readdressed,
                arrived,
                events,
                deliveries,
                attempts,
                List.of()));
    new OrderCheck(rules, joined).run();
    return joined.objections();
  }

  private List<String> judge() {
    return judge(Set.of(), Set.of());
  }

  private void bothDelivered() {
    ended(first, DeliveryState.DELIVERED, 5);
    ended(second, DeliveryState.DELIVERED, 6);
  }

  @Test
  void acceptsDeliveriesInOrder() {
    bothDelivered();
    request(first, 4, 4.5, 500);
    request(first, 5, 5.5, 200);
    request(second, 5.6, 6, 200);

    assertThat(judge()).isEmpty();
  }

  @Test
  void objectsToTheWrongOrder() {
    bothDelivered();
    request(second, 4, 4.1, 200);
    request(first, 5, 5.1, 200);

    assertThat(judge()).singleElement().asString().contains("was before it");
  }

  @Test
  void objectsToADeliveryBeforeItsPredecessorSucceeds() {
    bothDelivered();
    request(first, 4, 4.1, 500);
    request(second, 4.5, 4.6, 200);
    request(first, 5, 5.1, 200);

    assertThat(judge()).hasSize(1);
  }

  @Test
  void objectsToOverlappingDeliveries() {
    bothDelivered();
    request(first, 4, 4.9, 200);
    request(second, 4.1, 4.2, 200);

    assertThat(judge()).hasSize(1);
  }

  /** The evicted owner is still answered. */
  @Test
  void acceptsADeliveryOverlappingAnUnloggedRequest() {
    bothDelivered();
    request(first, 4, 9, 200);
    request(first, 5, 5.5, 200);
    logged(first, 5);
    request(second, 6, 6.1, 200);

    assertThat(judge()).isEmpty();
  }

  @Test
  void objectsToADeliveryOverlappingALoggedRequest() {
    bothDelivered();
    request(first, 4, 4.5, 200);
    request(first, 5.5, 9, 200);
    logged(first, 5.5);
    request(second, 6, 6.1, 200);

    assertThat(judge()).hasSize(1);
  }

  @Test
  void objectsToADeliveryBeforeItsPredecessorIsGivenUp() {
    ended(first, DeliveryState.CANCELLED, 6);
    ended(second, DeliveryState.DELIVERED, 6);
    request(second, 5.4, 5.5, 200);

    assertThat(judge()).hasSize(1);
  }

  @Test
  void objectsToADeliveryDespiteABlockedPredecessor() {
    ended(first, DeliveryState.BLOCKED, 5);
    ended(second, DeliveryState.DELIVERED, 6);
    request(second, 6, 6.1, 200);

    assertThat(judge()).hasSize(1);
  }

  @Test
  void objectsToADeliveryGivenUpInsteadOfBlocking() {
    ended(first, DeliveryState.EXHAUSTED, 5);

    assertThat(judge()).singleElement().asString().contains("instead of blocking");
    assertThat(judge(Set.of(), Set.of(first.id()))).isEmpty();
  }

  @Test
  void eventsThatWerePublishedAtOnceHaveNoOrder() {
    Delivery third = published("a", 2, 3);
    bothDelivered();
    ended(third, DeliveryState.DELIVERED, 7);
    request(first, 5, 5.1, 200);
    request(third, 5.3, 5.5, 200);
    request(second, 5.6, 6, 200);

    assertThat(judge()).isEmpty();
  }

  @Test
  void anotherKeyHasItsOwnOrder() {
    Delivery other = published("b", 2, 3);
    ended(first, DeliveryState.DELIVERED, 9);
    ended(other, DeliveryState.DELIVERED, 4);
    request(other, 3, 3.1, 200);
    request(first, 9, 9.1, 200);

    assertThat(judge()).isEmpty();
  }

  @Test
  void resentDeliveriesAndThoseToFurtherEndpointsWentToTheEnd() {
    bothDelivered();
    request(second, 4, 4.1, 200);
    request(first, 5, 5.1, 200);
    assertThat(judge(Set.of(first.id()), Set.of())).isEmpty();

    readdressed.add(new Readdressed(first.event(), endpoint, first.id()));
    assertThat(judge()).isEmpty();
  }
}
