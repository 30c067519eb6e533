package dev.hookferry.store;

import dev.hookferry.id.EndpointId;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an owner has room for.
 *
 * @param room for each endpoint that can take deliveries, how many; others are left alone
 * @param limit how many in all, at least 1
 * @param maxBytes how many bytes of payload in all; one delivery is always allowed, however large
 * @param dueBy only deliveries that are due at this time or before
 */
public record ClaimRequest(Map<EndpointId, Integer> room, int limit, long maxBytes, Instant dueBy) {
  public ClaimRequest {
    if (limit < 1) {
      throw new IllegalArgumentException("a claim for " + limit + " deliveries");
    }
    room = Collections.unmodifiableMap(new LinkedHashMap<>(room));
  }
}
