package dev.hookferry.engine.routing;

import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.event.Envelope;
import dev.hookferry.event.Event;
import dev.hookferry.event.NewEvent;
import dev.hookferry.filter.Filter;
import dev.hookferry.filter.FilterSet;
import dev.hookferry.filter.FilterVerdict;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import dev.hookferry.store.config.Config;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The filters of endpoints by event type, compiled on first use, and again after an endpoint with a
 * filter has changed. Thread-safe.
 */
public final class FilterIndex {
  private final Map<SiteId, SiteFilters> sites = new ConcurrentHashMap<>();

  /** Creates an empty index. */
  public FilterIndex() {}

  /**
   * The filters of a site.
   *
   * @param endpoints all endpoints with a filter
   */
  private record SiteFilters(
      Map<EndpointId, Endpoint> endpoints, Map<EventType, Optional<FilterSet>> byType) {
    Optional<FilterSet> of(EventType type) {
      if (byType.size() >= RouteIndex.MAX_FOUND) {
        byType.clear();
      }
      return byType.computeIfAbsent(type, this::find);
    }

    private Optional<FilterSet> find(EventType type) {
      return setOf(endpoints.values().stream().filter(each -> each.isSubscribedTo(type)));
    }
  }

  /**
   * Returns the filters of the endpoints that an event can go to; null if none has a filter.
   * Ignores labels, which need no evaluation.
   */
  public @Nullable FilterSet of(Config config, Event event) {
    Map<EndpointId, Endpoint> endpoints = config.filteredEndpointsOf(event.site());
    if (endpoints.isEmpty()) {
      return null;
    }
    List<EndpointId> to = event.options().to();
    if (to.isEmpty()) {
      return subscribed(config, endpoints, event);
    }
    return setOf(to.stream().map(endpoints::get).filter(Objects::nonNull)).orElse(null);
  }

  /**
   * Evaluates the filters of the endpoints that events of one site can go to.
   *
   * @param submitted the submitted forms of these events, in the same order
   * @return in the same order, with null for an event without filters; empty if none has any
   */
  public List<@Nullable FilterVerdict> verdicts(
      Config config, List<Event> events, List<NewEvent> submitted) {
    List<@Nullable FilterVerdict> verdicts = List.of();
    for (int i = 0; i < events.size(); i++) {
      FilterSet filters = of(config, events.get(i));
      if (filters != null) {
        verdicts = verdicts.isEmpty() ? new ArrayList<>(nulls(events.size())) : verdicts;
        verdicts.set(i, filters.evaluate(submitted.get(i).data()));
      }
    }
    return verdicts;
  }

  private static List<@Nullable FilterVerdict> nulls(int size) {
    return Collections.nCopies(size, null);
  }

  private @Nullable FilterSet subscribed(
      Config config, Map<EndpointId, Endpoint> endpoints, Event event) {
    SiteId site = event.site();
    SiteFilters filters = sites.get(site);
    if (filters == null || filters.endpoints() != endpoints) {
      filters = new SiteFilters(endpoints, new ConcurrentHashMap<>());
      if (sites.size() > config.sites().size()) {
        sites.keySet().retainAll(config.sites().keySet());
      }
      sites.put(site, filters);
    }
    return filters.of(event.type()).orElse(null);
  }

  private static Optional<FilterSet> setOf(Stream<Endpoint> endpoints) {
    List<Filter> filters = endpoints.map(Endpoint::filter).filter(Objects::nonNull).toList();
    return filters.isEmpty() ? Optional.empty() : Optional.of(FilterSet.of(filters));
  }

  /**
   * Returns whether an event meets an endpoint's filter.
   *
   * @param verdict the filters' verdict when the event was published, or null if there were none; a
   *     newer filter is evaluated here
   */
  public static boolean matches(Event event, Endpoint endpoint, @Nullable FilterVerdict verdict) {
    Filter filter = endpoint.filter();
    if (filter == null) {
      return true;
    }
    Boolean known = verdict == null ? null : verdict.of(filter);
    return known == null ? matches(event, filter) : known;
  }

  /** Evaluates a filter; false if the payload is not JSON, which publishing would refuse. */
  private static boolean matches(Event event, Filter filter) {
    try {
      return filter.matches(Envelope.dataOf(event));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
