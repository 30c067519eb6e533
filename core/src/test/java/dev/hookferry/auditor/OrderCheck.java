package dev.hookferry.auditor;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.endpoint.DeliveryOrder;
import dev.hookferry.event.Event;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Order by key: an event that was published after another one with its ordering key had been
 * acknowledged comes first to no endpoint that keeps the order, and not before the other one has
 * been taken or given up.
 */
final class OrderCheck {
  /** How long after its reply was sent a receiver may write that down. */
  private static final Duration WRITING = Duration.ofMillis(100);

  private final Rules rules;
  private final Joined joined;
  private final Map<EventId, Acknowledged> told = new HashMap<>();

  private record Queue(EndpointId endpoint, String key) {}

  /** A delivery, and when its event was offered and acknowledged. */
  private record Place(Delivery delivery, Instant offered, Instant acknowledged) {}

  OrderCheck(Rules rules, Joined joined) {
    this.rules = rules;
    this.joined = joined;
    joined.evidence.acknowledged().forEach(one -> told.put(one.event(), one));
  }

  void run() {
    Map<Queue, List<Place>> queues = new LinkedHashMap<>();
    for (Delivery delivery : joined.deliveries.values()) {
      Event event = joined.events.get(delivery.event());
      Acknowledged acknowledged = told.get(delivery.event());
      String key = event == null ? null : event.options().orderingKey();
      if (key != null && acknowledged != null && rules.orders().containsKey(delivery.endpoint())) {
        givenUp(delivery);
        queues
            .computeIfAbsent(new Queue(delivery.endpoint(), key), q -> new ArrayList<>())
            .add(new Place(delivery, acknowledged.offered(), acknowledged.at()));
      }
    }
    queues.values().forEach(this::judge);
  }

  private void givenUp(Delivery delivery) {
    boolean isGivenUp =
        delivery.state() == DeliveryState.EXHAUSTED || delivery.state() == DeliveryState.POISONED;
    joined.objectIf(
        isGivenUp
            && rules.orders().get(delivery.endpoint()) == DeliveryOrder.BY_KEY
            && !rules.byHand().skipped().contains(delivery.id()),
        delivery.id() + " was given up instead of blocking its key");
  }

  private void judge(List<Place> places) {
    List<Place> byAcknowledgement =
        places.stream()
            .filter(place -> !joined.isReaddressed(place.delivery()))
            .sorted(Comparator.comparing(Place::acknowledged))
            .toList();
    List<Place> byOffer = places.stream().sorted(Comparator.comparing(Place::offered)).toList();
    Instant open = Instant.MIN;
    Delivery last = null;
    int next = 0;
    for (Place place : byOffer) {
      while (next < byAcknowledgement.size()
          && byAcknowledgement.get(next).acknowledged().isBefore(place.offered())) {
        Delivery before = byAcknowledgement.get(next++).delivery();
        Instant end = end(before);
        if (end.isAfter(open)) {
          open = end;
          last = before;
        }
      }
      Optional<Instant> first =
          joined.arrived(place.delivery()).stream().map(Arrived::begun).findFirst();
      if (first.isPresent() && first.get().isBefore(open)) {
        joined.object(
            place.delivery().id()
                + " came at "
                + first.get()
                + ", although "
                + last
                + " with its ordering key was before it until "
                + open);
      }
    }
  }

  /** Returns the earliest time at which the next of its key may have come. */
  private Instant end(Delivery delivery) {
    boolean isTrue = rules.times().isTrue();
    return switch (delivery.state()) {
      case PENDING, HELD, WAITING, BLOCKED -> isByHand(delivery) ? Instant.MIN : Instant.MAX;
      case DELIVERED -> isByHand(delivery) ? Instant.MIN : taken(delivery);
      case EXHAUSTED, CANCELLED, POISONED ->
          delivery.settledAt() == null || isByHand(delivery) || !isTrue
              ? Instant.MIN
              : delivery.settledAt().minus(rules.tolerance());
    };
  }

  /**
   * Returns when the request that the log has was answered. After a take-over, the former owner may
   * have sent one as well, and whatever that was answered counts for nothing.
   */
  private Instant taken(Delivery delivery) {
    Instant logged =
        joined.attempts(delivery).stream()
            .filter(attempt -> attempt.outcome().kind() == OutcomeKind.DELIVERED)
            .map(attempt -> attempt.startedAt().minus(rules.tolerance()))
            .findFirst()
            .filter(started -> rules.times().isTrue())
            .orElse(Instant.MIN);
    return joined.arrived(delivery).stream()
        .filter(request -> request.isTaken() && !request.begun().isBefore(logged))
        .map(Arrived::ended)
        .min(Comparator.naturalOrder())
        .map(ended -> ended.minus(WRITING))
        .orElse(Instant.MIN);
  }

  /** Returns whether it may have ended, and then come again. */
  private boolean isByHand(Delivery delivery) {
    return rules.byHand().retried().contains(delivery.id());
  }
}
