package dev.hookferry.internal;

import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.engine.routing.RoutingTable;
import dev.hookferry.id.EndpointId;
import dev.hookferry.limit.SendRate;
import dev.hookferry.observe.Backlog;
import dev.hookferry.observe.EndpointHealth;
import dev.hookferry.observe.EndpointHealth.State;
import dev.hookferry.site.Site;
import dev.hookferry.store.config.Config;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Health of endpoints: the engine's observations combined with the configuration. */
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
            .under(endpoint, site);
  }

  /**
   * Returns the health including the failures of earlier runs and, a minute late, of other nodes.
   */
  public static EndpointHealth withFailures(CoreServices services, Endpoint endpoint, Site site) {
    int failures = services.process().history().failures().failures(endpoint.id()).consecutive();
    return of(services, endpoint, site).withFailures(failures);
  }

  /**
   * Counts the endpoints of all sites by state, including the failures of earlier runs and of other
   * nodes. The cost is proportional to the number of unhealthy or rate-limited endpoints; only the
   * first call after a configuration change visits all endpoints.
   */
  public static Map<State, Integer> counts(CoreServices services) {
    Config config = services.configHolder().config();
    Healthy known = services.process().healthy().get();
    if (known == null || known.version() != config.version()) {
      known = new Healthy(config.version(), ifHealthy(config));
      services.process().healthy().set(known);
    }
    String off = services.configHolder().deliveryOff();
    if (off != null) {
      int all = known.counts().values().stream().mapToInt(Integer::intValue).sum();
      return all == 0 ? Map.of() : Map.of(EndpointHealth.deliveryOff(off).state(), all);
    }
    Map<State, Integer> counts = new EnumMap<>(State.class);
    counts.putAll(known.counts());
    Set<EndpointId> unusual = new HashSet<>(services.runtime().unhealthyEndpoints().keySet());
    unusual.addAll(services.runtime().rateLimitedEndpoints().keySet());
    unusual.addAll(services.process().history().failures().failing(EndpointHealth.FAILING_AFTER));
    for (EndpointId id : unusual) {
      Endpoint endpoint = config.endpoints().get(id);
      Site site = endpoint == null ? null : config.sites().get(endpoint.site());
      if (endpoint != null && site != null) {
        counts.merge(ifHealthy(endpoint, site), -1, Integer::sum);
        counts.merge(withFailures(services, endpoint, site).state(), 1, Integer::sum);
      }
    }
    counts.values().removeIf(count -> count == 0);
    return counts;
  }

  private static Map<State, Integer> ifHealthy(Config config) {
    Map<State, Integer> counts = new EnumMap<>(State.class);
    for (Endpoint endpoint : config.endpoints().values()) {
      Site site = config.sites().get(endpoint.site());
      if (site != null) {
        counts.merge(ifHealthy(endpoint, site), 1, Integer::sum);
      }
    }
    return counts;
  }

  /**
   * Returns a test for endpoints that should receive everything due at once, as this node sees it
   * now, so that anything overdue is late. Such an endpoint is not held, not slowed by its receiver
   * or a rate limit, not being released at a rate, and was not resumed within the last five
   * minutes, nor was its site enabled.
   */
  static Predicate<EndpointId> takesAll(CoreServices services) {
    Config config = services.configHolder().config();
    Instant now = services.clock().instant();
    Map<EndpointId, EndpointHealth> unhealthy = services.runtime().unhealthyEndpoints();
    Map<EndpointId, SendRate> limited = services.runtime().rateLimitedEndpoints();
    return id ->
        RoutingTable.isActive(config, id)
            && !limited.containsKey(id)
            && !services.runtime().holds().isReleasing(id)
            && !wasResumedWithin(Backlog.LATE, services, config.endpoints().get(id), now)
            && !unhealthy.getOrDefault(id, EndpointHealth.WORKING).at(now).isSlowed();
  }

  private static boolean wasResumedWithin(
      Duration time, CoreServices services, @Nullable Endpoint endpoint, Instant now) {
    if (endpoint == null) {
      return false;
    }
    Instant since = endpoint.status().since();
    return (since != null && since.isAfter(now.minus(time)) && !since.isAfter(now))
        || services.process().history().switches().wasSwitchedOnWithin(time, endpoint.site(), now);
  }

  private static State ifHealthy(Endpoint endpoint, Site site) {
    return EndpointHealth.WORKING.under(endpoint, site).state();
  }

  /**
   * Number of endpoints in each state if all receivers were healthy.
   *
   * @param version the version of the configuration
   * @param counts endpoints by state, without zeros
   */
  public record Healthy(long version, Map<State, Integer> counts) {}
}
