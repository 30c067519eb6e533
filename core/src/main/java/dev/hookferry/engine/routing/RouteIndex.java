package dev.hookferry.engine.routing;

import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.event.EventTypeFilter;
import dev.hookferry.id.EventType;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Index of the endpoints of one site by event type. A lookup costs as much as its result,
 * regardless of the number of endpoints, and is cached until the next change. Not thread-safe.
 */
final class RouteIndex {
  /** Maximum number of cached types; a site with an open catalogue may publish any number. */
  static final int MAX_FOUND = 10_000;

  private final Map<String, NavigableMap<UUID, Endpoint>> byType = new HashMap<>();
  private final Map<String, NavigableMap<UUID, Endpoint>> byPrefix = new HashMap<>();
  private final Map<EventType, Subscribers> found = new HashMap<>();

  /** Creates an index of these endpoints. */
  RouteIndex(Iterable<Endpoint> endpoints) {
    endpoints.forEach(this::add);
  }

  /** Adds an endpoint under each of its event type filters. */
  void add(Endpoint endpoint) {
    found.clear();
    for (EventTypeFilter filter : endpoint.eventTypes()) {
      table(filter)
          .computeIfAbsent(name(filter), name -> new TreeMap<>())
          .put(endpoint.id().value(), endpoint);
    }
  }

  /** Removes an endpoint; it must have the filters with which it was added. */
  void remove(Endpoint endpoint) {
    found.clear();
    for (EventTypeFilter filter : endpoint.eventTypes()) {
      table(filter)
          .computeIfPresent(
              name(filter),
              (name, wanting) -> {
                wanting.remove(endpoint.id().value());
                return wanting.isEmpty() ? null : wanting;
              });
    }
  }

  /** Returns the number of types whose subscribers are cached. */
  int cached() {
    return found.size();
  }

  /** Returns the endpoints that subscribe to a type. */
  Subscribers subscribers(EventType type) {
    if (found.size() >= MAX_FOUND && !found.containsKey(type)) {
      found.clear();
    }
    return found.computeIfAbsent(type, this::find);
  }

  private Subscribers find(EventType type) {
    String name = type.name();
    NavigableMap<UUID, Endpoint> all = new TreeMap<>();
    all.putAll(byType.getOrDefault(name, new TreeMap<>()));
    for (int length = 0; length <= name.length(); length++) {
      NavigableMap<UUID, Endpoint> some = byPrefix.get(name.substring(0, length));
      if (some != null) {
        all.putAll(some);
      }
    }
    // For some types a matching prefix is not enough, so the endpoint itself decides.
    return Subscribers.of(
        all.values().stream().filter(endpoint -> endpoint.isSubscribedTo(type)).toList());
  }

  private Map<String, NavigableMap<UUID, Endpoint>> table(EventTypeFilter filter) {
    return filter.isExact() ? byType : byPrefix;
  }

  private static String name(EventTypeFilter filter) {
    String pattern = filter.pattern();
    return filter.isExact() ? pattern : pattern.substring(0, pattern.length() - 1);
  }
}
