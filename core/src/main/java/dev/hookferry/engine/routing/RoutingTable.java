package dev.hookferry.engine.routing;

import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.event.Channels;
import dev.hookferry.event.Event;
import dev.hookferry.event.EventOptions;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.site.Site;
import dev.hookferry.store.config.Config;
import dev.hookferry.store.config.ConfigDiff;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The configuration, indexed to find the endpoints of an event. The cost of an update depends only
 * on what has changed. Confined to one thread.
 */
public final class RoutingTable {
  private final Map<SiteId, RouteIndex> indexes = new HashMap<>();
  private final NavigableMap<UUID, Endpoint> active = new TreeMap<>();
  private Config config = Config.EMPTY;

  public Config config() {
    return config;
  }

  /** Returns the site, or null if there is none. */
  public @Nullable Site site(SiteId id) {
    return config.sites().get(id);
  }

  /** Returns the endpoint, active or not, or null if there is none. */
  public @Nullable Endpoint endpoint(EndpointId id) {
    return config.endpoints().get(id);
  }

  /** Switches to another configuration and returns the differences. */
  public ConfigDiff use(Config next) {
    Config before = config;
    ConfigDiff diff = next.diff(before);
    config = next;
    for (SiteId site : diff.sites()) {
      if (site(site) == null) {
        indexes.remove(site);
      }
      if (isOn(before.sites().get(site)) != isOn(site(site))) {
        next.endpointsOf(site).values().forEach(this::activate);
      }
    }
    for (EndpointId id : diff.endpoints()) {
      Endpoint old = before.endpoints().get(id);
      if (old != null) {
        active.remove(id.value());
        RouteIndex index = indexes.get(old.site());
        if (index != null) {
          index.remove(old);
        }
      }
      Endpoint fresh = endpoint(id);
      if (fresh != null) {
        activate(fresh);
        RouteIndex index = indexes.get(fresh.site());
        if (index != null) {
          index.add(fresh);
        }
      }
    }
    return diff;
  }

  private void activate(Endpoint endpoint) {
    if (isHeld(endpoint)) {
      active.remove(endpoint.id().value());
    } else {
      active.put(endpoint.id().value(), endpoint);
    }
  }

  /** Returns whether a site exists and its webhooks are on. */
  public static boolean isOn(@Nullable Site site) {
    return site != null && site.settings().webHooksEnabled();
  }

  /** Returns whether deliveries to this endpoint are held. */
  public boolean isHeld(Endpoint endpoint) {
    return config.holds(endpoint);
  }

  /** Returns whether an endpoint exists and its deliveries are not held. */
  public static boolean isActive(Config config, EndpointId id) {
    Endpoint endpoint = config.endpoints().get(id);
    return endpoint != null && !config.holds(endpoint);
  }

  /** Returns the endpoints whose deliveries are not held, oldest first. */
  public Collection<Endpoint> active() {
    return active.values();
  }

  /** Returns the endpoints of an event, oldest first; none while the site's webhooks are off. */
  public List<Endpoint> matching(Site site, Event event) {
    if (!isOn(site)) {
      return List.of();
    }
    EventOptions options = event.options();
    return options.to().isEmpty()
        ? indexes
            .computeIfAbsent(site.id(), id -> new RouteIndex(config.endpointsOf(id).values()))
            .subscribers(event.type())
            .matching(options.labels())
        : addressed(site, options);
  }

  /** Returns the endpoints that an event is addressed to, if labels match; types do not matter. */
  private List<Endpoint> addressed(Site site, EventOptions options) {
    List<Endpoint> found = new ArrayList<>(options.to().size());
    for (EndpointId id : options.to()) {
      Endpoint endpoint = endpoint(id);
      if (endpoint != null
          && endpoint.site().equals(site.id())
          && hasLabels(options.labels(), endpoint)) {
        found.add(endpoint);
      }
    }
    return found;
  }

  /** Returns whether the labels of an event satisfy those of an endpoint. */
  static boolean hasLabels(Map<String, String> labels, Endpoint endpoint) {
    return endpoint.labels().isEmpty() || Channels.satisfied(labels, endpoint.labels());
  }
}
