package dev.hookferry.http.svix;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hookferry.access.Scope;
import dev.hookferry.http.Served;
import dev.hookferry.http.route.ApiRoute;
import dev.hookferry.id.SiteId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Tests every call of Svix' API with every kind of key. Generated from the route table. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SvixAccessTest {
  private static final List<ApiRoute> PROTECTED =
      SvixCases.ROUTES.stream().filter(route -> route.scope() != null).toList();
  private static final List<ApiRoute> OF_APPLICATION =
      PROTECTED.stream().filter(ApiRoute::isSiteScoped).toList();

  private final Served served = new Served();
  private final Map<Scope, String> keys = new EnumMap<>(Scope.class);
  private String keyOfB = "";
  private String app = "";
  private Map<String, String> idsOfA = Map.of();

  @BeforeAll
  void populate() {
    for (Scope scope : Scope.values()) {
      keys.put(scope, served.key(null, scope));
    }
    app = made("/api/v1/app", "{\"name\":\"A\",\"uid\":\"a\"}");
    SiteId b = new SiteId(made("/api/v1/app", "{\"name\":\"B\",\"uid\":\"b\"}"));
    keyOfB = served.key(b, Scope.PUBLISH, Scope.MANAGE);
    String endpoint = made("/api/v1/app/a/endpoint", "{\"url\":\"" + Served.URL + "\"}");
    String message = made("/api/v1/app/a/msg", "{\"eventType\":\"x\",\"payload\":{}}");
    idsOfA = Map.of("endpoint", endpoint, "msg", message);
  }

  @AfterAll
  void close() {
    served.close();
  }

  private String made(String path, String body) {
    return served.post(path, body).json().path("id").asText();
  }

  @ParameterizedTest
  @FieldSource("PROTECTED")
  void refusesCallsWithoutAValidKey(ApiRoute route) {
    for (String header : List.of("", "Bearer wrong", "Basic " + served.admin)) {
      Served.Answer refused = call(route, "a", "x", header);
      assertThat(refused.status()).as(header).isEqualTo(401);
      assertThat(refused.json().path("code").asText()).isEqualTo("authentication_failed");
      assertThat(refused.json().path("detail").isTextual()).isTrue();
    }
  }

  @ParameterizedTest
  @FieldSource("PROTECTED")
  void keyAllowsOnlyWhatItsScopesCover(ApiRoute route) {
    Scope needed = route.scope();
    for (Scope scope : Scope.values()) {
      String name = removesApplications(route) ? "default" : "a";
      Served.Answer answer = call(route, name, "x", "Bearer " + keys.get(scope));
      if (scope.covers(needed)) {
        assertThat(answer.status()).as(scope.name()).isNotIn(401, 403);
      } else {
        assertThat(answer.status()).as(scope.name()).isEqualTo(403);
        assertThat(answer.json().path("code").asText()).isEqualTo("insufficient access");
      }
    }
  }

  /** The site default cannot be removed. */
  private static boolean removesApplications(ApiRoute route) {
    return route.method().equals("DELETE") && route.template().endsWith("/{app}");
  }

  @ParameterizedTest
  @FieldSource("PROTECTED")
  void foreignApplicationLooksLikeAMissingOne(ApiRoute route) {
    for (String name : List.of("a", app)) {
      Served.Answer foreign = call(route, name, "x", "Bearer " + keyOfB);
      if (route.isSiteScoped()) {
        Served.Answer unknown = call(route, "z", "x", "Bearer " + keyOfB);
        assertThat(foreign.status()).isEqualTo(404);
        assertThat(foreign.body().replace("site " + name, "site z")).isEqualTo(unknown.body());
      } else {
        assertThat(foreign.status()).isEqualTo(403);
      }
    }
  }

  @ParameterizedTest
  @FieldSource("OF_APPLICATION")
  void foreignIdLooksLikeAnUnknownOne(ApiRoute route) {
    String unknownId = "0".repeat(27);
    for (Map.Entry<String, String> theirs : idsOfA.entrySet()) {
      String variable = "{" + theirs.getKey() + "}";
      if (!route.template().contains(variable) || route.scope() == Scope.ADMIN) {
        continue;
      }
      String template = route.template().replace("{app}", "b");
      String foreignPath = template.replace(variable, theirs.getValue());
      String prefix = theirs.getValue().substring(0, theirs.getValue().indexOf('_') + 1);
      String unknownPath = template.replace(variable, prefix + unknownId);
      Served.Answer foreign = send(route.method(), rest(foreignPath), "Bearer " + keyOfB);
      Served.Answer unknown = send(route.method(), rest(unknownPath), "Bearer " + keyOfB);
      assertThat(foreign.status()).as(foreignPath).isEqualTo(unknown.status());
      assertThat(foreign.body()).as(foreignPath).isEqualTo(unknown.body());
      assertThat(foreign.status()).as(foreignPath).isIn(404, 422, 501);
    }
  }

  private static String rest(String path) {
    return path.replaceAll("\\{[a-z]+}", "x");
  }

  @Test
  void aKeyOfOneApplicationCannotTakeTheUidOfAnother() {
    for (String uid : List.of("a", "nobodys")) {
      Served.Answer refused =
          served.send(
              "PATCH",
              "/api/v1/app/b",
              "{\"uid\":\"" + uid + "\"}",
              request -> request.setHeader("Authorization", "Bearer " + keyOfB));
      assertThat(refused.status()).isEqualTo(403);
      assertThat(refused.json().path("code").asText()).isEqualTo("insufficient access");
    }
    assertThat(served.get("/api/v1/app/b").json().path("uid").asText()).isEqualTo("b");
  }

  @Test
  void unknownPathsAndMethodsAreAnsweredAsJson() {
    for (String path :
        List.of("/api/v1/app/a/nothing", "/api/v1/app/a/b/c/d/e/f", "/api/v1/auth/x")) {
      Served.Answer answer = served.get(path);
      assertThat(answer.status()).as(path).isEqualTo(404);
      assertThat(answer.json().path("code").asText()).isEqualTo("not_found");
    }
    Served.Answer wrong = served.send("DELETE", "/api/v1/app", null);
    assertThat(wrong.status()).isEqualTo(405);
    assertThat(wrong.json().path("code").asText()).isEqualTo("method_not_allowed");
    assertThat(wrong.header("Allow")).contains("GET", "POST");
  }

  @Test
  void missingCallsNameAnAlternative() {
    for (String path : List.of("/api/v1/background-task", "/api/v1/statistics/usage/app")) {
      Served.Answer answer = served.get(path);
      assertThat(answer.status()).as(path).isEqualTo(501);
      assertThat(answer.json().path("detail").asText()).contains("use GET /");
    }
    JsonNode said = served.post("/api/v1/auth/app-portal-access/a", "{}").json();
    assertThat(said.path("code").asText()).isEqualTo("not_implemented");
    assertThat(said.path("detail").asText()).contains("POST /api/v1/sites/{site}/portal-links");
  }

  @Test
  void ourOwnApiKeepsItsForm() {
    assertThat(served.get("/api/v1/sites/nobodys").header("Content-Type"))
        .isEqualTo("application/problem+json");
    assertThat(served.get("/api/v1/applications").header("Content-Type"))
        .isEqualTo("application/problem+json");
  }

  @Test
  void healthNeedsNoKey() {
    assertThat(send("GET", "/api/v1/health", "").status()).isEqualTo(200);
    assertThat(send("GET", "/api/v1/health/ping", "").status()).isEqualTo(204);
  }

  /** A call that changes nothing even if it is let through: its body is refused. */
  private Served.Answer call(ApiRoute route, String name, String other, String authorization) {
    return send(route.method(), SvixCases.path(route, name, other), authorization);
  }

  private Served.Answer send(String method, String path, String authorization) {
    String body = method.equals("GET") || method.equals("DELETE") ? null : "[]";
    return served.send(
        method, path, body, request -> request.setHeader("Authorization", authorization));
  }
}
