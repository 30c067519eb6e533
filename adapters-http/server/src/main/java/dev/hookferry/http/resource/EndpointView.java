package dev.hookferry.http.resource;

import dev.hookferry.Endpoints;
import dev.hookferry.body.BodySettings;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.event.JsonValidator;
import dev.hookferry.event.Payload;
import dev.hookferry.filter.Filter;
import dev.hookferry.http.wire.JsonOutput;
import dev.hookferry.observe.EndpointHealth;
import dev.hookferry.refusal.InvalidException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint with the derived values that responses show.
 *
 * @param headers its custom headers, secret values masked
 * @param health its state as seen by this node, and the reason for it
 * @param warnings possible mistakes in what was just created or changed
 */
public record EndpointView(
    Endpoint endpoint, Map<String, String> headers, EndpointHealth health, List<String> warnings) {
  /** Returns an endpoint as this node sees it. */
  public static EndpointView of(Endpoints endpoints, Endpoint endpoint) {
    return of(endpoints, endpoint, List.of());
  }

  /**
   * Returns a newly created or changed endpoint as this node sees it. Adds warnings about a filter
   * that matches no event and about a body that sends nothing.
   */
  public static EndpointView of(Endpoints endpoints, Endpoint endpoint, List<String> warnings) {
    List<String> all = new ArrayList<>(warnings);
    if (endpoint.filter() != null) {
      endpoint.filter().problem().ifPresent(why -> all.add("matches no event: " + why));
    }
    BodySettings body = endpoint.body().settings();
    if (body != null) {
      body.problem().ifPresent(why -> all.add("sends nothing: " + why));
    }
    return new EndpointView(endpoint, endpoints.headers(endpoint), endpoints.health(endpoint), all);
  }

  /** Returns its filter as JSON; null if it has none, or if the stored text is not JSON. */
  JsonOutput.@Nullable Writing filter() {
    Filter filter = endpoint.filter();
    if (filter == null) {
      return null;
    }
    try {
      JsonValidator.require("filter", Payload.of(filter.text()));
      return JsonOutput.raw(filter.text());
    } catch (InvalidException e) {
      return null;
    }
  }
}
