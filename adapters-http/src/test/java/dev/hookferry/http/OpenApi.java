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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The published description, and whether what was sent and answered fits it. */
final class OpenApi {
  static final JsonNode DOCUMENT = read();

  private static final SchemaRegistry SCHEMAS =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
  private static final Map<JsonNode, Schema> CACHE = new ConcurrentHashMap<>();

  private OpenApi() {}

  /** Fails unless the description has this answer, with this body. */
  static void check(String method, String path, Served.Answer answer) {
    JsonNode operation = operation(method, path);
    if (operation == null) {
      return;
    }
    JsonNode response = operation.path("responses").path(String.valueOf(answer.status()));
    assertThat(response.isMissingNode()).as("%s %s answered %s", method, path, answer).isFalse();
    String ref = response.path("$ref").asText();
    JsonNode resolved = ref.isEmpty() ? response : DOCUMENT.at(ref.substring(1));
    if (!resolved.has("content") || method.equals("HEAD")) {
      assertThat(answer.body()).isEmpty();
      return;
    }
    String type = answer.header("Content-Type").replaceAll(";.*", "");
    JsonNode schema = resolved.path("content").path(type).path("schema");
    assertThat(schema.isMissingNode()).as("%s %s answered as %s", method, path, type).isFalse();
    if (type.endsWith("json")) {
      assertThat(faults(schema, answer.json())).as("%s %s: %s", method, path, answer).isEmpty();
    }
  }

  /** What of a value does not fit a schema. */
  static List<Error> faults(JsonNode schema, JsonNode value) {
    return CACHE.computeIfAbsent(schema, OpenApi::schema).validate(value);
  }

  private static Schema schema(JsonNode node) {
    ObjectNode whole = ((ObjectNode) node).objectNode();
    whole.putArray("allOf").add(node);
    whole.set("components", DOCUMENT.path("components"));
    return SCHEMAS.getSchema(whole);
  }

  private static @Nullable JsonNode operation(String method, String path) {
    String plain = path.replaceAll("\\?.*", "");
    for (Map.Entry<String, JsonNode> entry : DOCUMENT.path("paths").properties()) {
      String template = entry.getKey().replaceAll("\\{[a-z]+}", "[^/]+").replace(".", "\\.");
      if (Pattern.matches(template, plain)) {
        return entry.getValue().get(method.toLowerCase(Locale.ROOT));
      }
    }
    return null;
  }

  private static JsonNode read() {
    try (InputStream in = ApiRoutes.class.getResourceAsStream("openapi.json")) {
      return new JsonMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
