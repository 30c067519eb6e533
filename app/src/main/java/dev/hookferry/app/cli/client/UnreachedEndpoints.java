package dev.hookferry.app.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hookferry.app.cli.listing.TableListing;
import dev.hookferry.app.cli.option.SiteOptions;
import dev.hookferry.app.client.ApiException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Explains why endpoints to which an event is addressed did not get it. */
final class UnreachedEndpoints {
  private static final int MAX_ENDPOINTS = 10_000;
  private static final int FORBIDDEN = 403;

  private final SiteOptions site;
  private final JsonNode receipt;

  UnreachedEndpoints(SiteOptions site, JsonNode receipt) {
    this.site = site;
    this.receipt = receipt;
  }

  /**
   * Prints a line for each endpoint without a delivery; returns whether every endpoint has one.
   * Prints nothing if the key may not read. API errors do not throw, since the event is accepted.
   *
   * @param addressed the ids or uids of the endpoints; empty if the event is for all
   */
  boolean explain(List<String> addressed) {
    long deliveries = receipt.path("deliveries").asLong();
    List<String> names = addressed.stream().distinct().toList();
    if (names.size() <= deliveries) {
      return true;
    }
    try {
      Map<String, JsonNode> endpoints = endpoints(names);
      if (endpoints.size() <= deliveries) {
        return true;
      }
      String event = receipt.path("id").asText();
      JsonNode labels = site.client().get(site.path("events", event)).path("labels");
      JsonNode routing =
          TableListing.fetch(site.client(), site.path("events", event, "routing"), MAX_ENDPOINTS)
              .path("data");
      endpoints.forEach((name, endpoint) -> explain(name, endpoint, routing, labels));
    } catch (ApiException e) {
      if (e.status() != FORBIDDEN) {
        site.note("not every endpoint got it; the reasons cannot be read: " + e.getMessage());
      }
    }
    return false;
  }

  /** Returns each endpoint once, by its first name; the names may include both its id and uid. */
  private Map<String, JsonNode> endpoints(List<String> names) {
    Set<JsonNode> ids = new HashSet<>();
    Map<String, JsonNode> endpoints = new LinkedHashMap<>();
    for (String name : names) {
      JsonNode endpoint = site.client().get(site.path("endpoints", name));
      if (ids.add(endpoint.path("id"))) {
        endpoints.put(name, endpoint);
      }
    }
    return endpoints;
  }

  private void explain(String name, JsonNode endpoint, JsonNode routing, JsonNode labels) {
    for (JsonNode one : routing) {
      boolean isMatch = one.path("endpoint").equals(endpoint.path("id"));
      if (isMatch && !one.hasNonNull("delivery")) {
        site.note(name + " received no delivery: " + reason(one, endpoint.path("labels"), labels));
      }
    }
  }

  private static String reason(JsonNode routing, JsonNode wanted, JsonNode labels) {
    if (routing.path("outcome").asText().equals("label")) {
      List<String> missing =
          wanted.properties().stream()
              .filter(label -> !label.getValue().equals(labels.path(label.getKey())))
              .map(label -> label.getKey() + "=" + label.getValue().asText())
              .toList();
      String what = missing.size() == 1 ? "label " : "labels ";
      return "the event lacks its " + what + String.join(", ", missing);
    }
    String sentence = routing.path("reason").asText().replaceFirst("\\.$", "");
    return sentence.substring(0, 1).toLowerCase(Locale.ROOT) + sentence.substring(1);
  }
}
