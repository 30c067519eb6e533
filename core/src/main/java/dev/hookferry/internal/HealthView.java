package dev.hookferry.internal;

import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.observe.EndpointHealth;
import dev.hookferry.site.Site;
import dev.hookferry.store.config.Config;
import java.util.EnumMap;
import java.util.Map;

/** Joins what the engine observes of endpoints with their configuration. */
public final class HealthView {
  private HealthView() {}

  /** Returns the health of an endpoint, as this node sees it now. */
  public static EndpointHealth of(CoreServices services, Endpoint endpoint, Site site) {
    String off = services.configHolder().deliveryOff();
    return off != null
        ? EndpointHealth.deliveryOff(off)
        : services
            .runtime()
            .unhealthyEndpoints()
            .getOrDefault(endpoint.id(), EndpointHealth.WORKING)
            .at(services.clock().instant())
            .limitedTo(services.runtime().rateLimitedEndpoints().get(endpoint.id()))
            .under(endpoint, site.settings().webHooksEnabled());
  }

  /** Counts the endpoints of all sites by their state, as this node sees it now. */
  public static Map<EndpointHealth.State, Integer> counts(CoreServices services) {
    Map<EndpointHealth.State, Integer> counts = new EnumMap<>(EndpointHealth.State.class);
    Config config = services.configHolder().config();
    for (Endpoint endpoint : config.endpoints().values()) {
      Site site = config.sites().get(endpoint.site());
      if (site != null) {
        counts.merge(of(services, endpoint, site).state(), 1, Integer::sum);
      }
    }
    return counts;
  }
}
