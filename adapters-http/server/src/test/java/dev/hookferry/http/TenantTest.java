package dev.hookferry.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.access.Scope;
import dev.hookferry.contract.support.Poll;
import dev.hookferry.http.route.ApiRoute;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.ReplayId;
import dev.hookferry.id.SiteId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Tests that sites cannot read or change each other. Generated from the route table. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TenantTest {
  private static final List<ApiRoute> WITH_SITE =
      CaseTable.ROUTES.stream().filter(ApiRoute::isSiteScoped).toList();
  private static final List<ApiRoute> WITH_ID =
      WITH_SITE.stream()
          .filter(route -> route.template().contains("{id}"))
          // Their ids are names, which every site may give.
          .filter(route -> !route.template().contains("/event-types/"))
          .filter(route -> !route.template().contains("/portal-images/"))
          .toList();

  private static final String A = "/api/v1/sites/a";
  private static final String B = "/api/v1/sites/b";

  private final Served served = new Served();
  private String keyOfB = "";
  private Map<String, String> idsOfA = Map.of();
  private Map<String, String> nobodys = Map.of();

  @BeforeAll
  void populate() {
    served.webhooks.sites().create(new SiteId("a"));
    served.webhooks.sites().create(new SiteId("b"));
    keyOfB = served.key(new SiteId("b"), Scope.PUBLISH, Scope.MANAGE);
    String endpoint =
        served
            .post(A + "/endpoints", "{\"url\":\"" + Served.URL + "\",\"eventTypes\":[\"*\"]}")
            .json()
            .path("id")
            .asText();
    String event =
        served
            .post(A + "/events", "{\"id\":\"a-1\",\"type\":\"license_created\",\"data\":{}}")
            .json()
            .path("id")
            .asText();
    Poll.until(() -> first(A + "/attempts").length() > 0);
    String since = "{\"since\":\"2026-01-01T00:00:00Z\"}";
    String job = served.post(A + "/replay-jobs", since).json().path("id").asText();
    idsOfA =
        Map.of(
            "endpoints", endpoint,
            "problems", endpoint,
            "events", event,
            "deliveries", first(A + "/deliveries"),
            "replay-jobs", job,
            "portal-sessions", portalSession());
    nobodys = absent(new UUID(1, 2));
  }

  private static Map<String, String> absent(UUID other) {
    return Map.of(
        "endpoints",
        new EndpointId(other).toString(),
        "problems",
        new EndpointId(other).toString(),
        "events",
        "a-2",
        "deliveries",
        new DeliveryId(other).toString(),
        "replay-jobs",
        new ReplayId(other).toString(),
        "portal-sessions",
        other.toString());
  }

  private String portalSession() {
    served.send("PATCH", A + "/settings", "{\"portal\":{\"enabled\":true}}");
    String url =
        served.post(A + "/portal-links", "{\"subject\":\"c\"}").json().path("url").asText();
    var unused = served.get("/portal/" + url.replaceAll(".*/", ""));
    return first(A + "/portal-sessions");
  }

  @AfterAll
  void close() {
    served.close();
  }

  @ParameterizedTest
  @FieldSource("WITH_ID")
  void foreignIdLooksLikeAnUnknownOne(ApiRoute route) {
    String kind = route.template().split("/")[5];
    String theirs = idsOfA.get(kind);
    String nobodysId = nobodys.get(kind);
    for (String body : List.of("{}", "{\"unknown\":1}")) {
      Served.Answer foreign = call(route, "b", theirs, body);
      Served.Answer unknown = call(route, "b", nobodysId, body);
      assertThat(unknown.status()).isIn(404, 400);
      assertThat(foreign.status()).isEqualTo(unknown.status());
      assertThat(foreign.body().replace(theirs, nobodysId)).isEqualTo(unknown.body());
    }
    assertThat(call(route, "b", theirs, "{}").status()).isEqualTo(404);
    assertThat(call(route, "b", "no%20id", "{}").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @FieldSource("WITH_SITE")
  void foreignSiteLooksLikeAMissingOne(ApiRoute route) {
    String id =
        idsOfA.getOrDefault(
            route.template().split("/", -1).length > 5 ? route.template().split("/")[5] : "", "x");
    Served.Answer foreign = call(route, "a", id, "{}");
    Served.Answer unknown = call(route, "z", id, "{}");
    assertThat(foreign.status()).isEqualTo(404);
    String same =
        foreign.body().replace("site a", "site z").replace("\"name\":\"a\"", "\"name\":\"z\"");
    assertThat(same).isEqualTo(unknown.body());
    assertThat(call(route, "No%2fsite", id, "{}").status()).isEqualTo(404);
  }

  @Test
  void filtersAndReplaysFindNothingOfAnotherSite() {
    for (String query :
        List.of(
            "/deliveries?endpoint=" + idsOfA.get("endpoints"),
            "/deliveries?event=" + idsOfA.get("events"),
            "/attempts?delivery=" + idsOfA.get("deliveries"),
            "/attempts?endpoint=" + idsOfA.get("endpoints"),
            "/events",
            "/endpoints")) {
      Served.Answer page = asB("GET", B + query, null);
      assertThat(page.status()).isEqualTo(200);
      assertThat(page.json().path("data")).isEmpty();
    }
    String replay = "{\"since\":\"2026-01-01T00:00:00Z\"%s}";
    Served.Answer foreign =
        asB(
            "POST",
            B + "/replays",
            replay.formatted(",\"endpoint\":\"" + idsOfA.get("endpoints") + "\""));
    assertThat(foreign.status()).isEqualTo(404);
    assertThat(asB("POST", B + "/replays", replay.formatted("")).json().path("count").asInt())
        .isZero();
    assertThat(served.transport.requests()).hasSize(1);
  }

  @Test
  void idsAndIdempotencyKeysCountWithinASiteOnly() {
    String event = "{\"id\":\"a-1\",\"type\":\"license_created\",\"data\":{\"other\":1}}";
    SiteId third = new SiteId("c");
    served.webhooks.sites().create(third);
    String key = served.key(third, Scope.PUBLISH);
    Served.Answer published =
        served.send(
            "POST",
            "/api/v1/sites/c/events",
            event,
            request -> request.setHeader("Authorization", "Bearer " + key));
    assertThat(published.status()).isEqualTo(202);
  }

  @Test
  void aCursorOfAnotherSiteOpensNothing() {
    String cursor = first(A + "/deliveries");
    Served.Answer page = asB("GET", B + "/deliveries?cursor=" + cursor, null);
    assertThat(page.body()).doesNotContain(idsOfA.get("endpoints"));
  }

  private Served.Answer call(ApiRoute route, String site, String id, String body) {
    boolean hasBody = route.body() != ApiRoute.Body.NONE;
    return asB(route.method(), CaseTable.path(route, site, id), hasBody ? body : null);
  }

  private Served.Answer asB(String method, String path, String body) {
    return served.send(
        method, path, body, request -> request.setHeader("Authorization", "Bearer " + keyOfB));
  }

  private String first(String list) {
    return served.get(list).json().at("/data/0/id").asText();
  }
}
