package dev.hookferry.store;

import dev.hookferry.id.EndpointId;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Request to claim due deliveries, within the owner's free capacity.
 *
 * @param room maximum deliveries per endpoint; other endpoints are left alone
 * @param limit maximum deliveries in total, at least 1
 * @param maxBytes maximum payload bytes in total; one delivery is always allowed, however large
 * @param dueBy only deliveries that are due at this time or before
 */
public record ClaimRequest(Map<EndpointId, Integer> room, int limit, long maxBytes, Instant dueBy) {
  public ClaimRequest {
    Objects.requireNonNull(room, "room");
    Objects.requireNonNull(dueBy, "dueBy");
    if (limit < 1) {
      throw new IllegalArgumentException("a claim for " + limit + " deliveries");
    }
    room = Collections.unmodifiableMap(new LinkedHashMap<>(room));
  }
}
