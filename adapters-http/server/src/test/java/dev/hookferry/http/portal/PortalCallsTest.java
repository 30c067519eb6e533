package dev.hookferry.http.portal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hookferry.access.ApiKey;
import dev.hookferry.access.Scope;
import dev.hookferry.contract.support.Poll;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.http.Served;
import dev.hookferry.http.Served.Answer;
import dev.hookferry.id.SiteId;
import dev.hookferry.query.AuditQuery;
import dev.hookferry.query.PageRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PortalCallsTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String SESSIONS = Served.DEFAULT + "/portal-sessions";
  private static final String PORTAL = "/api/v1/portal";

  private final PortalScene scene =
      new PortalScene("{\"enabled\":true,\"refreshUrl\":\"https://app.example/hooks\"}");
  private final Served served = scene.served;
  private final Endpoint mine = scene.mine;
  private final Endpoint theirs = scene.theirs;

  @AfterEach
  void close() {
    scene.close();
  }

  private String code(String more) {
    String path = scene.link(more);
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private String session(String more) {
    Answer opened = served.post(PORTAL + "/session", "{\"code\":\"" + code(more) + "\"}");
    assertThat(opened.status()).as(opened.body()).isEqualTo(201);
    return tree(opened).path("token").asText();
  }

  private Answer call(String token, String method, String path, String body) {
    return served.send(
        method, PORTAL + path, body, r -> r.setHeader("Authorization", "Bearer " + token));
  }

  private static JsonNode tree(Answer answer) {
    try {
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> ids(Answer answer) {
    return tree(answer).path("data").findValuesAsText("id");
  }

  @Test
  void isOffByDefault() {
    scene.portal("{\"enabled\":false}");
    assertThat(served.post(PortalScene.LINKS, "{\"subject\":\"c-1\"}").status()).isEqualTo(409);
    assertThat(call("any", "GET", "/endpoints", null).status()).isEqualTo(404);
    assertThat(served.post(PORTAL + "/session", "{\"code\":\"any\"}").status()).isEqualTo(404);
    assertThat(served.get("/portal/").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"origin\":[]}|portal.origin",
        "{\"theme\":{\"color\":\"#ffffff\"}}|portal.theme.color",
        "{\"theme\":{\"accent\":\"url(javascript:x)\"}}|portal.theme.accent",
        "{\"origins\":[\"https://a.example; script-src *\"]}|portal.origins[0]",
        "{\"refreshUrl\":\"https://a.example;frame-ancestors\"}|portal.refreshUrl",
        "{\"refreshUrl\":\"https://user:pw@a.example/\"}|portal.refreshUrl",
        "{\"refreshUrl\":\"javascript:alert(1)\"}|portal.refreshUrl",
        "{\"payload\":\"some\"}|portal.payload",
        "{\"enabled\":\"maybe\"}|portal.enabled",
        "true|portal"
      })
  void settingsAreRefusedByName(String row) {
    String[] parts = row.split("\\|", -1);
    Answer refused =
        served.send(
            "PATCH",
            Served.DEFAULT + "/settings",
            "{\"portal\":" + parts[0] + "}",
            request -> request);
    assertThat(refused.status()).isEqualTo(400);
    assertThat(tree(refused).path("errors").toString()).contains("\"" + parts[1] + "\"");
    assertThat(served.webhooks.settings().get(SiteId.DEFAULT).portal().enabled()).isTrue();
  }

  @Test
  void aCodeWorksOnceAndForAMinute() {
    String code = "{\"code\":\"" + code("") + "\"}";
    assertThat(served.post(PORTAL + "/session", code).status()).isEqualTo(201);
    assertThat(served.post(PORTAL + "/session", code).status()).isEqualTo(410);
    String late = "{\"code\":\"" + code("") + "\"}";
    served.clock.advance(Duration.ofSeconds(61));
    assertThat(served.post(PORTAL + "/session", late).status()).isEqualTo(410);
  }

  @Test
  void aCodeMayWaitForLongerIfItsLinkSaysSo() {
    String late = "{\"code\":\"" + code(",\"codeSeconds\":900") + "\"}";
    served.clock.advance(Duration.ofSeconds(890));
    assertThat(served.post(PORTAL + "/session", late).status()).isEqualTo(201);
  }

  @Test
  void onlyLabelledResourcesAreVisible() {
    scene.publishOrders();
    String token = session("");
    assertThat(ids(call(token, "GET", "/endpoints", null))).containsExactly(mine.id().toString());
    Answer list = call(token, "GET", "/deliveries", null);
    assertThat(ids(list)).containsExactly(scene.deliveryTo(mine));
    assertThat(list.body()).doesNotContain(theirs.id().toString(), "theirs.example");
    assertThat(call(token, "GET", "/deliveries?endpoint=" + theirs.id(), null).body())
        .contains("\"data\":[]");
    String unknown = "ep_00000000000000000000000000";
    for (String id : Stream.of(theirs.id().toString(), unknown).toList()) {
      for (String path : List.of("", "/test", "/pause", "/resume", "/rotate-secret")) {
        String method = path.isEmpty() ? "GET" : "POST";
        Answer refused =
            call(token, method, "/endpoints/" + id + path, path.isEmpty() ? null : "{}");
        assertThat(refused.status()).as(path).isEqualTo(404);
        assertThat(refused.body().replace(id, "")).contains("no endpoint");
      }
    }
    String other = scene.deliveryTo(theirs);
    assertThat(call(token, "GET", "/deliveries/" + other, null).status()).isEqualTo(404);
    assertThat(call(token, "POST", "/deliveries/" + other + "/retry", "{}").status())
        .isEqualTo(404);
  }

  @Test
  void aBulkRetryStaysWithinTheScope() {
    served.transport.responding(PortalScene.MINE, 400);
    served.transport.responding(PortalScene.THEIRS, 400);
    var unused =
        served.webhooks.settings().update(SiteId.DEFAULT, s -> s.retry(r -> r.maxRetries(0)));
    scene.publishOrders();
    Poll.until(() -> scene.all().stream().allMatch(delivery -> delivery.state().isFinal()));
    Answer retried = call(session(""), "POST", "/deliveries/retry", "{}");
    assertThat(retried.status()).as(retried.body()).isEqualTo(202);
    assertThat(tree(retried).path("count").asInt()).isEqualTo(1);
    Poll.until(() -> served.transport.requestsTo(PortalScene.MINE).size() == 2);
    assertThat(served.transport.requestsTo(PortalScene.THEIRS)).hasSize(1);
    assertThat(served.webhooks.audit().list(AuditQuery.ALL).data().get(0).actor().name())
        .isEqualTo("portal:c-1 \"Ada\"");
  }

  @Test
  void actionsBeyondTheLinkAreForbidden() {
    String token = session(",\"can\":[]");
    scene.publishOrders();
    String id = mine.id().toString();
    String add = "{\"url\":\"https://new.example/\",\"eventTypes\":[\"*\"]}";
    assertThat(call(token, "POST", "/endpoints", add).status()).isEqualTo(403);
    assertThat(call(token, "PATCH", "/endpoints/" + id, "{\"description\":\"x\"}").status())
        .isEqualTo(403);
    assertThat(call(token, "DELETE", "/endpoints/" + id, null).status()).isEqualTo(403);
    for (String verb : List.of("test", "pause", "resume", "rotate-secret")) {
      assertThat(call(token, "POST", "/endpoints/" + id + "/" + verb, "{}").status())
          .as(verb)
          .isEqualTo(403);
    }
    assertThat(call(token, "POST", "/deliveries/retry", "{}").status()).isEqualTo(403);
    Answer shown = call(token, "GET", "/deliveries/" + scene.deliveryTo(mine), null);
    assertThat(shown.status()).isEqualTo(200);
    assertThat(shown.body()).doesNotContain("of-c-1");
    assertThat(served.webhooks.endpoints().all(SiteId.DEFAULT)).hasSize(2);
  }

  @Test
  void aNewEndpointGetsTheLabelsAndKeepsThem() {
    String token = session(",\"can\":[\"manage\",\"remove\"]");
    Answer made =
        call(
            token,
            "POST",
            "/endpoints",
            "{\"url\":\"https://new.example/\",\"eventTypes\":[\"license_*\"]}");
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    assertThat(tree(made).path("labels").toString()).isEqualTo("{\"customer\":\"c-1\"}");
    assertThat(tree(made).has("secret")).as("without the capability").isFalse();
    String path = "/endpoints/" + tree(made).path("id").asText();
    for (String field : List.of("labels", "uid", "metadata", "egress", "auth")) {
      Answer refused = call(token, "PATCH", path, "{\"" + field + "\":{\"customer\":\"c-2\"}}");
      assertThat(refused.status()).as(field).isEqualTo(400);
      assertThat(refused.body()).contains(field);
    }
    assertThat(call(token, "PATCH", path, "{\"description\":\"new\"}").body()).contains("\"new\"");
    assertThat(call(token, "DELETE", path, null).status()).isEqualTo(204);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://169.254.169.254/latest",
        "https://10.0.0.1/h",
        "https://[::1]/",
        "https://localhost/"
      })
  void everyRefusedUrlIsRefusedAlike(String url) {
    String token = session(",\"can\":[\"manage\"]");
    String body = "{\"url\":\"" + url + "\",\"eventTypes\":[\"*\"]}";
    Answer refused = call(token, "POST", "/endpoints", body);
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body())
        .contains("must be an https URL that resolves to a public address on an allowed port");
    assertThat(call(token, "PATCH", "/endpoints/" + mine.id(), body).status()).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource({
    "http://a.example/, must begin with https://",
    "a.example/hooks, must begin with https://",
    "http://10.0.0.1/, must begin with https://",
    "https://a.example:22/, must not use port 22; use 443",
    "https://10.0.0.1:22/, must not use port 22; use 443",
    "https://a.example/a b, must be ASCII without spaces",
    "https://me:pw@10.0.0.1/, must not have a user name or password",
    "https:///hook, must have a host"
  })
  void namesProblemsVisibleInTheUrlText(String url, String reason) {
    String token = session(",\"can\":[\"manage\"]");
    String body = "{\"url\":\"" + url + "\",\"eventTypes\":[\"*\"]}";
    assertThat(call(token, "POST", "/endpoints", body).body()).contains(reason);
    assertThat(call(token, "PATCH", "/endpoints/" + mine.id(), body).body()).contains(reason);
  }

  @Test
  void aCustomerMayTestTwentyTimesAMinuteWithAnyNumberOfLinks() {
    String token = session("");
    String other = session("");
    String path = "/endpoints/" + mine.id() + "/test";
    for (int i = 0; i < 20; i++) {
      assertThat(call(token, "POST", path, "{}").status()).isEqualTo(200);
    }
    assertThat(call(token, "POST", path, "{}").status()).isEqualTo(503);
    assertThat(call(other, "POST", path, "{}").status()).isEqualTo(503);
    served.clock.advance(Duration.ofMinutes(1));
    assertThat(call(token, "POST", path, "{}").status()).isEqualTo(200);
  }

  @Test
  void thePayloadIsShownAsTheSiteSays() {
    scene.publishOrders();
    String token = session("");
    String path = "/deliveries/" + scene.deliveryTo(mine);
    assertThat(call(token, "GET", path, null).body()).contains("of-c-1");
    scene.portal("{\"payload\":\"none\"}");
    assertThat(call(token, "GET", path, null).body()).doesNotContain("of-c-1", "\"payload\"");
    scene.portal("{\"payload\":\"fields\",\"payloadFields\":[\"data.order.id\",\"no.such\"]}");
    assertThat(tree(call(token, "GET", path, null)).path("payload").toString())
        .isEqualTo("{\"data\":{\"order\":{\"id\":\"of-c-1\"}}}");
  }

  @Test
  void sessionsAreListedAndEnded() {
    String one = session("");
    String two = session("");
    Answer list = served.get(SESSIONS);
    assertThat(ids(list)).hasSize(2);
    assertThat(list.body()).contains("\"subject\":\"c-1\"").doesNotContain(one, two);
    String id = ids(list).get(0);
    assertThat(served.send("DELETE", SESSIONS + "/" + id, null).status()).isEqualTo(204);
    assertThat(served.send("DELETE", SESSIONS + "/" + id, null).status()).isEqualTo(404);
    assertThat(call(two, "GET", "/endpoints", null).status()).isEqualTo(401);
    assertThat(call(one, "GET", "/endpoints", null).status()).isEqualTo(200);
    assertThat(served.send("DELETE", SESSIONS + "?subject=c-1", null).status()).isEqualTo(204);
    assertThat(call(one, "GET", "/endpoints", null).status()).isEqualTo(401);
  }

  @Test
  void aSessionEndsWithItsKeyItsPortalAndItsTime() {
    String off = session("");
    String code = "{\"code\":\"" + code("") + "\"}";
    scene.portal("{\"enabled\":false}");
    SiteId open = new SiteId("open");
    var created = served.webhooks.sites().create(open);
    Map<String, ?> on = Map.of("portal", Map.of("enabled", true));
    var unused = served.webhooks.settings().changeByName(created.id(), on);
    Answer refused = call(off, "GET", "/endpoints", null);
    assertThat(refused.status()).isEqualTo(404);
    assertThat(refused.body()).contains("the portal is off");
    assertThat(served.post(PORTAL + "/session", code).status()).isEqualTo(404);
    assertThat(call("none", "GET", "/endpoints", null).status()).isEqualTo(401);
    scene.portal("{\"enabled\":true}");
    assertThat(call(off, "GET", "/endpoints", null).status()).isEqualTo(200);
    served.clock.advance(Duration.ofMinutes(61));
    assertThat(call(off, "GET", "/endpoints", null).status()).isEqualTo(401);

    String keyed = session("");
    List<ApiKey> before = served.webhooks.keys().list(PageRequest.FIRST).data();
    String other = served.key(null, Scope.ADMIN);
    before.forEach(key -> served.webhooks.keys().remove(key.id()));
    assertThat(other).isNotEmpty();
    assertThat(call(keyed, "GET", "/endpoints", null).status()).isEqualTo(401);
  }

  @Test
  void onlyPagesAcceptTheCookie() {
    Answer first = served.get("/portal/" + code(""));
    assertThat(first.status()).isEqualTo(303);
    assertThat(first.header("Location")).isEqualTo("/portal/");
    String set = first.header("Set-Cookie");
    assertThat(set)
        .startsWith("hookferry-portal=default~")
        .endsWith("; Path=/portal; HttpOnly; SameSite=Lax");
    String cookie = set.replaceFirst(";.*", "");
    scene.publishOrders();
    for (String path :
        List.of(
            "/portal/",
            "/portal/deliveries",
            "/portal/event-types",
            "/portal/endpoints/" + mine.id(),
            "/portal/deliveries/" + scene.deliveryTo(mine))) {
      Answer page = page(path, cookie);
      assertThat(page.status()).as(path).isEqualTo(200);
      assertThat(page.header("Referrer-Policy")).isEqualTo("no-referrer");
      assertThat(page.header("Content-Security-Policy")).contains("frame-ancestors 'none'");
      assertThat(page.body()).doesNotContain("theirs.example", "of-c-2", "style=\"");
    }
    assertThat(page("/portal/endpoints/" + theirs.id(), cookie).status()).isEqualTo(404);
    assertThat(page("/portal/deliveries/" + scene.deliveryTo(theirs), cookie).status())
        .isEqualTo(404);
    assertThat(page("/portal/deliveries?x=1", "").header("Location"))
        .isEqualTo("https://app.example/hooks?reason=expired&page=%2Fportal%2Fdeliveries%3Fx%3D1");
    assertThat(page(Served.DEFAULT + "/endpoints", cookie).status()).isEqualTo(401);
  }

  @Test
  void aForeignFrameOverTlsGetsAPartitionedCookie() {
    try (Served proxied = new Served(options -> options.withProxyInFront(), store -> store)) {
      proxied
          .webhooks
          .settings()
          .changeByName(SiteId.DEFAULT, Map.of("portal", Map.of("enabled", true)));
      Answer made = proxied.post(PortalScene.LINKS, "{\"subject\":\"c-1\"}");
      String path = URI.create(tree(made).path("url").asText()).getPath();
      Answer opened =
          proxied.send(
              "GET",
              path,
              null,
              request ->
                  request
                      .setHeader("Sec-Fetch-Dest", "iframe")
                      .setHeader("Sec-Fetch-Site", "cross-site"));
      assertThat(opened.header("Set-Cookie"))
          .startsWith("__Secure-hookferry-portal=")
          .endsWith("; HttpOnly; SameSite=None; Secure; Partitioned");
    }
  }

  private Answer page(String path, String cookie) {
    return served.exchange(served.request(path).setHeader("Cookie", cookie).build());
  }
}
