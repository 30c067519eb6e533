package dev.hookferry.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
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
  private static final List<ApiRoute> ROUTES = CaseTable.ROUTES;

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
    if (scope == null) {
      assertThat(operation.path("security")).isEmpty();
    } else {
      assertThat(operation.path("security")).isNotEmpty();
      assertThat(operation.path("description").asText())
          .contains("the scope `" + scope.word() + "`");
    }
  }

  @Test
  void everyReferenceLeadsSomewhereAndEveryPartIsUsed() {
    List<String> references = new ArrayList<>();
    collect(OpenApi.DOCUMENT, references);
    assertThat(references).allMatch(ref -> !OpenApi.DOCUMENT.at(ref.substring(1)).isMissingNode());
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
