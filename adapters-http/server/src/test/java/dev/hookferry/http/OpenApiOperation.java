package dev.hookferry.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.http.route.ApiRoute;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** One operation of the OpenAPI document: a route, and what is said about it. */
final class OpenApiOperation {
  private static final String KIND = "application/json";

  /** An example id for each path segment. */
  private static final Map<String, String> IDS =
      Map.of(
          "events", "evt_01m89rmshbe00b8jhew46a2pfn",
          "endpoints", "ep_01m89rmsm2e00bctbf2wktq7j8",
          "deliveries", "dlv_01m89rmsj1e00a2m0x5k4c3v2b",
          "replay-jobs", "rpl_01m895cq8ze0082dzyexwhmjcs",
          "problems", "ep_01m89rmsm2e00bctbf2wktq7j8",
          "keys", "key_01m89rmsk3e00bctbf2wktq7j8",
          "event-types", "order.paid",
          "portal-images", "logo-light",
          "outboxes", "orders");

  /** The failures that every call with a key, a path with names, or a body may have. */
  private static final Map<Integer, String> FAILURES =
      Map.ofEntries(
          Map.entry(400, "Invalid"),
          Map.entry(401, "Unauthorized"),
          Map.entry(403, "Forbidden"),
          Map.entry(404, "NotFound"),
          Map.entry(408, "TooSlow"),
          Map.entry(409, "Conflict"),
          Map.entry(413, "TooLarge"),
          Map.entry(415, "WrongType"),
          Map.entry(429, "TooMany"),
          Map.entry(500, "Internal"),
          Map.entry(503, "Unavailable"));

  /** What some of them mean to whoever has a session. */
  private static final Map<Integer, String> SESSION =
      Map.of(401, "SessionEnded", 403, "NotPermitted", 404, "OutOfScope");

  private final JsonNode document;
  private final ApiRoute route;
  private final JsonNode said;

  OpenApiOperation(JsonNode document, ApiRoute route, JsonNode said) {
    this.document = document;
    this.route = route;
    this.said = said;
  }

  ObjectNode assembled() {
    ObjectNode operation = JsonNodeFactory.instance.objectNode();
    operation.set("operationId", said.path("operationId"));
    operation.putArray("tags").add(said.path("tag"));
    operation.set("summary", said.path("summary"));
    String description = description();
    if (!description.isEmpty()) {
      operation.put("description", description);
    }
    security(operation.putArray("security"));
    ArrayNode parameters = parameters();
    if (!parameters.isEmpty()) {
      operation.set("parameters", parameters);
    }
    if (route.body() != ApiRoute.Body.NONE) {
      ObjectNode body = operation.putObject("requestBody");
      body.put("required", route.body() != ApiRoute.Body.OPTIONAL);
      content(body, KIND, said.path("request"), true);
      if (said.has("requestExample")) {
        ((ObjectNode) body.at("/content/application~1json"))
            .set("example", said.get("requestExample"));
      }
    }
    responses(operation.putObject("responses"));
    return operation;
  }

  /** Whether the call takes a session of the portal in the place of a key. */
  private boolean takesSession() {
    return said.path("session").asBoolean();
  }

  private boolean isOpenOnLoopback() {
    return said.path("openOnLoopback").asBoolean();
  }

  private String description() {
    String more = said.path("description").asText();
    if (route.isAboutOwnKey()) {
      return "Needs a key, of any scope. " + more;
    }
    return route.scope() == null || isOpenOnLoopback()
        ? more
        : ("Needs a key with the scope `" + route.scope().code() + "`. " + more).strip();
  }

  private void security(ArrayNode security) {
    if (isOpenOnLoopback()) {
      security.addObject();
    }
    // One scheme for both: generated clients give a bearer token to whichever scheme comes first.
    if (route.scope() != null || takesSession()) {
      security.addObject().putArray("key");
    }
  }

  /** In the order of the path, then as they are declared; sets have none. */
  private ArrayNode parameters() {
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    String[] segments = route.template().split("/", -1);
    for (int i = 1; i < segments.length; i++) {
      if (segments[i].equals("{site}")) {
        all.addObject().put("$ref", "#/components/parameters/site");
      } else if (segments[i].equals("{id}")) {
        ObjectNode id = all.addObject().put("name", "id").put("in", "path").put("required", true);
        id.put("example", IDS.get(segments[i - 1]));
        id.putObject("schema").put("type", "string");
      }
    }
    Set<String> left = new HashSet<>(route.query());
    for (JsonNode own : said.path("parameters")) {
      all.add(own);
      left.remove(own.path("name").asText());
    }
    for (Map.Entry<String, JsonNode> shared : document.at("/components/parameters").properties()) {
      if (left.remove(shared.getKey())) {
        all.addObject().put("$ref", "#/components/parameters/" + shared.getKey());
      }
    }
    if (!left.isEmpty()) {
      throw new IllegalStateException(route + " has parameters that nothing describes: " + left);
    }
    return all;
  }

  private void responses(ObjectNode responses) {
    Map<Integer, JsonNode> all = new TreeMap<>();
    ObjectNode good = JsonNodeFactory.instance.objectNode();
    good.set("description", said.path("response"));
    if (said.has("headers")) {
      good.set("headers", said.path("headers"));
    }
    if (said.has("schema")) {
      for (String type : said.path("contentType").asText(KIND).split(", ")) {
        content(good, type, said.path("schema"), false);
      }
    }
    all.put(said.path("status").asInt(), good);
    Set<Integer> failures = new HashSet<>();
    if (takesSession() || (route.scope() != null && !isOpenOnLoopback())) {
      failures.addAll(List.of(400, 401, 403, 415, 429, 500, 503));
    }
    if (takesSession() || route.template().contains("{")) {
      failures.add(404);
    }
    if (route.body() != ApiRoute.Body.NONE) {
      failures.addAll(List.of(408, 413));
    }
    said.path("also").forEach(code -> failures.add(code.asInt()));
    for (int code : failures) {
      String name =
          takesSession() ? SESSION.getOrDefault(code, FAILURES.get(code)) : FAILURES.get(code);
      all.put(
          code,
          JsonNodeFactory.instance.objectNode().put("$ref", "#/components/responses/" + name));
    }
    said.path("failures")
        .properties()
        .forEach(e -> all.put(Integer.valueOf(e.getKey()), e.getValue()));
    all.forEach((code, response) -> responses.set(String.valueOf(code), response));
  }

  private void content(ObjectNode at, String type, JsonNode schema, boolean request) {
    ObjectNode content = at.withObject("/content").putObject(type);
    content.set("schema", schema);
    if (type.equals(KIND)) {
      content.set("example", new SchemaExamples(document, request).of(schema));
    }
  }
}
