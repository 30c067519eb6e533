package dev.hookferry.http.svix;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hookferry.access.Scope;
import dev.hookferry.http.Served;
import dev.hookferry.http.route.RouteTable;
import dev.hookferry.secret.EnvelopeCipher;
import dev.hookferry.secret.MasterKeySource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests that Svix' API leaves its traces in the audit log, without secrets. */
class SvixAuditTest {
  private static final String MESSAGE = "{\"eventType\":\"a.b\",\"payload\":{}}";
  private static final String AUDIT = "/api/v1/audit";
  private static final String SECRET = "whsec_c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0";
  private static final Set<Scope> CHANGING = Set.of(Scope.MANAGE, Scope.ADMIN);

  private final Served served =
      new Served(new EnvelopeCipher(MasterKeySource.inMemory(new Random(1)), new Random(2)));
  private final Set<String> called = new LinkedHashSet<>();

  @AfterEach
  void close() {
    served.close();
  }

  /**
   * Everything that can change something or show a secret is called here: a new route is missed by
   * the last line.
   */
  @Test
  void everyRouteThatChangesSomethingLeavesAnEntry() {
    describesEventTypes();
    did("POST /api/v1/app", "{\"name\":\"A\",\"uid\":\"a\"}", "site.created");
    did("PUT /api/v1/app/a", "{\"name\":\"B\",\"uid\":\"a\"}", "site.changed");
    String app = "/api/v1/app/a";
    did("PATCH " + app, "{\"throttleRate\":7}", "site.changed");
    String made = "{\"url\":\"" + Served.URL + "\",\"secret\":\"" + SECRET + "\"}";
    String endpoint =
        app + "/endpoint/" + did("POST " + app + "/endpoint", made, "endpoint.created");
    did("PUT " + endpoint, "{\"url\":\"" + Served.URL + "2\"}", "endpoint.changed");
    did("PATCH " + endpoint, "{\"url\":\"" + Served.URL + "\"}", "endpoint.changed");
    did("GET " + endpoint + "/secret", null, "endpoint.revealed");
    did("POST " + endpoint + "/secret/rotate", "{}", "endpoint.changed");
    String headers = "{\"headers\":{\"Authorization\":\"hush-hush\"}}";
    did("PUT " + endpoint + "/headers", headers, "endpoint.changed");
    did("PATCH " + endpoint + "/headers", "{\"headers\":{\"X-A\":\"1\"}}", "endpoint.changed");
    String id = served.post(app + "/msg", MESSAGE).json().path("id").asText();
    String resend = app + "/msg/" + id + endpoint.substring(app.length()) + "/resend";
    did("POST " + resend, null, "event.replayed");
    String since = "{\"since\":\"" + served.clock.instant().minusSeconds(60) + "\"}";
    List.of("/recover", "/replay-missing")
        .forEach(call -> did("POST " + endpoint + call, since, "replay.started"));
    did("DELETE " + endpoint, null, "endpoint.removed");
    did("DELETE " + app, null, "site.removed");

    assertThat(called)
        .containsAll(
            SvixCases.ROUTES.stream()
                .filter(
                    r ->
                        r.template().endsWith("/secret")
                            || (!r.method().equals("GET") && CHANGING.contains(r.scope())))
                .filter(
                    r ->
                        served.send(r.method(), SvixCases.path(r, "default", "x"), null).status()
                            != 501)
                .map(r -> r.method() + " " + r.template())
                .toList());
    assertThat(served.get(AUDIT + "?limit=500").body())
        .doesNotContain("hush-hush", "whsec_", SECRET);
  }

  @Test
  void aChangeOfNameAndRateIsOneEntry() {
    var unused = served.post("/api/v1/app", "{\"name\":\"A\",\"uid\":\"a\"}");
    did("PATCH /api/v1/app/a", "{\"name\":\"B\",\"throttleRate\":7}", "site.changed");
    JsonNode entries = served.get(AUDIT + "?limit=2").json().path("data");
    assertThat(entries.at("/0/changes").findValuesAsText("field")).contains("name", "endpointRate");
    assertThat(entries.at("/1/action").asText()).isEqualTo("site.created");
  }

  private void describesEventTypes() {
    did("POST /api/v1/event-type", "{\"name\":\"a.b\",\"description\":\"x\"}", "eventtype.created");
    String type = "/api/v1/event-type/a.b";
    did("PUT " + type, "{\"description\":\"y\"}", "eventtype.changed");
    did("PATCH " + type, "{\"deprecated\":true}", "eventtype.changed");
    String versions = "{\"description\":\"y\",\"schemas\":{\"1\":{\"title\":\"%s\"},\"2\":{}}}";
    did("PUT " + type, versions.formatted("one"), "eventtype.changed");
    did("PUT " + type, versions.formatted("uno"), "eventtype.changed");
    assertThat(served.get(AUDIT + "?limit=1").body()).contains("schemas.1", "uno");
    did("DELETE " + type, null, "eventtype.changed");
  }

  private String did(String call, String body, String action) {
    String method = call.substring(0, call.indexOf(' '));
    String path = call.substring(method.length() + 1);
    RouteTable.RouteMatch found = new RouteTable(SvixCases.ROUTES).find(method, path);
    called.add(method + " " + found.route().template());
    Served.Answer answer = served.send(method, path, body);
    assertThat(answer.status()).as("%s: %s", call, answer).isBetween(200, 204);
    JsonNode entry = served.get(AUDIT + "?limit=1").json().at("/data/0");
    assertThat(entry.path("action").asText()).as(call).isEqualTo(action);
    assertThat(entry.path("by").asText()).isEqualTo("test");
    assertThat(entry.path("address").asText()).isEqualTo("127.0.0.1");
    return answer.body().isEmpty() ? "" : answer.json().path("id").asText();
  }
}
