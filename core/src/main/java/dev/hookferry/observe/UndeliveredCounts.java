package dev.hookferry.observe;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.id.EndpointId;
import dev.hookferry.internal.argument.NoNulls;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.EndpointScope;
import dev.hookferry.query.Page;
import dev.hookferry.query.PageRequest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Counts of the deliveries that have not ended, by endpoint and by state: up to {@value #MAX} of
 * the newest that are pending or held, as many that block their ordering key, and as many that wait
 * for their turn. Immutable.
 */
public final class UndeliveredCounts {
  /** Maximum count: {@value}. */
  public static final int MAX = 1_000;

  private static final Set<DeliveryState> SENT = Set.of(DeliveryState.PENDING, DeliveryState.HELD);
  private static final Set<DeliveryState> BLOCKED = Set.of(DeliveryState.BLOCKED);
  private static final Set<DeliveryState> WAITING = Set.of(DeliveryState.WAITING);

  private final Map<EndpointId, Undelivered> byEndpoint = new HashMap<>();
  private final Map<DeliveryState, Integer> byState = new EnumMap<>(DeliveryState.class);
  private final Set<DeliveryState> cut = new HashSet<>();
  private final Set<Key> blocked = new HashSet<>();
  private final Map<Key, Integer> waiting = new HashMap<>();

  private UndeliveredCounts() {}

  /** An ordering key of an endpoint. */
  private record Key(EndpointId endpoint, @Nullable String key) {
    static Key of(Delivery delivery) {
      return new Key(delivery.endpoint(), delivery.orderingKey());
    }
  }

  /**
   * Counts deliveries. Blocks while {@code list} does.
   *
   * @param query the site and its endpoints; states and page are ignored
   * @param ordered the endpoints that deliver in order by key; only their deliveries can wait for
   *     their turn
   * @param list returns a page of deliveries, such as {@link dev.hookferry.Deliveries#list}
   */
  public static UndeliveredCounts of(
      DeliveryQuery query, Set<EndpointId> ordered, Function<DeliveryQuery, Page<Delivery>> list) {
    Objects.requireNonNull(query, "query");
    NoNulls.in(ordered, "ordered");
    Objects.requireNonNull(list, "list");
    UndeliveredCounts counts = new UndeliveredCounts();
    counts.read(query.states(SENT), list);
    if (!ordered.isEmpty()) {
      EndpointScope scope = query.endpoints().and(EndpointScope.only(ordered));
      // Counted separately: a delivery that blocks a key is older than all that wait behind it.
      counts.read(query.states(BLOCKED).endpoints(scope), list);
      counts.read(query.states(WAITING).endpoints(scope), list);
      counts.countBehind();
    }
    return counts;
  }

  /**
   * Counts the deliveries of each endpoint, up to {@value #MAX} in each state, for sites that have
   * too many to count together. Endpoints with few deliveries share queries; one with many is
   * counted alone. Blocks while {@code list} does.
   *
   * @param endpoints all of one site
   * @param list returns a page of deliveries, such as {@link dev.hookferry.Deliveries#list}
   * @return the counts, with an entry for every endpoint
   */
  public static Map<EndpointId, Undelivered> ofEach(
      Collection<Endpoint> endpoints, Function<DeliveryQuery, Page<Delivery>> list) {
    Objects.requireNonNull(list, "list");
    Map<EndpointId, Undelivered> found = new HashMap<>();
    List<Endpoint> rest = List.copyOf(NoNulls.in(endpoints, "endpoints"));
    while (!rest.isEmpty()) {
      UndeliveredCounts together = ofGroup(rest, list);
      boolean isExact = together.cut.isEmpty() || rest.size() == 1;
      int share = isExact ? 0 : Math.max(1, together.all().total() / rest.size());
      List<Endpoint> others = new ArrayList<>();
      for (Endpoint one : rest) {
        Undelivered part = together.of(one.id());
        // At least one endpoint reaches the average, so each round leaves fewer.
        if (part.total() < share) {
          others.add(one);
        } else {
          found.put(one.id(), isExact ? part : ofGroup(List.of(one), list).of(one.id()));
        }
      }
      rest = others;
    }
    return found;
  }

  private static UndeliveredCounts ofGroup(
      List<Endpoint> endpoints, Function<DeliveryQuery, Page<Delivery>> list) {
    Set<EndpointId> ids = new HashSet<>();
    Set<EndpointId> ordered = new HashSet<>();
    for (Endpoint endpoint : endpoints) {
      ids.add(endpoint.id());
      if (endpoint.order().isByKey()) {
        ordered.add(endpoint.id());
      }
    }
    DeliveryQuery query = DeliveryQuery.ofSite(endpoints.get(0).site());
    return of(query.endpoints(EndpointScope.only(ids)), ordered, list);
  }

  private void read(DeliveryQuery query, Function<DeliveryQuery, Page<Delivery>> list) {
    int read = 0;
    String next = null;
    do {
      Page<Delivery> page =
          list.apply(query.page(PageRequest.of(PageRequest.MAX_LIMIT).after(next)));
      for (Delivery delivery : page.data()) {
        byState.merge(delivery.state(), 1, Integer::sum);
        byEndpoint.merge(delivery.endpoint(), of(delivery), Undelivered::and);
        if (delivery.state() == DeliveryState.BLOCKED) {
          blocked.add(Key.of(delivery));
        } else if (delivery.state() == DeliveryState.WAITING) {
          waiting.merge(Key.of(delivery), 1, Integer::sum);
        }
      }
      read += page.data().size();
      next = page.next();
    } while (next != null && read < MAX);
    if (next != null) {
      cut.addAll(query.states());
    }
  }

  private void countBehind() {
    waiting.keySet().retainAll(blocked);
    waiting.forEach(
        (key, count) ->
            byEndpoint.computeIfPresent(key.endpoint(), (id, all) -> all.behind(count)));
  }

  private static Undelivered of(Delivery delivery) {
    boolean isBlocked = delivery.state() == DeliveryState.BLOCKED;
    return new Undelivered(
        isBlocked ? 0 : 1,
        isBlocked ? 1 : 0,
        0,
        delivery.createdAt(),
        SENT.contains(delivery.state()) ? delivery.dueAt() : null,
        false);
  }

  /** Returns the deliveries of an endpoint. */
  public Undelivered of(EndpointId endpoint) {
    Objects.requireNonNull(endpoint, "endpoint");
    Undelivered found = byEndpoint.getOrDefault(endpoint, Undelivered.NONE);
    return cut.isEmpty() ? found : found.cut();
  }

  /** Returns the deliveries of all endpoints. */
  public Undelivered all() {
    Undelivered all = byEndpoint.values().stream().reduce(Undelivered.NONE, Undelivered::and);
    return cut.isEmpty() ? all : all.cut();
  }

  /** Returns the number of deliveries in a state; 0 for final ones. */
  public int count(DeliveryState state) {
    return byState.getOrDefault(Objects.requireNonNull(state, "state"), 0);
  }

  /** Returns whether a state may have more deliveries than were counted. */
  public boolean isCut(DeliveryState state) {
    return cut.contains(Objects.requireNonNull(state, "state"));
  }
}
