package dev.hookferry.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hookferry.access.Scope;
import dev.hookferry.contract.support.Poll;
import dev.hookferry.http.CaseTable;
import dev.hookferry.http.Served;
import dev.hookferry.http.portal.PortalImageJson;
import dev.hookferry.http.route.RouteTable;
import dev.hookferry.outbox.ListedOutbox;
import dev.hookferry.secret.EnvelopeCipher;
import dev.hookferry.secret.MasterKeySource;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests of the audit log's API. */
class AuditRoutesTest {
  private static final Set<Scope> CHANGING = Set.of(Scope.MANAGE, Scope.ADMIN);
  private static final String AUDIT = "/api/v1/audit";
  private static final String SECRET = "whsec_c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0";

  private final Served served =
      new Served(new EnvelopeCipher(MasterKeySource.inMemory(new Random(1)), new Random(2)));
  private final Set<String> called = new LinkedHashSet<>();

  @AfterEach
  void close() {
    served.close();
  }

  /**
   * Everything that can change something is called here: a new route is missed by the last line.
   */
  @Test
  void everyRouteThatChangesSomethingLeavesAnEntry() {
    String event = "{\"type\":\"license_created\",\"data\":{}}";
    did("POST /api/v1/sites", "{\"id\":\"acme\"}", "site.created", "acme");
    String site = "/api/v1/sites/acme";
    changesASite(site);
    describesATypeOfEvent(site);
    String made = "{\"url\":\"" + Served.URL + "\",\"eventTypes\":[\"*\"]}";
    did("POST " + site + "/endpoints/try", made, "endpoint.tried", "crm.example");
    String endpoint = did("POST " + site + "/endpoints", made, "endpoint.created", "ep_");
    String at = site + "/endpoints/" + endpoint;
    did("PATCH " + at, "{\"description\":\"CRM\"}", "endpoint.changed", endpoint);
    did("POST " + at + "/resume", "{\"perSecond\":5}", "endpoint.changed", endpoint);
    did("POST " + at + "/rotate-secret", "{}", "endpoint.changed", endpoint);
    did("POST " + site + "/signing-keys/rotate", "{}", "site.changed", "acme");
    did("POST " + at + "/test", null, "endpoint.tested", endpoint);
    sendsAgain(site, event, endpoint);
    served.clock.advance(Duration.ofSeconds(1));
    String window = "{\"since\":\"2026-01-01T00:00:00Z\",\"statuses\":[\"delivered\"]}";
    did("POST " + site + "/replays", window, "deliveries.replayed", "acme");
    // At this rate it is never over before the calls are.
    replays(site + "/replay-jobs", window.replace("}", ",\"rate\":1}"));
    served.transport.hanging(Served.URL);
    served.send("PATCH", at, "{\"enabled\":false}");
    served.post(site + "/events", event);
    String held = served.get(site + "/deliveries?status=held").json().at("/data/0/id").asText();
    did("POST " + site + "/deliveries/" + held + "/cancel", null, "delivery.cancelled", held);
    String key = "{\"name\":\"shop\",\"scopes\":[\"publish\"]}";
    String keyId = did("POST /api/v1/keys", key, "key.created", "key_");
    did("DELETE /api/v1/keys/" + keyId, null, "key.removed", keyId);
    did("POST /api/v1/master-keys/rotate", "{}", "masterkey.rotated", "mk_", 2);
    decidesAboutRejectedRows();
    did("DELETE " + at, null, "endpoint.removed", endpoint);
    did("DELETE " + site, null, "site.removed", "acme");

    assertThat(called)
        .containsExactlyInAnyOrderElementsOf(
            CaseTable.ROUTES.stream()
                .filter(r -> !r.method().equals("GET") && CHANGING.contains(r.scope()))
                .filter(r -> !r.template().endsWith("/preview"))
                .map(r -> r.method() + " " + r.template())
                .toList());
  }

  @Test
  void listsOnlyOneAction() {
    served.post("/api/v1/sites", "{\"id\":\"acme\"}");
    served.post("/api/v1/sites", "{\"id\":\"other\"}");
    served.send("DELETE", "/api/v1/sites/acme", null);

    JsonNode removed = served.get(AUDIT + "?action=site.removed").json().path("data");
    assertThat(removed).hasSize(1);
    assertThat(removed.at("/0/target").asText()).isEqualTo("acme");
    assertThat(served.get(AUDIT + "?action=site.lost").status()).isEqualTo(400);
  }

  private void decidesAboutABlockedKey(String site) {
    String url = "https://blocked.example/";
    served.transport.responding(url, 500);
    String made =
        """
        {"url":"%s","uid":"blocked","eventTypes":["*"],"order":"by-key",
         "retry":{"maxRetries":0,"intervalSeconds":1}}
        """;
    String endpoint =
        did("POST " + site + "/endpoints", made.formatted(url), "endpoint.created", "ep_");
    String keys = site + "/endpoints/blocked/blocked-keys";
    String event =
        "{\"type\":\"license_created\",\"data\":{},\"to\":[\"blocked\"],\"orderingKey\":\"a\"}";
    served.post(site + "/events", event);
    String key = "{\"orderingKey\":\"a\"}";
    Poll.until(() -> served.get(keys).json().path("data").size() == 1);
    did("POST " + keys + "/retry", key, "delivery.retried", "dlv_");
    Poll.until(() -> served.get(keys).json().at("/data/0/attempts").asInt() == 2);
    notesProblems(site + "/problems/" + endpoint, endpoint);
    did("POST " + keys + "/skip", key, "delivery.skipped", "dlv_");
    did("DELETE " + site + "/endpoints/blocked", null, "endpoint.removed", endpoint);
  }

  private void decidesAboutRejectedRows() {
    served.webhooks.outboxes().add(new ListedOutbox("orders", 2));
    String outbox = "POST /api/v1/outboxes/orders";
    did(outbox + "/retry", "{\"ids\":[\"1\"]}", "outbox.retried", "orders");
    did(outbox + "/discard", "{\"all\":true}", "outbox.discarded", "orders");
  }

  private void sendsAgain(String site, String event, String endpoint) {
    String id = served.post(site + "/events", event).json().path("id").asText();
    String delivery = delivered(site, 1);
    String to = "{\"endpoints\":[\"" + endpoint + "\"]}";
    did("POST " + site + "/events/" + id + "/replay", to, "event.replayed", id);
    delivered(site, 2);
    did("POST " + site + "/deliveries/" + delivery + "/retry", null, "delivery.retried", delivery);
    delivered(site, 3);
    decidesAboutABlockedKey(site);
  }

  private void notesProblems(String problems, String endpoint) {
    String known = "{\"cause\":\"500\"}";
    did("POST " + problems + "/acknowledge", known, "problem.acknowledged", endpoint);
    String until = "{\"until\":\"2026-01-02T00:00:00Z\"}";
    did("POST " + problems + "/mute", until, "problem.muted", endpoint);
    did("POST " + problems + "/unmute", null, "problem.unmuted", endpoint);
  }

  private void replays(String jobs, String window) {
    String job = did("POST " + jobs, window, "replay.started", "rpl_");
    did("POST " + jobs + "/" + job + "/pause", null, "replay.paused", job);
    did("POST " + jobs + "/" + job + "/resume", null, "replay.resumed", job);
    did("POST " + jobs + "/" + job + "/cancel", null, "replay.cancelled", job);
  }

  private void changesASite(String site) {
    did("PATCH " + site, "{\"name\":\"Acme GmbH\"}", "site.changed", "acme");
    String logo = "{\"image\":\"" + PortalImageJson.FILE.example() + "\"}";
    did("PUT " + site + "/portal-images/icon", logo, "site.changed", "acme");
    did("DELETE " + site + "/portal-images/icon", null, "site.changed", "acme");
    opensThePortal(site);
    did("PATCH " + site + "/settings", "{\"webHookMaxRetries\":1}", "site.changed", "acme");
    did("PUT " + site + "/server-properties", "{\"webHookMaxRetries\":2}", "site.changed", "acme");
  }

  private void opensThePortal(String site) {
    String on = "{\"portal\":{\"enabled\":true}}";
    did("PATCH " + site + "/settings", on, "site.changed", "acme");
    String subject = "{\"subject\":\"c-1\"}";
    did("POST " + site + "/portal-links", subject, "portal.linked", "c-1");
    String url = served.post(site + "/portal-links", subject).json().path("url").asText();
    assertThat(served.get("/portal/" + url.replaceAll(".*/", "")).status()).isEqualTo(303);
    String sessions = "DELETE " + site + "/portal-sessions";
    String id = served.get(site + "/portal-sessions").json().at("/data/0/id").asText();
    did(sessions + "/" + id, null, "portal.ended", id);
    did(sessions + "?subject=c-1", null, "portal.ended", "c-1");
  }

  private void describesATypeOfEvent(String site) {
    String type = site + "/event-types/license_created";
    did(
        "PUT " + type,
        "{\"schema\":{},\"policy\":\"off\"}",
        "eventtype.created",
        "license_created");
    did("PUT " + type + "/versions/2", "{\"schema\":{}}", "eventtype.changed", "license_created");
    did("DELETE " + type, null, "eventtype.removed", "license_created");
  }

  private String did(String call, String body, String action, String target) {
    return did(call, body, action, target, 1);
  }

  private String did(String call, String body, String action, String target, int count) {
    JsonNode before = newest();
    String method = call.substring(0, call.indexOf(' '));
    String path = call.substring(method.length() + 1);
    RouteTable.RouteMatch found =
        new RouteTable(CaseTable.ROUTES).find(method, path.replaceFirst("[?].*", ""));
    called.add(method + " " + found.route().template());

    assertThat(served.send(method, path, body).status()).as(call).isBetween(200, 204);

    JsonNode entries = served.get(AUDIT + "?limit=" + (count + 1)).json().path("data");
    JsonNode entry = entries.get(0);
    assertThat(entry.path("action").asText()).as(call).isEqualTo(action);
    assertThat(entry.path("target").asText()).startsWith(target);
    assertThat(entry.path("by").asText()).isEqualTo("test");
    assertThat(entry.path("key").asText()).startsWith("key_");
    assertThat(entry.path("address").asText()).isEqualTo("127.0.0.1");
    assertThat(entries.get(count)).as(count + " new").isEqualTo(before);
    return entry.path("target").asText();
  }

  private JsonNode newest() {
    return served.get(AUDIT + "?limit=1").json().at("/data/0");
  }

  private String delivered(String site, int attempts) {
    Poll.until(
        () -> {
          JsonNode page = served.get(site + "/deliveries?type=license_created").json();
          return page.at("/data/0/status").asText().equals("delivered")
              && page.at("/data/0/attempts").asInt() == attempts;
        });
    return served.get(site + "/deliveries?type=license_created").json().at("/data/0/id").asText();
  }

  @Test
  void refusedRequestsLeaveNoEntry() {
    JsonNode before = newest();
    String reader = "Bearer " + served.key(null, Scope.READ);
    JsonNode made = newest();
    assertThat(made).isNotEqualTo(before);
    served.post("/api/v1/sites", "{\"id\":\"default\"}");
    served.post("/api/v1/sites", "{\"id\":\"No site\"}");
    served.send("DELETE", "/api/v1/sites/default", null);
    served.send("DELETE", "/api/v1/sites/nowhere", null);
    served.send("PATCH", Served.DEFAULT + "/settings", "{\"webHookMaxRetries\":-1}");
    served.send("PATCH", Served.DEFAULT + "/settings", "{}");
    served.post(Served.DEFAULT + "/endpoints", "{\"url\":\"ftp://x\",\"eventTypes\":[\"*\"]}");
    served.post(
        Served.DEFAULT + "/replays",
        "{\"since\":\"2026-01-01T00:00:00Z\",\"status\":\"delivered\"}");
    served.send(
        "PATCH",
        Served.DEFAULT + "/settings",
        "{\"webHookMaxRetries\":1}",
        r -> r.setHeader("Authorization", reader));
    served.send(
        "PATCH",
        Served.DEFAULT + "/settings",
        "{\"webHookMaxRetries\":1}",
        r -> r.setHeader("Authorization", "Bearer wrong"));
    assertThat(newest()).isEqualTo(made);
  }

  @Test
  void secretsAreMaskedAndChangesShown() {
    String settings = Served.DEFAULT + "/settings";
    served.send("PATCH", settings, "{\"webHookSecretKey\":\"hush-hush-1\"}");
    assertThat(newest().path("changes").toString())
        .isEqualTo("[{\"field\":\"webHookSecretKey\",\"before\":null,\"after\":\"********\"}]");
    served.send(
        "PATCH", settings, "{\"webHookSecretKey\":\"hush-hush-2\",\"webHookMaxRetries\":7}");
    assertThat(newest().path("changes").toString())
        .contains("{\"field\":\"webHookMaxRetries\",\"before\":\"5\",\"after\":\"7\"}")
        .contains(
            "{\"field\":\"webHookSecretKey\",\"before\":\"********\",\"after\":\"********\"}");
    String made =
        """
        {"url":"https://crm.example/hook?token=hush-hush-3","eventTypes":["*"],
         "headers":{"Authorization":"Bearer hush-hush-4","X-Team":"crm"},"qlmSecret":"hush-hush-5"}
        """;
    JsonNode endpoint = served.post(Served.DEFAULT + "/endpoints", made).json();
    assertThat(newest().path("changes").toString())
        .contains("https://crm.example/hook?********")
        .contains("{\"field\":\"headers.X-Team\",\"before\":null,\"after\":\"crm\"}");
    String at = Served.DEFAULT + "/endpoints/" + endpoint.path("id").asText();
    served.send("DELETE", at, null);

    String whole = served.get(AUDIT + "?limit=500").body();
    assertThat(whole)
        .doesNotContain("hush-hush", "whsec_", "sha256", served.admin)
        .doesNotContain(SECRET);
  }

  @Test
  void itIsFilteredAndPaged() {
    served.post("/api/v1/sites", "{\"id\":\"acme\"}");
    served.clock.advance(Duration.ofHours(1));
    served.post("/api/v1/sites", "{\"id\":\"umbrella\"}");
    String key = newest().path("key").asText();

    assertThat(found("?site=acme")).isEqualTo(1);
    assertThat(found("?target=umbrella")).isEqualTo(1);
    assertThat(found("?target=umbrella&site=acme")).isZero();
    assertThat(found("?key=" + key)).isEqualTo(2);
    assertThat(found("?since=2026-01-01T12:30:00Z")).isEqualTo(1);
    assertThat(found("?until=2026-01-01T12:30:00Z&site=acme")).isEqualTo(1);
    JsonNode first = served.get(AUDIT + "?limit=1").json();
    JsonNode second = served.get(AUDIT + "?limit=1&cursor=" + first.path("next").asText()).json();
    assertThat(second.at("/data/0/target").asText()).isEqualTo("acme");
    assertThat(served.get(AUDIT + "?key=x&site=No+site&limit=0").fields())
        .containsExactlyInAnyOrder("key", "site", "limit");
  }

  private int found(String query) {
    return served.get(AUDIT + query).json().path("data").size();
  }
}
