package dev.hookferry.app.bench.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.app.bench.wire.SubscriptionScheme;
import dev.hookferry.app.client.ApiClient;
import dev.hookferry.app.client.Path;
import java.util.List;

/** Creates the sites, event types and endpoints of a scheme, with both signatures. */
public final class SubscriptionSetup {
  /** Retry interval in seconds, which is too long for retries during measurements. */
  private static final int RETRY_INTERVAL_SECONDS = 86_400;

  private SubscriptionSetup() {}

  public static void make(ApiClient client, SubscriptionScheme scheme, List<Integer> ports) {
    for (int i = 0; i < scheme.sites(); i++) {
      site(client, scheme, i * SubscriptionScheme.IN_ONE_SITE);
    }
    for (int i = 0; i < scheme.endpoints(); i++) {
      ObjectNode endpoint =
          JsonNodeFactory.instance
              .objectNode()
              .put("url", "http://127.0.0.1:" + ports.get(i) + "/bench");
      endpoint.putArray("eventTypes").add(scheme.type(i));
      JsonNode unused = client.post(Path.ofSite(scheme.site(i), "endpoints"), endpoint);
    }
  }

  /** Changes all endpoints of a scheme. */
  static void change(ApiClient client, SubscriptionScheme scheme, ObjectNode change) {
    for (int i = 0; i < scheme.sites(); i++) {
      String site = scheme.site(i * SubscriptionScheme.IN_ONE_SITE);
      JsonNode all = client.get(Path.ofSite(site, "endpoints").with("limit", 500));
      for (JsonNode endpoint : all.path("data")) {
        JsonNode unused =
            client.patch(Path.ofSite(site, "endpoints", endpoint.path("id").asText()), change);
      }
    }
  }

  private static void site(ApiClient client, SubscriptionScheme scheme, int first) {
    String site = scheme.site(first);
    JsonNode unused =
        client.post(Path.of("sites"), JsonNodeFactory.instance.objectNode().put("id", site));
    ObjectNode settings = JsonNodeFactory.instance.objectNode();
    settings.put("webHookSecretKey", "bench-secret");
    settings.put("webHookRetryInterval", RETRY_INTERVAL_SECONDS);
    ArrayNode types = settings.putArray("eventTypes");
    int last =
        scheme.fanout() ? 1 : Math.min(scheme.endpoints() - first, SubscriptionScheme.IN_ONE_SITE);
    for (int i = 0; i < last; i++) {
      types.add(scheme.type(first + i));
    }
    JsonNode unusedSettings = client.patch(Path.ofSite(site, "settings"), settings);
  }
}
