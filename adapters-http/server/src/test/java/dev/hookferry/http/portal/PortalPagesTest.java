package dev.hookferry.http.portal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Poll;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.event.NewEvent;
import dev.hookferry.http.Served;
import dev.hookferry.http.Served.Answer;
import dev.hookferry.id.SiteId;
import dev.hookferry.query.AuditQuery;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PortalPagesTest {
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final Pattern CSRF = Pattern.compile("name=\"csrf\" value=\"([^\"]+)\"");
  private static final String EVERYTHING =
      ",\"can\":[\"test\",\"retry\",\"manage\",\"remove\",\"secrets\",\"payload\"]";

  private final PortalScene scene =
      new PortalScene(
          "{\"enabled\":true,\"refreshUrl\":\"https://app.example/hooks\","
              + "\"theme\":{\"accent\":\"#ffee00\"}}");
  private final Served served = scene.served;
  private final Endpoint mine = scene.mine;
  private final Endpoint theirs = scene.theirs;

  @BeforeEach
  void receiversFail() {
    served.transport.responding(PortalScene.MINE, 400);
    served.transport.responding(PortalScene.THEIRS, 400);
    var unused =
        served.webhooks.settings().update(SiteId.DEFAULT, s -> s.retry(r -> r.maxRetries(0)));
  }

  @AfterEach
  void close() {
    scene.close();
  }

  @Test
  void pagesAreCompressedForBrowsersThatAcceptIt() {
    String cookie = cookie(EVERYTHING);
    Answer plain =
        served.send("GET", "/portal/", null, request -> request.header("Cookie", cookie));
    assertThat(plain.response().headers().firstValue("content-encoding")).isEmpty();
    Answer zipped =
        served.send(
            "GET",
            "/portal/",
            null,
            request -> request.header("Cookie", cookie).header("Accept-Encoding", "br, gzip"));
    assertThat(zipped.response().headers().firstValue("content-encoding")).hasValue("gzip");
    assertThat(zipped.response().headers().firstValue("vary")).hasValue("Accept-Encoding");
    assertThat(zipped.body().length()).isLessThan(plain.body().length() / 2);
  }

  private void publish() {
    scene.publish(customer -> "{\"order\":\"of-all\"}");
    Poll.until(() -> scene.all().stream().allMatch(one -> one.state().isFinal()));
  }

  /** The cookie of a new session. */
  private String cookie(String more) {
    Answer opened = served.get(scene.link(more));
    assertThat(opened.status()).isEqualTo(303);
    return opened.response().headers().firstValue("set-cookie").orElseThrow().split(";", -1)[0];
  }

  private Answer get(String cookie, String path) {
    return served.send("GET", path, null, r -> r.setHeader("Cookie", cookie));
  }

  private Answer post(String cookie, String path, String form) {
    Matcher token = CSRF.matcher(get(cookie, "/portal/endpoints/" + mine.id()).body());
    String csrf = token.find() ? token.group(1) : "";
    return send(cookie, path, "csrf=" + csrf + "&" + form);
  }

  private Answer send(String cookie, String path, String body) {
    return served.exchange(
        served
            .request(path)
            .POST(BodyPublishers.ofString(body))
            .setHeader("Cookie", cookie)
            .setHeader("Content-Type", FORM)
            .build());
  }

  private static String to(Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(303);
    return answer.response().headers().firstValue("location").orElseThrow();
  }

  @Test
  void pagesShowWhyAndSendAgain() {
    publish();
    String cookie = cookie("");
    assertThat(get(cookie, "/portal/").body())
        .contains(
            "1 delivery from the last 24 hours failed, to mine.example/hook.",
            "Last response: HTTP 400");
    String delivery = "/portal/deliveries/" + scene.deliveryTo(mine);
    assertThat(get(cookie, delivery).body())
        .contains("HTTP 400", "of-all", "POST /hook", "did not understand");
    String shown = to(post(cookie, delivery + "/retry", ""));
    Poll.until(() -> served.transport.requestsTo(PortalScene.MINE).size() == 2);
    Poll.until(() -> get(cookie, shown).body().contains("Attempt 2 failed after"));
    assertThat(served.webhooks.audit().list(AuditQuery.ALL).data().get(0).actor().name())
        .isEqualTo("portal:c-1 \"Ada\"");
  }

  @Test
  void heldDeliveryIsNeitherAFailureNorASuccess() {
    var unused =
        served
            .webhooks
            .endpoints()
            .change(SiteId.DEFAULT, mine.id(), EndpointSpec.change().enabled(false));
    NewEvent event = NewEvent.of("license_created", "{}").labels(Map.of("customer", "c-1"));
    var unusedReceipt = served.webhooks.publish(SiteId.DEFAULT, event).join();
    assertThat(get(cookie(""), "/portal/").body())
        .contains("1 delivery from the last 24 hours has not arrived yet.", ">1 on hold</a>");
  }

  @Test
  void unknownVisitorLearnsOfNoSite() {
    String used = scene.link("");
    assertThat(served.get(used).status()).isEqualTo(303);
    assertThat(served.get(used).body()).contains("app.example");
    assertThat(to(served.get("/portal/"))).startsWith("https://app.example/hooks?reason=expired");
    served.post("/api/v1/sites", "{\"id\":\"other\"}");
    scene.portal(
        "/api/v1/sites/other",
        "{\"enabled\":true,\"refreshUrl\":\"https://other.example/\","
            + "\"origins\":[\"https://other.example\"]}");

    for (String path : List.of(used, "/portal/", "/portal/deliveries", "/portal/none")) {
      Answer page = served.get(path);
      assertThat(page.status()).as(path).isIn(401, 410);
      assertThat(page.body() + page.response().headers().map())
          .as(path)
          .doesNotContain("app.example", "other.example");
    }
  }

  @Test
  void bulkRetryStaysWithinTheScope() {
    publish();
    String cookie = cookie("");
    String review = get(cookie, "/portal/deliveries/retry?status=exhausted").body();
    assertThat(review).contains("Retry 1 failed delivery to mine.example/hook?", "Retry 1");
    assertThat(get(cookie, "/portal/deliveries/retry?status=delivered").body())
        .contains("No matching delivery can be retried");
    String path = "/portal/deliveries/retry";
    String both = "id=" + scene.deliveryTo(mine) + "&id=" + scene.deliveryTo(theirs) + "&id=x";
    String some = to(post(cookie, path, both));
    Poll.until(() -> served.transport.requestsTo(PortalScene.MINE).size() == 2);
    Poll.until(() -> scene.all().stream().allMatch(one -> one.state().isFinal()));
    assertThat(get(cookie, some).body())
        .contains("1 failed, 2 cannot be retried.", scene.deliveryTo(mine))
        .doesNotContain(scene.deliveryTo(theirs));
    served.transport.responding(PortalScene.MINE, 200);
    String all = to(post(cookie, path + "?range=24h", "all=yes&kind=failed"));
    assertThat(all).endsWith("&range=24h");
    Poll.until(() -> get(cookie, all).body().contains("Retried deliveries</h1>"));
    assertThat(get(cookie, all).body())
        .contains("<div class=\"note good\"><p><strong>1 of 1 delivered.</strong></p>")
        .contains("href=\"/portal/deliveries?range=24h\">Deliveries</a>");
    assertThat(get(cookie, all).body()).doesNotContain("data-follow");
    assertThat(served.transport.requestsTo(PortalScene.MINE)).hasSize(3);
    assertThat(served.transport.requestsTo(PortalScene.THEIRS)).hasSize(1);
  }

  @Test
  void resourcesOutsideTheScopeAreNotFoundOnAnyPage() {
    publish();
    String cookie = cookie(EVERYTHING);
    String other = scene.deliveryTo(theirs);
    for (String id : List.of(theirs.id().toString(), "ep_00000000000000000000000000", "x")) {
      for (String act : List.of("", "/edit", "/remove")) {
        isNothing(get(cookie, "/portal/endpoints/" + id + act));
      }
      for (String act : List.of("/test", "/pause", "/resume", "/rotate", "/remove", "/edit")) {
        String form = "url=https%3A%2F%2Fnew.example%2F&types=*";
        isNothing(post(cookie, "/portal/endpoints/" + id + act, form));
      }
    }
    for (String id : List.of(other, "del_00000000000000000000000000", "x")) {
      isNothing(get(cookie, "/portal/deliveries/" + id));
      isNothing(post(cookie, "/portal/deliveries/" + id + "/retry", ""));
    }
    String event =
        scene.all().stream()
            .filter(one -> one.endpoint().equals(theirs.id()))
            .findFirst()
            .orElseThrow()
            .event()
            .value();
    for (String path :
        List.of(
            "/portal/",
            "/portal/deliveries",
            "/portal/deliveries?endpoint=" + theirs.id(),
            "/portal/deliveries?event=" + event,
            "/portal/deliveries?code=400",
            "/portal/event-types",
            "/portal/endpoints/" + mine.id())) {
      Answer page = get(cookie, path);
      assertThat(page.status()).as(path).isEqualTo(200);
      assertThat(page.body()).as(path).doesNotContain("theirs.example", other);
    }
    assertThat(served.webhooks.endpoints().all(SiteId.DEFAULT)).hasSize(2);
    assertThat(served.transport.requestsTo(PortalScene.THEIRS)).hasSize(1);
  }

  private static void isNothing(Answer answer) {
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.body()).contains("There is nothing here.").doesNotContain("theirs.example");
  }

  @Test
  void actionsBeyondTheLinkAreNeitherShownNorPossible() {
    publish();
    String cookie = cookie(",\"can\":[]");
    String endpoint = "/portal/endpoints/" + mine.id();
    String delivery = "/portal/deliveries/" + scene.deliveryTo(mine);
    for (String path : List.of("/portal/", "/portal/deliveries", endpoint, delivery)) {
      assertThat(get(cookie, path).body()).as(path).doesNotContain("method=\"post\"", "of-all");
    }
    for (String path : List.of(endpoint + "/edit", endpoint + "/remove", "/portal/endpoints/new")) {
      assertThat(get(cookie, path).status()).as(path).isEqualTo(403);
    }
    assertThat(post(cookie, delivery + "/retry", "").status()).isEqualTo(403);
    assertThat(post(cookie, endpoint + "/pause", "").status()).isEqualTo(403);
    assertThat(served.transport.requestsTo(PortalScene.MINE)).hasSize(1);
  }

  @Test
  void endpointsAreMadeChangedAndRemoved() {
    String cookie = cookie(EVERYTHING);
    String typed = "types=license_*&description=New&url=";
    Answer refused = post(cookie, "/portal/endpoints/new", typed + encoded("https://10.0.0.1/"));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body()).contains("This address cannot be used.", "value=\"New\"");
    Answer made =
        scene.posted(cookie, "/portal/endpoints/new", typed + encoded("https://new.example/"));
    assertThat(made.body())
        .contains("whsec_", "The endpoint was created.", "<h1>New</h1>", "/test\"");
    Endpoint added =
        served.webhooks.endpoints().all(SiteId.DEFAULT).stream()
            .filter(one -> one.url().text().equals("https://new.example/"))
            .findFirst()
            .orElseThrow();
    assertThat(added.labels()).isEqualTo(Map.of("customer", "c-1"));
    String path = "/portal/endpoints/" + added.id();
    assertThat(get(cookie, path + "/edit").body()).contains("license_*", "https://new.example/");
    String ticked =
        "type=license_deleted&type=license_created&url=" + encoded("https://new.example/");
    assertThat(to(post(cookie, path + "/edit", ticked))).endsWith("note=saved&changed=name,types");
    assertThat(get(cookie, path + "/edit").body())
        .contains("value=\"license_created\" checked", "value=\"license_deleted\" checked")
        .doesNotContain("value=\"customer_created\" checked");
    String changed = "types=license_created&url=" + encoded("https://new.example/2");
    assertThat(to(post(cookie, path + "/edit", changed))).contains("note=saved&changed=url,types");
    assertThat(to(post(cookie, path + "/pause", ""))).endsWith(path);
    assertThat(to(post(cookie, path + "/resume", ""))).endsWith("note=resumed&done=0");
    String tested = to(post(cookie, path + "/test", ""));
    assertThat(get(cookie, tested).body()).contains("The test arrived.");
    assertThat(scene.posted(cookie, path + "/rotate", "").body()).contains("whsec_");
    assertThat(get(cookie, path).body())
        .doesNotContainPattern("whsec_[A-Za-z0-9+/]")
        .contains("https://new.example/2");
    assertThat(to(post(cookie, path + "/remove", ""))).endsWith("note=removed");
    assertThat(served.webhooks.endpoints().all(SiteId.DEFAULT)).hasSize(2);
  }

  @Test
  void anEndpointShowsWhichStatusesCount() {
    String cookie = cookie(EVERYTHING);
    String path = "/portal/endpoints/" + mine.id();
    assertThat(get(cookie, path).body()).contains("<dt>Success statuses</dt><dd>2xx</dd>");

    served.send(
        "PATCH",
        Served.DEFAULT + "/endpoints/" + mine.id(),
        "{\"successStatuses\":[\"2xx\",\"304\"]}");
    assertThat(get(cookie, path).body()).contains("<dt>Success statuses</dt><dd>2xx, 304</dd>");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Test
  void aFormNeedsTheTokenOfItsSession() {
    publish();
    String cookie = cookie("");
    String path = "/portal/deliveries/" + scene.deliveryTo(mine) + "/retry";
    Matcher other = CSRF.matcher(get(cookie(""), "/portal/deliveries").body());
    assertThat(other.find()).isTrue();
    for (String body : List.of("", "csrf=", "csrf=abc", "csrf=" + other.group(1))) {
      assertThat(send(cookie, path, body).status()).as(body).isEqualTo(403);
    }
    assertThat(served.transport.requestsTo(PortalScene.MINE)).hasSize(1);
    assertThat(to(send("hookferry-portal=default~none", path, "csrf=x")))
        .isEqualTo(
            "https://app.example/hooks?reason=expired&page=" + encoded(path.replace("/retry", "")));
  }

  @Test
  void theStylesheetHasTheColourOfTheSite() {
    String cookie = cookie("");
    String page = get(cookie, "/portal/").body();
    Matcher theme = Pattern.compile("/portal/theme-[0-9a-f]{16}\\.css").matcher(page);
    assertThat(theme.find()).isTrue();
    assertThat(page).doesNotContain("style=", "<style");
    Answer css = served.get(theme.group());
    assertThat(css.status()).isEqualTo(200);
    assertThat(css.body())
        .contains(
            "--accent: light-dark(#", ", #ffee00)", "--accent-text: light-dark(#ffffff, #000000)");
  }

  @Test
  void payloadsAreMaskedInRequestsToo() {
    publish();
    String cookie = cookie("");
    String path = "/portal/deliveries/" + scene.deliveryTo(mine);
    assertThat(get(cookie, path).body()).contains("curl -i", "of-all");
    scene.portal("{\"payload\":\"none\"}");
    assertThat(get(cookie, path).body()).contains("POST /hook").doesNotContain("curl", "of-all");
  }
}
