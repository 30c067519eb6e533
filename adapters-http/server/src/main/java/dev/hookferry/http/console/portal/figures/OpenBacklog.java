package dev.hookferry.http.console.portal.figures;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventType;
import dev.hookferry.observe.UndeliveredCounts;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.Page;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The unfinished deliveries to some endpoints, counted up to a shared limit.
 *
 * @param counts their numbers
 * @param byEndpoint the deliveries that were counted
 */
record OpenBacklog(UndeliveredCounts counts, Map<EndpointId, List<Delivery>> byEndpoint) {
  /** Reads the deliveries. Blocks. */
  static OpenBacklog of(
      DeliveryQuery query,
      Collection<Endpoint> endpoints,
      Function<DeliveryQuery, Page<Delivery>> list) {
    List<Delivery> all = new ArrayList<>();
    Set<EndpointId> ordered =
        endpoints.stream()
            .filter(endpoint -> endpoint.order().isByKey())
            .map(Endpoint::id)
            .collect(Collectors.toSet());
    UndeliveredCounts counts =
        UndeliveredCounts.of(
            query,
            ordered,
            part -> {
              Page<Delivery> page = list.apply(part);
              all.addAll(page.data());
              return page;
            });
    return new OpenBacklog(counts, all.stream().collect(Collectors.groupingBy(Delivery::endpoint)));
  }

  /** Returns a copy with the same numbers but without the deliveries to the given endpoints. */
  OpenBacklog without(Set<EndpointId> endpoints) {
    return new OpenBacklog(
        counts,
        byEndpoint.entrySet().stream()
            .filter(one -> !endpoints.contains(one.getKey()))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  List<Delivery> of(EndpointId endpoint) {
    return byEndpoint.getOrDefault(endpoint, List.of());
  }

  private Stream<Delivery> in(DeliveryState state) {
    return byEndpoint.values().stream().flatMap(List::stream).filter(one -> one.state() == state);
  }

  /** Returns the deliveries in a state since a time, without tests. */
  Stream<Delivery> since(Instant time, DeliveryState state) {
    return in(state)
        .filter(one -> !one.createdAt().isBefore(time))
        .filter(one -> !one.type().equals(EventType.TEST));
  }

  /** Returns whether there may be more than were counted. */
  boolean isCut() {
    return counts.all().more();
  }

  /** Returns whether there may be more in a state since a time than were counted. */
  boolean isCut(Instant time, DeliveryState state) {
    return counts.isCut(state) && in(state).noneMatch(one -> one.createdAt().isBefore(time));
  }
}
