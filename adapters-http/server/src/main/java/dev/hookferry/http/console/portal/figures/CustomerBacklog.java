package dev.hookferry.http.console.portal.figures;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.http.console.list.MatchCount;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventType;
import dev.hookferry.observe.EndpointHealth;
import dev.hookferry.observe.Undelivered;
import dev.hookferry.observe.UndeliveredCounts;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.EndpointScope;
import dev.hookferry.query.Page;
import dev.hookferry.query.PageRequest;
import dev.hookferry.replay.ReplayWindow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The deliveries to a customer's endpoints that have failed or not ended, as far back as they are
 * kept. Read once for a page: the newest 500 that failed, and up to 1,000 that have not ended.
 */
public final class CustomerBacklog {
  /** How often failed deliveries of further endpoints are looked for. */
  private static final int MOST_LOOKS = 3;

  private final List<Delivery> open = new ArrayList<>();
  private final Map<EndpointId, List<Delivery>> openByEndpoint;
  private final UndeliveredCounts counts;
  private final Page<Delivery> failed;
  private final Map<EndpointId, MatchCount> failedByEndpoint = new HashMap<>();

  /**
   * Reads the deliveries. Blocks.
   *
   * @param query the site, and the endpoint if there is only one
   * @param endpoints the endpoints
   * @param list returns the deliveries that match a query and belong to the customer
   */
  public CustomerBacklog(
      DeliveryQuery query,
      Collection<Endpoint> endpoints,
      Function<DeliveryQuery, Page<Delivery>> list) {
    counts =
        UndeliveredCounts.of(
            query,
            endpoints.stream()
                .filter(endpoint -> endpoint.order().isByKey())
                .map(Endpoint::id)
                .collect(Collectors.toSet()),
            part -> {
              Page<Delivery> page = list.apply(part);
              open.addAll(page.data());
              return page;
            });
    openByEndpoint = open.stream().collect(Collectors.groupingBy(Delivery::endpoint));
    DeliveryQuery ended =
        query.withoutTests().states(ReplayWindow.FAILED).limit(PageRequest.MAX_LIMIT);
    failed = list.apply(ended);
    count(failed);
    Set<EndpointId> seen = new HashSet<>(failedByEndpoint.keySet());
    Page<Delivery> page = failed;
    for (int i = 1; i < MOST_LOOKS && page.next() != null && seen.size() < endpoints.size(); i++) {
      page = list.apply(ended.endpoints(ended.endpoints().and(EndpointScope.except(seen))));
      count(page);
      seen.addAll(failedByEndpoint.keySet());
    }
  }

  private void count(Page<Delivery> page) {
    Map<EndpointId, Integer> found =
        page.data().stream().collect(Collectors.toMap(Delivery::endpoint, one -> 1, Integer::sum));
    found.forEach(
        (id, count) -> failedByEndpoint.put(id, new MatchCount(count, page.next() != null)));
  }

  /** Returns how many deliveries to an endpoint have failed. */
  public MatchCount failed(EndpointId endpoint) {
    return failedByEndpoint.getOrDefault(endpoint, MatchCount.NONE);
  }

  /** Returns the failed deliveries since a time; of more than 500, the newest. */
  public Page<Delivery> failedSince(Instant time) {
    List<Delivery> recent =
        failed.data().stream().filter(one -> !one.createdAt().isBefore(time)).toList();
    return new Page<>(recent, recent.size() < failed.data().size() ? null : failed.next());
  }

  /** Returns the deliveries to an endpoint that have not ended. */
  List<Delivery> open(EndpointId endpoint) {
    return openByEndpoint.getOrDefault(endpoint, List.of());
  }

  /**
   * Returns the deliveries in a state that have not ended, since a time, tests left out; of more
   * than are counted, the newest.
   */
  public List<Delivery> openSince(Instant time, DeliveryState state) {
    return open.stream()
        .filter(one -> one.state() == state && !one.createdAt().isBefore(time))
        .filter(one -> !one.type().equals(EventType.TEST))
        .toList();
  }

  /** Returns whether more in a state may have not ended since a time than are listed. */
  public boolean isCut(Instant time, DeliveryState state) {
    return counts.isCut(state)
        && open.stream()
            .filter(one -> one.state() == state)
            .noneMatch(one -> one.createdAt().isBefore(time));
  }

  /** Returns when the next attempt at an endpoint is made; null if nothing is pending. */
  public @Nullable Instant next(EndpointId endpoint, EndpointHealth health) {
    Instant due = undelivered(endpoint).nextDue();
    Instant until = health.until();
    return due != null && until != null && until.isAfter(due) ? until : due;
  }

  /** Returns the numbers of those to an endpoint that have not ended. */
  public Undelivered undelivered(EndpointId endpoint) {
    return counts.of(endpoint);
  }
}
