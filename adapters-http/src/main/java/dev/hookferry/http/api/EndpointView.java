package dev.hookferry.http.api;

import dev.hookferry.Endpoints;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.observe.EndpointHealth;
import dev.hookferry.observe.EndpointState;
import java.util.Map;

/**
 * An endpoint with what else is shown of it.
 *
 * @param headers its custom headers, as people may see them
 * @param health how it fares, as this node sees it
 * @param state its state in a word, and the reason
 */
public record EndpointView(
    Endpoint endpoint, Map<String, String> headers, EndpointHealth health, EndpointState state) {
  static EndpointView of(Endpoints endpoints, Endpoint endpoint) {
    return new EndpointView(
        endpoint,
        endpoints.headers(endpoint),
        endpoints.health(endpoint.site(), endpoint.id()),
        endpoints.state(endpoint));
  }
}
