package dev.hookferry.http.console.portal.figures;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.http.console.list.MatchCount;
import dev.hookferry.id.EndpointId;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.EndpointScope;
import dev.hookferry.query.Page;
import dev.hookferry.query.PageRequest;
import dev.hookferry.replay.ReplayWindow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * The failed deliveries by endpoint, the newest 1,000 of each. They are read together. If there are
 * too many, they are read per endpoint, so that many to one endpoint do not hide those to another.
 */
final class FailedBacklog {
  /** Maximum number of queries for failed deliveries. */
  private static final int MAX_LOOKS = 3;

  private static final Page<Delivery> NOTHING = new Page<>(List.of(), null);

  private final Map<EndpointId, Page<Delivery>> byEndpoint = new LinkedHashMap<>();

  /**
   * Reads the deliveries. Blocks.
   *
   * @param query the site, and the endpoint if there is only one
   * @param list returns the deliveries that match a query and belong to the customer
   */
  FailedBacklog(
      DeliveryQuery query,
      Collection<EndpointId> endpoints,
      Function<DeliveryQuery, Page<Delivery>> list) {
    DeliveryQuery ended =
        query.withoutTests().states(ReplayWindow.FAILED).limit(PageRequest.MAX_LIMIT);
    Set<EndpointId> unseen = new LinkedHashSet<>(endpoints);
    Page<Delivery> page = list.apply(ended);
    add(page, unseen);
    for (int i = 1; i < MAX_LOOKS && page.next() != null && !unseen.isEmpty(); i++) {
      EndpointScope others = EndpointScope.except(new HashSet<>(byEndpoint.keySet()));
      page = list.apply(ended.endpoints(ended.endpoints().and(others)));
      add(page, unseen);
    }
    List<EndpointId> apart = new ArrayList<>();
    byEndpoint.forEach(
        (id, some) -> {
          if (some.next() != null) {
            apart.add(id);
          }
        });
    if (page.next() != null) {
      apart.addAll(unseen);
    }
    apart.stream()
        .limit(CustomerBacklog.MAX_APART)
        .forEach(id -> put(id, all(ended.endpoint(id), list)));
  }

  private void add(Page<Delivery> page, Set<EndpointId> unseen) {
    Map<EndpointId, List<Delivery>> found = new LinkedHashMap<>();
    page.data()
        .forEach(one -> found.computeIfAbsent(one.endpoint(), id -> new ArrayList<>()).add(one));
    found.forEach((id, some) -> put(id, new Page<>(some, page.next())));
    unseen.removeAll(found.keySet());
  }

  private void put(EndpointId id, Page<Delivery> some) {
    if (!some.data().isEmpty()) {
      byEndpoint.put(id, some);
    }
  }

  private static Page<Delivery> all(
      DeliveryQuery query, Function<DeliveryQuery, Page<Delivery>> list) {
    List<Delivery> all = new ArrayList<>();
    String next = null;
    do {
      Page<Delivery> page = list.apply(query.after(next));
      all.addAll(page.data());
      next = page.next();
    } while (next != null && all.size() < MatchCount.MAX);
    return new Page<>(all, next);
  }

  /** Returns how many deliveries to an endpoint have failed. */
  MatchCount of(EndpointId endpoint) {
    Page<Delivery> some = to(endpoint);
    return new MatchCount(some.data().size(), some.next() != null);
  }

  /** Returns the failed deliveries to an endpoint; only the newest if there are too many. */
  Page<Delivery> to(EndpointId endpoint) {
    return byEndpoint.getOrDefault(endpoint, NOTHING);
  }

  /**
   * Returns the failed deliveries since a time, newest first; only the newest of an endpoint with
   * too many.
   */
  Page<Delivery> since(Instant time) {
    List<Delivery> recent = new ArrayList<>();
    String next = null;
    for (Page<Delivery> some : byEndpoint.values()) {
      List<Delivery> own =
          some.data().stream().filter(one -> !one.createdAt().isBefore(time)).toList();
      recent.addAll(own);
      next = own.size() == some.data().size() && some.next() != null ? some.next() : next;
    }
    recent.sort(Comparator.comparing(Delivery::createdAt).reversed());
    return new Page<>(recent, next);
  }
}
