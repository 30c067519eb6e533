package dev.hookferry.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.hookferry.http.api.ApiRoutes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The published description, and checks of requests and responses against it. */
final class OpenApi {
  static final JsonNode DOCUMENT = read();

  /**
   * The same with no room for fields that it does not name. Clients must bear such fields; our own
   * tests must not, since a field that is not described is one that nobody knows of.
   */
  private static final JsonNode STRICT = tightened(DOCUMENT.deepCopy());

  private static final SchemaRegistry SCHEMAS =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
  private static final Map<JsonNode, Schema> CACHE = new ConcurrentHashMap<>();

  private OpenApi() {}

  /**
   * Fails unless the document describes this exchange: the response always, the request's body if
   * it was accepted.
   */
  static void check(String method, String path, @Nullable String sent, Served.Answer answer) {
    String plain = path.replaceAll("\\?.*", "");
    JsonNode body = sent == null || answer.status() >= 300 ? null : Served.tree(sent);
    JsonNode operation = operation(method, plain + (body == null ? "" : alias(plain, body)));
    if (operation == null) {
      return;
    }
    if (body != null) {
      JsonNode schema = operation.at("/requestBody/content/application~1json/schema");
      assertThat(schema.isMissingNode()).as("%s %s takes a body", method, path).isFalse();
      assertThat(faults(schema, body)).as("%s %s with %s", method, path, sent).isEmpty();
    }
    checkResponse(operation, method + " " + path, answer);
  }

  private static void checkResponse(JsonNode operation, String call, Served.Answer answer) {
    JsonNode response = operation.path("responses").path(String.valueOf(answer.status()));
    assertThat(response.isMissingNode()).as("%s answered %s", call, answer).isFalse();
    String ref = response.path("$ref").asText();
    JsonNode resolved = ref.isEmpty() ? response : STRICT.at(ref.substring(1));
    if (!resolved.has("content") || call.startsWith("HEAD ")) {
      assertThat(answer.body()).isEmpty();
      return;
    }
    String type = answer.header("Content-Type").replaceAll(";.*", "");
    JsonNode schema = resolved.path("content").path(type).path("schema");
    assertThat(schema.isMissingNode()).as("%s answered as %s", call, type).isFalse();
    if (type.endsWith("json")) {
      assertThat(faults(schema, answer.json())).as("%s: %s", call, answer).isEmpty();
    }
  }

  /**
   * Two calls do another's work if their body asks for it. The document tells so in words and has
   * one type for each call, since generated clients cannot do with more.
   */
  private static String alias(String path, JsonNode body) {
    if (path.endsWith("/events") && body.isArray()) {
      return "/batch";
    }
    if (path.endsWith("/replay-jobs") && body.path("dryRun").asBoolean()) {
      ((ObjectNode) body).remove(List.of("dryRun", "rate"));
      return "/preview";
    }
    return "";
  }

  /** Returns where a value violates a schema. */
  static List<Error> faults(JsonNode schema, JsonNode value) {
    return CACHE.computeIfAbsent(schema, OpenApi::schema).validate(value);
  }

  private static Schema schema(JsonNode node) {
    ObjectNode whole = ((ObjectNode) node).objectNode();
    whole.putArray("allOf").add(node);
    whole.set("components", STRICT.path("components"));
    return SCHEMAS.getSchema(whole);
  }

  /** Words come before names, as in the route table. */
  private static @Nullable JsonNode operation(String method, String path) {
    return STRICT.path("paths").properties().stream()
        .filter(entry -> entry.getValue().has(method.toLowerCase(Locale.ROOT)))
        .filter(entry -> Pattern.matches(pattern(entry.getKey()), path))
        .min(Comparator.comparing(entry -> entry.getKey().chars().filter(c -> c == '{').count()))
        .map(entry -> entry.getValue().get(method.toLowerCase(Locale.ROOT)))
        .orElse(null);
  }

  private static String pattern(String template) {
    return template.replaceAll("\\{[a-z]+}", "[^/]+").replace(".", "\\.");
  }

  private static JsonNode tightened(JsonNode node) {
    if (node.path("properties").isObject() && !node.has("additionalProperties")) {
      ((ObjectNode) node).put("additionalProperties", false);
    }
    node.forEach(OpenApi::tightened);
    return node;
  }

  private static JsonNode read() {
    try (InputStream in = ApiRoutes.class.getResourceAsStream("openapi.json")) {
      return new JsonMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
