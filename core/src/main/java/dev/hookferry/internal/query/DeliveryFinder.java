package dev.hookferry.internal.query;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.event.Event;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.internal.ConfigHolder;
import dev.hookferry.internal.Reversed;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.EndpointScope;
import dev.hookferry.query.Page;
import dev.hookferry.query.PageRequest;
import dev.hookferry.store.AttemptLog;
import dev.hookferry.store.config.Config;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Search for deliveries in the store that distinguishes held from pending ones: the store knows
 * only pending deliveries, which count as held if the configuration holds those of their endpoint.
 * Thread-safe; blocks.
 */
public final class DeliveryFinder {
  /** The lowest status class that no endpoint can count as success. */
  private static final int REFUSED = 4;

  private final AttemptLog log;
  private final ConfigHolder configs;

  public DeliveryFinder(AttemptLog log, ConfigHolder configs) {
    this.log = log;
    this.configs = configs;
  }

  /** Returns a page of deliveries; the queried fields need not be search fields any more. */
  public Page<Delivery> page(DeliveryQuery query) {
    return query.isScan()
        ? new ResponseSearch(log, this::withHeldState).page(query, stored(narrowed(query)))
        : log.deliveries(stored(query)).map(this::withHeldState);
  }

  /**
   * Returns the query without delivered deliveries if it requires a failed last response: they are
   * usually the majority, and none of them matches.
   */
  private DeliveryQuery narrowed(DeliveryQuery query) {
    Integer statusClass = query.statusClass();
    if (statusClass == null
        || statusClass < REFUSED
        || query.states().equals(Set.of(DeliveryState.DELIVERED))) {
      return query;
    }
    Set<DeliveryState> states = EnumSet.copyOf(query.states());
    states.remove(DeliveryState.DELIVERED);
    return query.states(states);
  }

  /** Returns all deliveries of an event, oldest first. */
  public List<Delivery> ofEvent(Event event) {
    List<Delivery> deliveries = new ArrayList<>();
    String cursor = null;
    do {
      PageRequest part = PageRequest.of(PageRequest.MAX_LIMIT).after(cursor);
      Page<Delivery> page = page(DeliveryQuery.ofSite(event.site()).event(event.id()).page(part));
      deliveries.addAll(page.data());
      cursor = page.next();
    } while (cursor != null);
    return Reversed.reversed(deliveries);
  }

  /** Returns a delivery from the store, with state held if its endpoint holds deliveries. */
  public Delivery withHeldState(Delivery stored) {
    Config config = configs.config();
    Endpoint endpoint = config.endpoints().get(stored.endpoint());
    return endpoint != null && config.holds(endpoint) ? stored.held() : stored;
  }

  /** Returns whether the endpoint belongs to another site. */
  public boolean isElsewhere(SiteId site, EndpointId id) {
    Endpoint endpoint = configs.config().endpoints().get(id);
    return endpoint != null && !endpoint.site().equals(site);
  }

  /** Returns the query for the store, which finds held deliveries as pending ones by endpoint. */
  private DeliveryQuery stored(DeliveryQuery query) {
    Set<DeliveryState> states = query.states();
    EndpointScope scope = inSite(query);
    boolean held = states.contains(DeliveryState.HELD);
    if (held == states.contains(DeliveryState.PENDING)) {
      return query.endpoints(scope);
    }
    Set<EndpointId> holding = holding(query.site());
    EndpointScope where = held ? EndpointScope.only(holding) : EndpointScope.except(holding);
    if (states.size() == 1) {
      return query.state(DeliveryState.PENDING).endpoints(scope.and(where));
    }
    Set<DeliveryState> asStored = EnumSet.copyOf(states);
    asStored.remove(DeliveryState.HELD);
    asStored.add(DeliveryState.PENDING);
    return query.states(asStored).endpoints(scope).pendingEndpoints(where);
  }

  /** Returns the scope without endpoints of other sites, which saves the store a full scan. */
  private EndpointScope inSite(DeliveryQuery query) {
    EndpointScope scope = query.endpoints();
    return scope.and(
        EndpointScope.except(
            scope.ids().stream()
                .filter(id -> isElsewhere(query.site(), id))
                .collect(Collectors.toSet())));
  }

  private Set<EndpointId> holding(SiteId site) {
    Config config = configs.config();
    return config.endpointsOf(site).values().stream()
        .filter(config::holds)
        .map(Endpoint::id)
        .collect(Collectors.toSet());
  }
}
