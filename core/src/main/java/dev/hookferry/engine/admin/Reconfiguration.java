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

/** Applies a changed configuration: resumes, pauses and removes endpoints. */
public final class Reconfiguration {
  private final RoutingTable routes;
  private final Lanes lanes;
  private final ReleaseRateLimiter releases;
  private final Dispatcher dispatcher;
  private final EndpointMonitor monitor;
  private final AdminCommands commands;

  /** Creates a handler of configuration changes. */
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
   * Applies the store's current configuration. After a failover that lost changes, its version may
   * be equal to or lower than the known one.
   */
  public void configured(Config config, Instant now) {
    Config before = routes.config();
    // A node without active endpoints does not claim until one becomes active.
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
   * Applies a new or changed endpoint. Resets its health if its status or URL has changed.
   *
   * @return whether its health was reset, after which the store may have deliveries to claim
   */
  private boolean configured(Endpoint endpoint, @Nullable Endpoint before, Instant now) {
    // A planned time of disabling is not a change of status.
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
