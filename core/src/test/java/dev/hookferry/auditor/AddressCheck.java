package dev.hookferry.auditor;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.Event;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventId;
import dev.hookferry.id.SiteId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whom an event goes to: whoever wanted it when it was accepted, or was named later, once each. */
final class AddressCheck {
  private final Rules rules;
  private final Joined joined;
  private final Map<EventId, Set<EndpointId>> named = new HashMap<>();

  AddressCheck(Rules rules, Joined joined) {
    this.rules = rules;
    this.joined = joined;
    for (Readdressed asked : joined.evidence.readdressed()) {
      named.computeIfAbsent(asked.event(), k -> new HashSet<>()).add(asked.endpoint());
    }
  }

  void run() {
    joined.events.values().forEach(this::addressees);
    joined.evidence.readdressed().forEach(this::kept);
  }

  /** Returns the number of deliveries in an event's receipt. */
  int own(EventId event) {
    Set<EndpointId> later = named.getOrDefault(event, Set.of());
    return (int)
        joined.deliveriesOf.getOrDefault(event, List.of()).stream()
            .filter(delivery -> !later.contains(delivery.endpoint()))
            .count();
  }

  private void addressees(Event event) {
    Set<EndpointId> later = named.getOrDefault(event.id(), Set.of());
    Set<EndpointId> reached = new HashSet<>();
    for (Delivery delivery : joined.deliveriesOf.getOrDefault(event.id(), List.of())) {
      EndpointId endpoint = delivery.endpoint();
      joined.objectIf(!reached.add(endpoint), event.id() + " has two deliveries to " + endpoint);
      joined.objectIf(
          !later.contains(endpoint) && !rules.wanted().test(event, endpoint),
          "nobody asked for " + delivery);
      SiteId owner = rules.sites().getOrDefault(endpoint, event.site());
      joined.objectIf(
          !delivery.site().equals(event.site()) || !owner.equals(event.site()),
          event.id() + " of site " + event.site() + " crosses to site " + owner + ": " + delivery);
    }
  }

  private void kept(Readdressed asked) {
    DeliveryId told = asked.told();
    if (told == null) {
      return;
    }
    Delivery delivery = joined.deliveries.get(told);
    if (delivery == null) {
      joined.lost.add(asked.event());
      joined.object(told + " was told to who asked for it; the store does not have it");
    } else {
      joined.objectIf(
          !delivery.event().equals(asked.event()) || !delivery.endpoint().equals(asked.endpoint()),
          "what was asked for was another one: " + delivery);
    }
  }
}
