package dev.hookferry.store;

import java.time.Instant;
import java.util.Objects;

/**
 * Result of a heartbeat.
 *
 * @param alive false if this owner was declared dead; it owns nothing and never will again
 * @param storeTime the store's clock, on which due times are based
 * @param recovered number of deliveries of dead owners that this heartbeat freed
 * @param owners number of live owners that deliver ({@link Node#delivers}), at least 1; they share
 *     the rate limits of endpoints
 */
public record Heartbeat(boolean alive, Instant storeTime, int recovered, int owners) {
  public Heartbeat {
    Objects.requireNonNull(storeTime, "storeTime");
  }
}
