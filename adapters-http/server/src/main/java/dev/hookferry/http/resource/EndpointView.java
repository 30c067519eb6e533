package dev.hookferry.http.resource;

import dev.hookferry.Endpoints;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.observe.EndpointHealth;
import java.util.List;
import java.util.Map;

/**
 * An endpoint with the derived values that responses show.
 *
 * @param headers its custom headers, secret values masked
 * @param health its state and the reason for it, as seen by this node
 * @param warnings possible mistakes in what was just created or changed
 */
public record EndpointView(
    Endpoint endpoint, Map<String, String> headers, EndpointHealth health, List<String> warnings) {
  /** Returns an endpoint as this node sees it. */
  public static EndpointView of(Endpoints endpoints, Endpoint endpoint) {
    return of(endpoints, endpoint, List.of());
  }

  /** Returns an endpoint as this node sees it, just created or changed. */
  public static EndpointView of(Endpoints endpoints, Endpoint endpoint, List<String> warnings) {
    return new EndpointView(
        endpoint, endpoints.headers(endpoint), endpoints.health(endpoint), warnings);
  }
}
