package dev.hookferry.engine;

import dev.hookferry.engine.dispatch.ReleaseRateLimiter;
import dev.hookferry.engine.poison.Quarantine;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;

/**
 * View of conditions that keep deliveries of healthy endpoints from being sent. Thread-safe.
 *
 * @param releases endpoints that were resumed at a rate
 * @param quarantine deliveries that may have crashed the process
 */
public record DeliveryHolds(ReleaseRateLimiter releases, Quarantine quarantine) {
  /** Returns whether an endpoint that was resumed at a rate has more to release. */
  public boolean isReleasing(EndpointId endpoint) {
    return releases.isLimited(endpoint);
  }

  /** Returns whether a delivery is isolated after two crashes. */
  public boolean isIsolated(DeliveryId delivery) {
    return quarantine.isolates(delivery);
  }
}
