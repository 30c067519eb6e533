package dev.hookferry.engine;

import dev.hookferry.engine.dispatch.ReleaseRateLimiter;
import dev.hookferry.engine.poison.Quarantine;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;

/**
 * View of conditions that keep deliveries of healthy endpoints from being sent. Thread-safe.
 *
 * @param releases rate limits of endpoints that were resumed at a chosen rate
 * @param quarantine deliveries that may have crashed the process
 */
public record DeliveryHolds(ReleaseRateLimiter releases, Quarantine quarantine) {
  /** Returns whether a resumed endpoint still has held deliveries to release at its rate. */
  public boolean isReleasing(EndpointId endpoint) {
    return releases.isLimited(endpoint);
  }

  /** Returns whether a delivery is in quarantine or on trial after two crashes. */
  public boolean isIsolated(DeliveryId delivery) {
    return quarantine.isolates(delivery);
  }
}
