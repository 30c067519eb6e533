package dev.hookferry.internal.problem;

import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.id.EndpointId;
import dev.hookferry.store.config.Config;
import java.time.InstantSource;

/**
 * Follower of the configuration, on every node, that resets the failures of endpoints that were
 * resumed or have a new URL. Thread-safe.
 */
public final class FailureResets {
  private final FailureTracker failures;
  private final InstantSource clock;
  private Config before = Config.EMPTY;

  /** Creates a follower that starts from the empty configuration. */
  public FailureResets(FailureTracker failures, InstantSource clock) {
    this.failures = failures;
    this.clock = clock;
  }

  /** Applies the next configuration, at a cost proportional to the number of changes. */
  public synchronized void configured(Config config) {
    for (EndpointId id : config.diff(before).endpoints()) {
      Endpoint old = before.endpoints().get(id);
      Endpoint fresh = config.endpoints().get(id);
      if (old != null && fresh != null && isRestarted(old, fresh)) {
        failures.reset(id, clock.instant());
      }
    }
    before = config;
  }

  /** Returns whether to reset failures; those of a paused or disabled endpoint stay visible. */
  private static boolean isRestarted(Endpoint old, Endpoint fresh) {
    return !old.url().equals(fresh.url())
        || (fresh.enabled() && old.status().differs(fresh.status()));
  }
}
