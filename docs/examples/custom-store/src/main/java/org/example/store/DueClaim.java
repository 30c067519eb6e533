package org.example.store;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.Event;
import dev.hookferry.id.EndpointId;
import dev.hookferry.store.ClaimRequest;
import dev.hookferry.store.ClaimResult.Work;
import dev.hookferry.store.Owner;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A claim of due deliveries. */
final class DueClaim {
  private final Ledger.Change change;
  private final DeliveryIndex deliveries;
  private final ClaimRequest request;

  DueClaim(Ledger.Change change, ClaimRequest request) {
    this.change = change;
    this.deliveries = change.tables().deliveries();
    this.request = request;
  }

  /** Assigns due deliveries to an owner, earliest due first, up to the limits of the request. */
  List<Work> take(Owner owner) {
    List<Work> taken = new ArrayList<>();
    long bytes = 0;
    for (Delivery delivery : candidates()) {
      DeliveryIndex.Row row = deliveries.find(delivery.site(), delivery.id()).orElseThrow();
      Event event = change.tables().event(delivery.site(), delivery.event()).orElseThrow().event();
      bytes += event.payload().size();
      if (!taken.isEmpty() && bytes > request.maxBytes()) {
        break;
      }
      change.add(new Fact.DeliveryChanged(delivery, owner, row.suspicion()));
      taken.add(new Work(delivery, event, row.suspicion()));
    }
    return taken;
  }

  private List<Delivery> candidates() {
    return endpoints().stream()
        .flatMap(
            endpoint ->
                deliveries.free(endpoint).stream()
                    .takeWhile(delivery -> !delivery.dueAt().isAfter(request.dueBy()))
                    .limit(request.room().of(endpoint)))
        .sorted(DeliveryIndex.EARLIEST_DUE_FIRST)
        .limit(request.limit())
        .toList();
  }

  private Set<EndpointId> endpoints() {
    return request
        .room()
        .named()
        .map(Map::keySet)
        .orElseGet(
            () ->
                deliveries.endpoints().stream()
                    .filter(endpoint -> request.room().of(endpoint) > 0)
                    .collect(Collectors.toSet()));
  }

  /** Returns when the earliest delivery that is still free is due; null if there is none. */
  Instant nextDue() {
    return endpoints().stream()
        .map(deliveries::free)
        .filter(free -> !free.isEmpty())
        .map(free -> free.first().dueAt())
        .min(Comparator.naturalOrder())
        .orElse(null);
  }
}
