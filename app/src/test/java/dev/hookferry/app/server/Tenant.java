package dev.hookferry.app.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.app.client.ApiClient;
import dev.hookferry.app.client.Path;
import dev.hookferry.contract.support.Poll;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A site of its own for a test, and what can be done with it. */
final class Tenant {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ApiClient client;
  private final String site;

  Tenant(ApiClient client, String site) {
    this.client = client;
    this.site = site;
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text.replace('\'', '"'));
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path path(String... segments) {
    return Path.ofSite(site, segments);
  }

  JsonNode get(String... segments) {
    return client.get(path(segments));
  }

  JsonNode post(String body, String... segments) {
    return client.post(path(segments), json(body));
  }

  JsonNode putProperties(ObjectNode properties) {
    return client.put(path("server-properties"), properties);
  }

  JsonNode changeSettings(String body) {
    return client.patch(path("settings"), json(body));
  }

  /** Publishes, byte for byte. */
  JsonNode publish(String body) {
    return client.post(path("events"), body.getBytes(StandardCharsets.UTF_8));
  }

  /** Adds an endpoint that keeps the order by key. */
  JsonNode orderedEndpoint(String url, String onExhaustion) {
    ObjectNode body = JSON.createObjectNode().put("url", url);
    body.putArray("eventTypes").add("*");
    return client.post(
        path("endpoints"), body.put("order", "by-key").put("onExhaustion", onExhaustion));
  }

  JsonNode endpoint(String url, String... types) {
    ObjectNode body = JSON.createObjectNode().put("url", url);
    List.of(types).forEach(body.putArray("eventTypes")::add);
    return client.post(path("endpoints"), body);
  }

  List<JsonNode> list(String what) {
    List<JsonNode> all = new ArrayList<>();
    client.get(path(what).with("limit", 500)).path("data").forEach(all::add);
    return all;
  }

  /** All pages. */
  List<JsonNode> all(String what) {
    List<JsonNode> all = new ArrayList<>();
    Path next = path(what).with("limit", 500);
    String cursor;
    do {
      JsonNode page = client.get(next);
      page.path("data").forEach(all::add);
      cursor = page.path("next").asText("");
      next = path(what).with("limit", 500).with("cursor", cursor);
    } while (!cursor.isEmpty());
    return all;
  }

  /** One delivery in this state, or none. */
  List<JsonNode> some(String status) {
    List<JsonNode> some = new ArrayList<>();
    client
        .get(path("deliveries").with("status", status).with("limit", 1))
        .path("data")
        .forEach(some::add);
    return some;
  }

  List<JsonNode> deliveries(String status) {
    return list("deliveries").stream()
        .filter(d -> d.path("status").asText().equals(status))
        .toList();
  }

  void awaitDeliveries(String status, int count) {
    Poll.until(() -> deliveries(status).size() >= count);
  }
}
