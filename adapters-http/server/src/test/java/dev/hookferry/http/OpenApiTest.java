package dev.hookferry.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.hookferry.access.Scope;
import dev.hookferry.http.route.ApiRoute;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The description and the route table say the same. Answers are held against it by every test. */
class OpenApiTest {
  private static final List<ApiRoute> ROUTES = CaseTable.DESCRIBED;

  @Test
  void itHasEveryRouteAndNoOther() {
    Set<String> described = new TreeSet<>();
    for (Map.Entry<String, JsonNode> path : OpenApi.DOCUMENT.path("paths").properties()) {
      path.getValue()
          .fieldNames()
          .forEachRemaining(m -> described.add(m.toUpperCase(Locale.ROOT) + " " + path.getKey()));
    }
    Set<String> routed = new TreeSet<>();
    ROUTES.forEach(route -> routed.add(route.method() + " " + route.template()));
    assertThat(described).isEqualTo(routed);
  }

  @ParameterizedTest
  @FieldSource("ROUTES")
  void itSaysWhatACallTakes(ApiRoute route) {
    JsonNode operation = operation(route);
    Set<String> query = new HashSet<>();
    Set<String> path = new TreeSet<>();
    for (JsonNode parameter : operation.path("parameters")) {
      JsonNode one = resolved(parameter);
      if (one.path("in").asText().equals("query")) {
        query.add(one.path("name").asText());
      } else if (one.path("in").asText().equals("path")) {
        path.add("{" + one.path("name").asText() + "}");
      }
    }
    assertThat(query).isEqualTo(route.query());
    assertThat(path).allMatch(route.template()::contains);
    assertThat(path).hasSize((int) route.template().chars().filter(c -> c == '{').count());
    assertThat(operation.has("requestBody")).isEqualTo(route.body() != ApiRoute.Body.NONE);
    assertThat(operation.at("/requestBody/required").asBoolean())
        .isEqualTo(route.body() == ApiRoute.Body.OBJECT || route.body() == ApiRoute.Body.EVENTS);
  }

  @ParameterizedTest
  @FieldSource("ROUTES")
  void itSaysWhoMay(ApiRoute route) {
    Scope scope = route.scope();
    JsonNode operation = operation(route);
    if (CaseTable.PORTAL.contains(route) && !route.template().endsWith("/session")) {
      assertThat(operation.path("security").toString()).isEqualTo("[{\"key\":[]}]");
    } else if (scope == null) {
      assertThat(operation.path("security")).isEmpty();
    } else {
      assertThat(operation.path("security")).isNotEmpty();
      assertThat(operation.path("description").asText())
          .contains(route.isAboutOwnKey() ? "of any scope" : "the scope `" + scope.code() + "`");
    }
  }

  /** Code generators make a class of each tag, a method of each operation. */
  @ParameterizedTest
  @FieldSource("ROUTES")
  void aCallHasATagAndOneTypeOfResponse(ApiRoute route) {
    JsonNode operation = operation(route);
    assertThat(operation.path("tags")).hasSize(1);
    assertThat(OpenApi.DOCUMENT.path("tags").findValuesAsText("name"))
        .contains(operation.at("/tags/0").asText());
    Set<JsonNode> types = new HashSet<>();
    for (Map.Entry<String, JsonNode> response : operation.path("responses").properties()) {
      if (response.getKey().startsWith("2")) {
        types.add(response.getValue().path("content"));
      }
    }
    assertThat(types).hasSize(1);
  }

  @ParameterizedTest
  @FieldSource("ROUTES")
  void itsExamplesFit(ApiRoute route) {
    JsonNode operation = operation(route);
    JsonNode request = operation.at("/requestBody/content/application~1json");
    assertThat(request.has("example")).isEqualTo(route.body() != ApiRoute.Body.NONE);
    for (Map.Entry<String, JsonNode> response : operation.path("responses").properties()) {
      JsonNode content = response.getValue().at("/content/application~1json");
      assertThat(content.has("example")).as(response.getKey()).isEqualTo(content.has("schema"));
      if (content.has("example")) {
        assertThat(OpenApi.faults(content.path("schema"), content.path("example"))).isEmpty();
      }
    }
    if (request.has("example")) {
      assertThat(OpenApi.faults(request.path("schema"), request.path("example"))).isEmpty();
    }
  }

  /**
   * Constructs that break generated clients: unions, null among the words of a list, schemas that
   * hide a class of java.lang, and containers that are sent empty where nothing was set.
   */
  @Test
  void itHasNothingThatGeneratorsCannotDo() {
    assertThat(OpenApi.DOCUMENT.findValues("oneOf")).isEmpty();
    for (JsonNode union : OpenApi.DOCUMENT.findValues("anyOf")) {
      assertThat(union).hasSize(2);
      assertThat(union.path(1).path("type").asText()).isEqualTo("null");
    }
    assertThat(OpenApi.DOCUMENT.findValues("enum"))
        .isNotEmpty()
        .allSatisfy(words -> assertThat(words.toString()).doesNotContain("*"));
    for (Map.Entry<String, JsonNode> schema :
        OpenApi.DOCUMENT.at("/components/schemas").properties()) {
      assertThatThrownBy(() -> Class.forName("java.lang." + schema.getKey()))
          .isInstanceOf(ClassNotFoundException.class);
    }
  }

  @ParameterizedTest
  @FieldSource("ROUTES")
  void optionalFieldsMayBeNull(ApiRoute route) {
    JsonNode body = operation(route).at("/requestBody/content/application~1json/schema");
    JsonNode schema = resolved(body);
    Set<String> required = new HashSet<>();
    schema.path("required").forEach(name -> required.add(name.asText()));
    for (Map.Entry<String, JsonNode> field : schema.path("properties").properties()) {
      if (!required.contains(field.getKey())) {
        assertThat(OpenApi.faults(field.getValue(), NullNode.getInstance()))
            .as(field.getKey())
            .isEmpty();
      }
    }
  }

  @Test
  void everyReferenceLeadsSomewhereAndEveryPartIsUsed() {
    List<String> references = new ArrayList<>();
    collect(OpenApi.DOCUMENT, references);
    assertThat(references)
        .isNotEmpty()
        .allMatch(ref -> !OpenApi.DOCUMENT.at(ref.substring(1)).isMissingNode());
    for (String kind : List.of("parameters", "responses", "schemas")) {
      OpenApi.DOCUMENT
          .at("/components/" + kind)
          .fieldNames()
          .forEachRemaining(
              name -> assertThat(references).contains("#/components/" + kind + "/" + name));
    }
  }

  private static JsonNode operation(ApiRoute route) {
    String method = route.method().toLowerCase(Locale.ROOT);
    return OpenApi.DOCUMENT.path("paths").path(route.template()).path(method);
  }

  private static JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? OpenApi.DOCUMENT.at(node.path("$ref").asText().substring(1)) : node;
  }

  private static void collect(JsonNode node, List<String> references) {
    if (node.has("$ref")) {
      references.add(node.path("$ref").asText());
    }
    node.forEach(child -> collect(child, references));
  }
}
