package dev.hookferry.http.console.portal.notices;

import dev.hookferry.Webhooks;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.http.console.portal.deliveries.NewestFailure;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventType;
import dev.hookferry.observe.EndpointHealth;
import dev.hookferry.query.AttemptQuery;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Endpoints whose new URL has not been shown to work yet. A change of the URL resets the health, so
 * they look as if they worked.
 *
 * @param failed whether a test of the new URL failed, by endpoint; false if nothing has reached it
 *     yet
 */
public record MovedEndpoints(Map<EndpointId, Boolean> failed) {
  /** The value without endpoints. */
  public static final MovedEndpoints NONE = new MovedEndpoints(Map.of());

  /** Maximum number of endpoints whose attempts are looked up, with one query each. */
  private static final int MAX = 10;

  /** Maximum number of newest attempts that are looked up. */
  private static final int ATTEMPTS = 50;

  /** Reads the newest attempts of endpoints that look as if they worked. Blocks. */
  public static MovedEndpoints of(Webhooks webhooks, Stream<Endpoint> endpoints) {
    Map<EndpointId, Boolean> moved = new LinkedHashMap<>();
    endpoints
        .filter(one -> !one.url().isTemplate())
        .filter(one -> webhooks.endpoints().health(one).equals(EndpointHealth.WORKING))
        .limit(MAX)
        .forEach(one -> add(one, webhooks, moved));
    return new MovedEndpoints(moved);
  }

  private static void add(Endpoint endpoint, Webhooks webhooks, Map<EndpointId, Boolean> moved) {
    AttemptQuery query = AttemptQuery.ofSite(endpoint.site()).endpoint(endpoint.id());
    List<Attempt> newest = webhooks.deliveries().attempts(query.limit(ATTEMPTS)).data();
    List<Attempt> since =
        newest.stream().takeWhile(one -> one.url().equals(endpoint.url().text())).toList();
    if (since.size() < newest.size() && since.stream().allMatch(MovedEndpoints::isFailedTest)) {
      // A test that failed on the operator's side says nothing about the URL.
      moved.put(endpoint.id(), since.stream().anyMatch(NewestFailure::isTheirs));
    }
  }

  private static boolean isFailedTest(Attempt attempt) {
    return attempt.type().equals(EventType.TEST) && !attempt.outcome().isSuccess();
  }

  /** Returns whether an endpoint has a new URL that is not known to work. */
  public boolean contains(Endpoint endpoint) {
    return failed.containsKey(endpoint.id());
  }

  /** Returns whether an endpoint has a new URL that failed its newest test. */
  public boolean hasFailed(Endpoint endpoint) {
    return failed.getOrDefault(endpoint.id(), false);
  }
}
