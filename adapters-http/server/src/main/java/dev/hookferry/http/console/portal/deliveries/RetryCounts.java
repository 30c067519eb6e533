package dev.hookferry.http.console.portal.deliveries;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.http.console.list.MatchCount;
import dev.hookferry.http.words.Words;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventType;
import dev.hookferry.portal.PortalAccess;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.Page;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The deliveries that match a filter and can be retried, counted by kind and endpoint. Up to 1,000
 * of each are counted, so that many to one endpoint do not hide those to another.
 *
 * @param kinds the numbers by kind and endpoint, of matching deliveries only
 */
public record RetryCounts(Map<RetryKind, Map<EndpointId, MatchCount>> kinds) {
  /**
   * The link that retries a list's matches, or only the failed ones if the list is not filtered by
   * status.
   *
   * @param count the number of deliveries to retry, without arrived ones and tests; none if only
   *     the rows are requested
   * @param hasStatusFilter whether the list is filtered by status
   * @param query the query of the page that the link opens
   */
  public record Offer(MatchCount count, boolean hasStatusFilter, String query) {
    /** No link. */
    public static final Offer NONE = new Offer(MatchCount.NONE, false, "");

    /**
     * Returns the link of a list. Blocks.
     *
     * @param page the page that is shown
     * @param all how many match
     */
    public static Offer of(
        PortalFilter filter,
        DeliveryQuery query,
        Page<Delivery> page,
        MatchCount all,
        PortalAccess access) {
      Optional<RetryKind> kind = RetryKind.ofStatus(filter.text("status"));
      if (filter.isRefresh() || kind.isEmpty()) {
        return NONE;
      }
      boolean hasStatusFilter = !filter.text("status").isEmpty();
      boolean hasTests = page.data().stream().anyMatch(one -> one.type().equals(EventType.TEST));
      return new Offer(
          hasStatusFilter && !hasTests ? all : count(query, kind.get(), access),
          hasStatusFilter,
          hasStatusFilter ? filter.query() : filter.queryWith(RetryKind.FIELD, kind.get().code()));
    }

    /** Returns the text of the link; empty if nothing can be retried. */
    public String label(Words words) {
      if (count.known() == 0) {
        return "";
      }
      String key = hasStatusFilter ? "deliveries.retry-these" : "deliveries.retry-failed";
      // If there are more than can be retried together, an unfiltered list shows no number.
      return count.more() && !hasStatusFilter
          ? words.text("deliveries.retry-many")
          : words.count(key, count.known(), count.more());
    }

    private static MatchCount count(DeliveryQuery query, RetryKind kind, PortalAccess access) {
      DeliveryQuery meant = RetryCounts.query(query, EnumSet.of(kind)).after(null);
      boolean isSlow = query.isScan() || !query.fields().isEmpty();
      DeliveryQuery one = isSlow ? meant.limit(query.page().limit()) : meant;
      return MatchCount.of(one, access.deliveries(one), MatchCount.MAX, access::deliveries);
    }
  }

  /**
   * Counts the deliveries. Blocks.
   *
   * @param requested the filter
   * @param endpoints the customer's endpoints
   * @param list returns the deliveries that match a query and belong to the customer
   */
  public static RetryCounts of(
      DeliveryQuery requested,
      Collection<EndpointId> endpoints,
      Function<DeliveryQuery, Page<Delivery>> list) {
    List<EndpointId> scope = endpoints.stream().filter(requested.endpoints()::contains).toList();
    Map<RetryKind, Map<EndpointId, MatchCount>> kinds = new EnumMap<>(RetryKind.class);
    for (RetryKind kind : RetryKind.values()) {
      DeliveryQuery query = query(requested, EnumSet.of(kind));
      Map<EndpointId, MatchCount> counts =
          query.states().isEmpty() ? Map.of() : count(query, scope, list);
      if (!counts.isEmpty()) {
        kinds.put(kind, counts);
      }
    }
    return new RetryCounts(kinds);
  }

  /**
   * Returns the query for the newest deliveries of the given kinds that match a filter, as many as
   * can be retried together. The query has no states if no delivery can match.
   */
  public static DeliveryQuery query(DeliveryQuery requested, Set<RetryKind> kinds) {
    Set<DeliveryState> states = new HashSet<>();
    kinds.forEach(kind -> states.addAll(kind.states()));
    states.retainAll(requested.states());
    return requested.withoutTests().states(states).limit(PortalAccess.MAX_RETRIES);
  }

  /**
   * Queries endpoints individually only if one page cannot hold all deliveries and the query is
   * cheap.
   */
  private static Map<EndpointId, MatchCount> count(
      DeliveryQuery query, List<EndpointId> scope, Function<DeliveryQuery, Page<Delivery>> list) {
    Page<Delivery> page = list.apply(query);
    Map<EndpointId, MatchCount> counts = new LinkedHashMap<>();
    if (page.next() == null || query.isScan()) {
      page.data().stream()
          .map(Delivery::endpoint)
          .distinct()
          .forEach(id -> counts.put(id, count(page, id)));
    } else {
      for (EndpointId id : scope) {
        MatchCount count = count(query.endpoint(id), list);
        if (count.known() > 0) {
          counts.put(id, count);
        }
      }
    }
    return counts;
  }

  private static MatchCount count(
      DeliveryQuery query, Function<DeliveryQuery, Page<Delivery>> list) {
    return MatchCount.of(query, list.apply(query), MatchCount.MAX, list);
  }

  private static MatchCount count(Page<Delivery> page, EndpointId id) {
    long known = page.data().stream().filter(one -> one.endpoint().equals(id)).count();
    return new MatchCount((int) known, page.next() != null);
  }

  /** Returns the endpoints that have such deliveries. */
  public Set<EndpointId> endpoints() {
    Set<EndpointId> all = new HashSet<>();
    kinds.values().forEach(counts -> all.addAll(counts.keySet()));
    return all;
  }

  /** Returns the maximum number of deliveries to an endpoint that are retried together. */
  public int most(EndpointId endpoint) {
    int all = kinds.keySet().stream().mapToInt(kind -> of(kind, endpoint).known()).sum();
    return Math.min(PortalAccess.MAX_RETRIES, all);
  }

  /** Returns the number of deliveries of a kind. */
  MatchCount of(RetryKind kind) {
    Collection<MatchCount> counts = kinds.getOrDefault(kind, Map.of()).values();
    return new MatchCount(
        counts.stream().mapToInt(MatchCount::known).sum(),
        counts.stream().anyMatch(MatchCount::more));
  }

  /** Returns the number of deliveries of a kind to an endpoint. */
  MatchCount of(RetryKind kind, EndpointId endpoint) {
    return kinds.getOrDefault(kind, Map.of()).getOrDefault(endpoint, MatchCount.NONE);
  }
}
