package dev.hookferry.http.console.activity;

import dev.hookferry.id.EndpointId;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * Attempts by event type over all endpoints of a site.
 *
 * @param attempts the numbers of all and of failed attempts, by event type
 * @param isComplete whether none are missing; incomplete for endpoints with more than a dozen types
 *     and for sites with very many endpoints
 */
public record TypeVolumes(Map<String, EndpointHistory.Part> attempts, boolean isComplete) {
  /** Maximum number of endpoints that are counted. */
  private static final int MAX = 2_000;

  /** Counts the attempts of a span that ends now. May read the store. */
  public static TypeVolumes of(
      Activity activity, Collection<EndpointId> endpoints, ChartSpan span, Instant now) {
    if (endpoints.size() > MAX) {
      return new TypeVolumes(Map.of(), false);
    }
    activity.prepare(endpoints);
    Map<String, EndpointHistory.Part> all = new HashMap<>();
    for (EndpointId endpoint : endpoints) {
      for (EndpointHistory.Part part : activity.history(endpoint, span, now).types()) {
        all.merge(part.name(), part, EndpointHistory.Part::and);
      }
    }
    return new TypeVolumes(all, !all.containsKey(EndpointCounts.OTHER));
  }

  /** Returns the attempts of a type; all zero if there were none. */
  public EndpointHistory.Part of(String type) {
    return attempts.getOrDefault(type, new EndpointHistory.Part(type, 0, 0));
  }
}
