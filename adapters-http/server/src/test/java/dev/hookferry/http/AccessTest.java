package dev.hookferry.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.access.ApiKey;
import dev.hookferry.access.Scope;
import dev.hookferry.http.route.ApiRoute;
import dev.hookferry.id.SiteId;
import dev.hookferry.query.PageRequest;
import java.net.http.HttpRequest;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Tests every route with every kind of key. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccessTest {
  private static final List<ApiRoute> PROTECTED =
      CaseTable.ROUTES.stream().filter(route -> route.scope() != null).toList();
  private static final SiteId TENANT = new SiteId("tenant");

  private final Served served = new Served(o -> o.withOpenMetrics(false), store -> store);
  private final Map<Scope, String> keys = new EnumMap<>(Scope.class);

  @BeforeAll
  void makeKeys() {
    for (Scope scope : Scope.values()) {
      keys.put(scope, served.key(null, scope));
    }
    served.webhooks.sites().create(TENANT);
  }

  @AfterAll
  void close() {
    served.close();
  }

  @ParameterizedTest
  @FieldSource("PROTECTED")
  void refusesCallsWithoutAValidKey(ApiRoute route) {
    String path = CaseTable.path(route, "default", "x");
    String valid = served.admin;
    char other = valid.charAt(10) == 'a' ? 'b' : 'a';
    String altered = valid.substring(0, 10) + other + valid.substring(11);

    assertThat(call(route, path, null).status()).isEqualTo(401);
    assertThat(call(route, path, null).header("WWW-Authenticate"))
        .isEqualTo("Bearer realm=\"hookferry\"");
    for (String header :
        List.of(
            "Bearer wrong",
            "Bearer " + altered,
            "Bearer " + valid.substring(1),
            "Bearer " + valid + " x",
            "Bearer " + valid + "," + valid,
            "Basic " + valid,
            valid,
            "Bearer",
            "")) {
      Served.Answer refused = call(route, path, header);
      assertThat(refused.status()).as(header).isEqualTo(401);
      assertThat(refused.header("WWW-Authenticate")).contains("invalid_token");
      assertThat(refused.body()).doesNotContain(valid);
    }
    assertThat(call(route, path + "?api_key=" + valid, null).status()).isEqualTo(401);
    assertThat(call(route, path + "?access_token=" + valid, null).status()).isEqualTo(401);
  }

  @ParameterizedTest
  @FieldSource("PROTECTED")
  void keyAllowsOnlyWhatItsScopesCover(ApiRoute route) {
    Scope needed = route.scope();
    for (Scope scope : Scope.values()) {
      Served.Answer answer = call(route, CaseTable.path(route, "default", "x"), bearer(scope));
      if (scope.covers(needed) || route.isAboutOwnKey()) {
        assertThat(answer.status()).as(scope.name()).isNotIn(401, 403);
      } else {
        assertThat(answer.status()).as(scope.name()).isEqualTo(403);
        assertThat(answer.body()).contains(needed.code());
      }
    }
  }

  @ParameterizedTest
  @FieldSource("PROTECTED")
  void keyOfOneSiteAllowsNothingBeyondIt(ApiRoute route) {
    String key = "Bearer " + served.key(TENANT, Scope.PUBLISH, Scope.MANAGE);
    boolean ofSite = route.template().contains("{site}");
    Served.Answer foreign = call(route, CaseTable.path(route, "default", "x"), key);
    int refused = ofSite ? 404 : 403;
    assertThat(foreign.status()).isEqualTo(route.isAboutOwnKey() ? 200 : refused);
    if (ofSite && route.scope() != Scope.ADMIN) {
      assertThat(call(route, CaseTable.path(route, "tenant", "x"), key).status()).isNotIn(401, 403);
    }
  }

  @Test
  void anUnknownScopeIsNamed() {
    assertThat(served.post("/api/v1/keys", "{\"name\":\"x\",\"scopes\":[\"write\"]}").body())
        .contains("must name publish, read, manage or admin (got write)");
  }

  @Test
  void removedKeyNoLongerWorks() {
    String text = served.key(null, Scope.READ);
    assertThat(read(text).status()).isEqualTo(200);
    ApiKey newest = served.webhooks.keys().list(PageRequest.FIRST).data().get(0);
    served.webhooks.keys().remove(newest.id());
    assertThat(read(text).status()).isEqualTo(401);
  }

  @Test
  void aKeyOfOneSiteCannotTakeTheNameOfAnother() {
    String key = served.key(TENANT, Scope.READ, Scope.MANAGE);
    for (String taken :
        List.of(
            "{\"uid\":\"nobodys\"}",
            "{\"uid\":\"default\"}",
            "{\"metadata\":{\"svix.id\":\"app_1\"}}")) {
      Served.Answer refused = changed(key, taken);
      assertThat(refused.status()).as(taken).isEqualTo(403);
      assertThat(refused.body()).contains("uid and metadata need a key for all sites");
    }
    assertThat(changed(key, "{\"name\":\"Acme\",\"uid\":null,\"metadata\":{}}").status())
        .isEqualTo(200);
    assertThat(changed(keys.get(Scope.MANAGE), "{\"uid\":\"nobodys\"}").status()).isEqualTo(200);
  }

  private Served.Answer changed(String key, String profile) {
    return served.send(
        "PATCH",
        "/api/v1/sites/" + TENANT,
        profile,
        request -> request.setHeader("Authorization", "Bearer " + key));
  }

  @Test
  void refusesTwoKeys() {
    HttpRequest.Builder request = served.request(Served.DEFAULT + "/events");
    request.header("Authorization", "Bearer " + served.admin);
    request.header("Authorization", "Bearer " + served.admin);
    assertThat(served.exchange(request.build()).status()).isEqualTo(401);
  }

  @Test
  void acceptsTheWordBearerInAnyCase() {
    HttpRequest.Builder request = served.request(Served.DEFAULT + "/events");
    request.header("Authorization", "bEARER  " + served.admin);
    assertThat(served.exchange(request.build()).status()).isEqualTo(200);
  }

  @Test
  void publicCallsNeedNoKey() {
    var unused = served.webhooks.sites().rotateSigningKey(SiteId.DEFAULT);
    for (ApiRoute route : CaseTable.ROUTES) {
      if (route.scope() == null) {
        String path = route.template().replace("{site}", "default");
        assertThat(call(route, path, null).status()).as(path).isEqualTo(200);
      }
    }
    assertThat(CaseTable.ROUTES.stream().filter(route -> route.scope() == null))
        .extracting(ApiRoute::template)
        .containsExactly(
            "/.well-known/hookferry/{site}/jwks.json", "/", "/openapi.json", "/healthz", "/readyz");
  }

  private Served.Answer read(String key) {
    return served.send(
        "GET",
        Served.DEFAULT + "/events",
        null,
        r -> r.setHeader("Authorization", "Bearer " + key));
  }

  private String bearer(Scope scope) {
    return "Bearer " + keys.get(scope);
  }

  /** A call that changes nothing even if it is let through: its body is refused. */
  private Served.Answer call(ApiRoute route, String path, String authorization) {
    boolean hasBody = route.body() != ApiRoute.Body.NONE;
    HttpRequest.Builder request = served.request(path);
    request.method(
        route.method(),
        hasBody
            ? HttpRequest.BodyPublishers.ofString("{\"unknown\":1}")
            : HttpRequest.BodyPublishers.noBody());
    request.header("Content-Type", "application/json");
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    return served.exchange(request.build());
  }
}
