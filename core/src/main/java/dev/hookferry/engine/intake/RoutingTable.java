package dev.hookferry.engine.intake;

import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import dev.hookferry.site.Site;
import dev.hookferry.store.config.Config;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The configuration, arranged for the question "who wants this event". */
public final class RoutingTable {
  private final Config config;
  private final Map<SiteId, List<Endpoint>> bySite;
  private final List<Endpoint> active;
  private final Map<SiteId, Map<EventType, List<Endpoint>>> matches = new HashMap<>();

  public RoutingTable(Config config) {
    this.config = config;
    bySite =
        config.endpoints().values().stream()
            .sorted(Comparator.comparing(endpoint -> endpoint.id().value()))
            .collect(Collectors.groupingBy(Endpoint::site));
    active = config.endpoints().values().stream().filter(e -> !isPaused(e)).toList();
  }

  public Config config() {
    return config;
  }

  @Nullable
  public Site site(SiteId id) {
    return config.sites().get(id);
  }

  @Nullable
  public Endpoint endpoint(EndpointId id) {
    return config.endpoints().get(id);
  }

  /** Whether deliveries to this endpoint rest. */
  public boolean isPaused(Endpoint endpoint) {
    Site site = site(endpoint.site());
    return !endpoint.enabled() || site == null || !site.settings().webHooksEnabled();
  }

  /** The endpoints whose deliveries do not rest. */
  public List<Endpoint> active() {
    return active;
  }

  /** The endpoints that get an event of this type; none while the site's webhooks are off. */
  public List<Endpoint> matching(Site site, EventType type) {
    if (!site.settings().webHooksEnabled()) {
      return List.of();
    }
    return matches
        .computeIfAbsent(site.id(), s -> new HashMap<>())
        .computeIfAbsent(type, t -> match(site.id(), t));
  }

  private List<Endpoint> match(SiteId site, EventType type) {
    return bySite.getOrDefault(site, List.of()).stream().filter(e -> e.wants(type)).toList();
  }
}
