package dev.hookferry.engine.admin;

import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.engine.dispatch.Dispatcher;
import dev.hookferry.engine.dispatch.Lanes;
import dev.hookferry.engine.dispatch.ReleaseRateLimiter;
import dev.hookferry.engine.outcome.EndpointMonitor;
import dev.hookferry.engine.routing.RoutingTable;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.site.Site;
import dev.hookferry.store.config.Config;
import dev.hookferry.store.config.ConfigDiff;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Applies another configuration: resumes, pauses and removes the endpoints that changed. */
public final class Reconfiguration {
  private final RoutingTable routes;
  private final Lanes lanes;
  private final ReleaseRateLimiter releases;
  private final Dispatcher dispatcher;
  private final EndpointMonitor monitor;
  private final AdminCommands commands;

  /** Creates a handler of configurations. */
  public Reconfiguration(
      RoutingTable routes,
      Lanes lanes,
      ReleaseRateLimiter releases,
      Dispatcher dispatcher,
      EndpointMonitor monitor,
      AdminCommands commands) {
    this.routes = routes;
    this.lanes = lanes;
    this.releases = releases;
    this.dispatcher = dispatcher;
    this.monitor = monitor;
    this.commands = commands;
  }

  /**
   * Applies the configuration that the store has now. After a failover that lost changes, its
   * version may be lower than that of the known one, or the same.
   */
  public void configured(Config config, Instant now) {
    Config before = routes.config();
    // A node without active endpoints stops claiming until there is one again.
    boolean moreToClaim = routes.active().isEmpty();
    ConfigDiff diff = routes.use(config);
    for (EndpointId id : diff.endpoints()) {
      Endpoint old = before.endpoints().get(id);
      Endpoint fresh = config.endpoints().get(id);
      if (fresh != null) {
        moreToClaim |= configured(fresh, old, now) && old != null;
      } else if (old != null) {
        removed(old, now);
      }
    }
    for (SiteId site : diff.sites()) {
      Site old = before.sites().get(site);
      Site fresh = config.sites().get(site);
      boolean switched = RoutingTable.isOn(old) != RoutingTable.isOn(fresh);
      if (switched || haveOtherLimits(old, fresh)) {
        config.endpointsOf(site).values().forEach(endpoint -> monitor.settle(endpoint, now));
      }
      moreToClaim |= switched;
    }
    if (moreToClaim) {
      dispatcher.claimAt(now);
    }
  }

  private static boolean haveOtherLimits(@Nullable Site old, @Nullable Site fresh) {
    return old != null
        && fresh != null
        && !old.settings().limits().equals(fresh.settings().limits());
  }

  /**
   * Applies a new or changed endpoint. If it was resumed or has another URL, its health is reset.
   *
   * @return whether its health was reset: the store may then have deliveries that can be claimed
   *     now
   */
  private boolean configured(Endpoint endpoint, @Nullable Endpoint before, Instant now) {
    // A plan to disable the endpoint keeps its health.
    boolean resumed = before == null || before.status().differs(endpoint.status());
    boolean moved = before == null || !before.url().equals(endpoint.url());
    if (resumed || moved) {
      monitor.forget(endpoint.id());
    }
    if (resumed) {
      releases.configured(endpoint, now);
    }
    monitor.settle(endpoint, now);
    return resumed || moved;
  }

  private void removed(Endpoint endpoint, Instant now) {
    lanes.remove(endpoint.id()).forEach(held -> dispatcher.cancel(held, now));
    releases.remove(endpoint.id());
    monitor.forget(endpoint.id());
    commands.abandon(endpoint.site(), endpoint.id(), now);
  }
}
