package dev.hookferry.auditor;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.Event;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EventId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The evidence by what it is about, and the objections so far. */
final class Joined {
  final AuditEvidence evidence;
  final Map<EventId, Event> events = new LinkedHashMap<>();
  final Map<DeliveryId, Delivery> deliveries = new LinkedHashMap<>();
  final Map<EventId, List<Delivery>> deliveriesOf;
  final Map<DeliveryId, List<Attempt>> attemptsOf;
  final Map<DeliveryId, List<Arrived>> arrivedOf;
  final Set<EventId> lost = new LinkedHashSet<>();
  int duplicates;

  private final List<String> objections = new ArrayList<>();

  Joined(AuditEvidence evidence) {
    this.evidence = evidence;
    for (Event event : evidence.events()) {
      objectIf(events.put(event.id(), event) != null, event.id() + " is in the log twice");
    }
    for (Delivery delivery : evidence.deliveries()) {
      boolean twice = deliveries.put(delivery.id(), delivery) != null;
      objectIf(twice, delivery.id() + " is in the log twice");
    }
    deliveriesOf = by(deliveries.values(), Delivery::event);
    attemptsOf = by(evidence.attempts(), Attempt::delivery);
    attemptsOf.values().forEach(all -> all.sort(Comparator.comparing(Attempt::number)));
    arrivedOf = by(evidence.arrived(), Arrived::delivery);
    arrivedOf.values().forEach(all -> all.sort(Comparator.comparing(Arrived::begun)));
  }

  private static <K, V> Map<K, List<V>> by(Iterable<V> all, Function<V, K> key) {
    Map<K, List<V>> groups = new LinkedHashMap<>();
    all.forEach(one -> groups.computeIfAbsent(key.apply(one), k -> new ArrayList<>()).add(one));
    return groups;
  }

  List<Attempt> attempts(Delivery delivery) {
    return attemptsOf.getOrDefault(delivery.id(), List.of());
  }

  List<Arrived> arrived(Delivery delivery) {
    return arrivedOf.getOrDefault(delivery.id(), List.of());
  }

  /** Returns whether somebody sent its event to its endpoint after it was accepted. */
  boolean isReaddressed(Delivery delivery) {
    return evidence.readdressed().stream()
        .anyMatch(
            asked ->
                asked.event().equals(delivery.event())
                    && asked.endpoint().equals(delivery.endpoint()));
  }

  void object(String sentence) {
    objections.add(sentence);
  }

  void objectIf(boolean wrong, String sentence) {
    if (wrong) {
      object(sentence);
    }
  }

  List<String> objections() {
    return objections;
  }
}
