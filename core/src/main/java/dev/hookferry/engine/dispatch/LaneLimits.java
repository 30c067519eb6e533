package dev.hookferry.engine.dispatch;

import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.engine.routing.RoutingTable;
import dev.hookferry.limit.SendRate;
import dev.hookferry.policy.DeliveryPolicy;
import dev.hookferry.site.Site;
import org.jspecify.annotations.Nullable;

/**
 * Configured limits on the requests to one endpoint.
 *
 * @param concurrency maximum number of requests in flight
 * @param rate the rate that all nodes share, or null if there is no limit
 */
public record LaneLimits(int concurrency, @Nullable SendRate rate) {
  /**
   * Returns the limits of an endpoint.
   *
   * @param max maximum number of requests in flight that this node allows
   */
  public static LaneLimits of(RoutingTable routes, Endpoint endpoint, int max) {
    Site site = routes.site(endpoint.site());
    return site == null
        ? new LaneLimits(max, null)
        : new LaneLimits(
            DeliveryPolicy.concurrency(site, endpoint, max).value(),
            DeliveryPolicy.rate(site, endpoint).value().orElse(null));
  }
}
