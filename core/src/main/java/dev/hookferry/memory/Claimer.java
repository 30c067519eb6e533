package dev.hookferry.memory;

import dev.hookferry.delivery.CrashSuspicion;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.Event;
import dev.hookferry.id.EndpointId;
import dev.hookferry.store.ClaimRequest;
import dev.hookferry.store.ClaimResult.Work;
import dev.hookferry.store.Owner;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One claim of due deliveries by an owner. */
final class Claimer {
  private final Tables tables;
  private final ClaimRequest claim;

  Claimer(Tables tables, ClaimRequest claim) {
    this.tables = tables;
    this.claim = claim;
  }

  /** Claims due deliveries for an owner, earliest due first, until a limit is reached. */
  List<Work> take(Owner owner) {
    List<Work> taken = new ArrayList<>();
    long bytes = 0;
    for (Delivery delivery : candidates()) {
      Event event = event(delivery);
      bytes += event.payload().size();
      if (!taken.isEmpty() && bytes > claim.maxBytes()) {
        break;
      }
      CrashSuspicion suspicion =
          tables
              .deliveries
              .find(delivery.site(), delivery.id())
              .map(DeliveryTable.Row::suspicion)
              .orElse(CrashSuspicion.NONE);
      tables.deliveries.put(delivery, owner, suspicion);
      taken.add(new Work(delivery, event, suspicion));
    }
    return taken;
  }

  private List<Delivery> candidates() {
    return endpoints().stream()
        .flatMap(each -> due(tables.deliveries.free(each)).limit(claim.room().of(each)))
        .sorted(DeliveryTable.EARLIEST_DUE_FIRST)
        .limit(claim.limit())
        .toList();
  }

  /**
   * Returns the endpoints named in the request, or if it names none, those with room and free
   * deliveries.
   */
  private Set<EndpointId> endpoints() {
    return claim
        .room()
        .named()
        .map(Map::keySet)
        .orElseGet(
            () ->
                tables.deliveries.endpoints().stream()
                    .filter(endpoint -> claim.room().of(endpoint) > 0)
                    .collect(Collectors.toSet()));
  }

  private Stream<Delivery> due(Collection<Delivery> earliestFirst) {
    return earliestFirst.stream().takeWhile(delivery -> !delivery.dueAt().isAfter(claim.dueBy()));
  }

  private Event event(Delivery delivery) {
    return tables
        .events
        .find(delivery.site(), delivery.event())
        .orElseThrow(() -> new IllegalStateException(delivery.id() + " has lost its event"))
        .event();
  }

  /** Returns when the earliest free delivery of these endpoints is due; null if there is none. */
  @Nullable Instant nextDue() {
    return endpoints().stream()
        .map(tables.deliveries::free)
        .filter(free -> !free.isEmpty())
        .map(free -> free.first().dueAt())
        .min(Comparator.naturalOrder())
        .orElse(null);
  }
}
