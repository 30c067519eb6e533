package dev.hookferry.http.portal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.http.Served;
import dev.hookferry.http.Served.Answer;
import dev.hookferry.id.SiteId;
import dev.hookferry.query.AuditQuery;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PortalGateTest {
  private static final Pattern CSRF = Pattern.compile("name=\"csrf\" value=\"([^\"]+)\"");
  private static final Map<String, String> FOREIGN_FRAME =
      Map.of("Sec-Fetch-Dest", "iframe", "Sec-Fetch-Site", "cross-site");
  private static final Map<String, String> FRAME =
      Map.of("Sec-Fetch-Dest", "iframe", "Sec-Fetch-Site", "same-origin");

  private final PortalScene scene =
      new PortalScene(
          "{\"enabled\":true,\"refreshUrl\":\"https://app.example/hooks\","
              + "\"origins\":[\"https://app.example\"]}");
  private final Served served = scene.served;

  @AfterEach
  void close() {
    scene.close();
  }

  private Answer get(String path, String cookie, Map<String, String> headers) {
    return served.send(
        "GET",
        path,
        null,
        request -> {
          headers.forEach(request::setHeader);
          return cookie.isEmpty() ? request : request.setHeader("Cookie", cookie);
        });
  }

  private static String header(Answer answer, String name) {
    return answer.response().headers().firstValue(name).orElse("");
  }

  private static String cookie(Answer answer) {
    return header(answer, "set-cookie").split(";", -1)[0];
  }

  private String cookie(String more) {
    return cookie(served.get(scene.link(more)));
  }

  private Answer form(String path, String cookie, Map<String, String> headers, String body) {
    var request =
        served
            .request(path)
            .POST(BodyPublishers.ofString(body))
            .setHeader("Content-Type", "application/x-www-form-urlencoded")
            .setHeader("Cookie", cookie);
    headers.forEach(request::setHeader);
    return served.exchange(request.build());
  }

  @Test
  void aLinkOpensOnItsPageInItsLanguageAndScheme() {
    String more =
        ",\"locale\":\"de-AT\",\"theme\":\"dark\",\"page\":\"/portal/deliveries?status=held\","
            + "\"returnUrl\":\"https://app.example/account\"";
    Answer opened = served.get(scene.link(more));
    assertThat(header(opened, "location")).isEqualTo("/portal/deliveries?status=held");
    String page = get("/portal/deliveries", cookie(opened), Map.of()).body();
    assertThat(page)
        .contains("lang=\"de-AT\"", "data-theme=\"dark\"", "Zustellungen")
        .contains("href=\"https://app.example/account\" target=\"_top\"");
    String french = get("/portal/", cookie(""), Map.of("Accept-Language", "fr")).body();
    assertThat(french).contains("lang=\"fr\"", "Livraisons").doesNotContain("data-theme");
  }

  @Test
  void headRequestDoesNotUseUpALink() {
    String link = scene.link("");
    Answer checked = served.send("HEAD", link, null);
    assertThat(checked.status()).isEqualTo(200);
    assertThat(header(checked, "set-cookie")).isEmpty();
    assertThat(served.get(link).status()).isEqualTo(303);
    assertThat(served.send("HEAD", link, null).status()).isEqualTo(410);
  }

  @Test
  void refusesInvalidLinkFieldsByName() {
    for (Map.Entry<String, String> wrong :
        Map.of(
                "returnUrl", "https://evil.example/",
                "page", "https://evil.example/",
                "locale", "<b>",
                "theme", "pink")
            .entrySet()) {
      String body = "{\"subject\":\"c-1\",\"" + wrong.getKey() + "\":\"" + wrong.getValue() + "\"}";
      Answer refused = served.post(PortalScene.LINKS, body);
      assertThat(refused.status()).as(refused.body()).isEqualTo(400);
      assertThat(refused.body()).contains(wrong.getKey());
    }
    for (String page : new String[] {"/portal/../sites", "/sites", "//evil.example/portal/"}) {
      Answer refused =
          served.post(PortalScene.LINKS, "{\"subject\":\"c-1\",\"page\":\"" + page + "\"}");
      assertThat(refused.status()).as(page).isEqualTo(400);
    }
    for (String back : new String[] {"https://app.example@evil.example/", "javascript:alert(1)"}) {
      Answer refused =
          served.post(PortalScene.LINKS, "{\"subject\":\"c-1\",\"returnUrl\":\"" + back + "\"}");
      assertThat(refused.status()).as(back).isEqualTo(400);
    }
  }

  @Test
  void lateFormReappearsAfterSigningIn() {
    String manage = ",\"can\":[\"manage\"]";
    String cookie = cookie(manage);
    String page = "/portal/endpoints/new";
    Matcher csrf = CSRF.matcher(get(page, cookie, Map.of()).body());
    assertThat(csrf.find()).isTrue();
    String typed = "csrf=" + csrf.group(1) + "&url=https%3A%2F%2Fnew.example%2F&types=license_*";
    served.clock.advance(Duration.ofMinutes(61));

    Answer late = form(page, cookie, Map.of(), typed);
    assertThat(header(late, "location"))
        .isEqualTo("https://app.example/hooks?reason=expired&page=%2Fportal%2Fendpoints%2Fnew");
    String kept = cookie(late);
    assertThat(header(late, "set-cookie")).contains("hookferry-portal-form=", "HttpOnly");

    String again = cookie(manage + ",\"page\":\"" + page + "\"");
    String both = again + "; " + kept;
    assertThat(get(page, both, Map.of()).body())
        .contains("not saved yet", "https://new.example/", "license_*");
    assertThat(get(page, both, Map.of()).body()).doesNotContain("https://new.example/");
    assertThat(served.webhooks.endpoints().all(SiteId.DEFAULT)).hasSize(2);
  }

  @Test
  void keepsNoFormForStrangersOrEndedSessions() {
    String page = "/portal/endpoints/new";
    Answer none = form(page, "hookferry-portal=default~" + "x".repeat(43), Map.of(), "url=x");
    assertThat(header(none, "set-cookie")).isEmpty();
    String cookie = cookie("");
    served.send("DELETE", Served.DEFAULT + "/portal-sessions?subject=c-1", null);
    assertThat(header(form(page, cookie, Map.of(), "url=x"), "set-cookie")).isEmpty();
  }

  @Test
  void endedSessionInAFrameDoesNotRedirect() {
    Answer framed = get("/portal/deliveries", "", FRAME);
    assertThat(framed.status()).isEqualTo(401);
    assertThat(framed.body())
        .contains("data-expired=\"/portal/deliveries\"", "target=\"_top\"", "reason=expired");
    assertThat(get("/portal/deliveries", "", Map.of()).status()).isEqualTo(303);
  }

  @Test
  void aDamagedLinkIsNotAnEndedSession() {
    assertThat(get("/portal/" + "x".repeat(20), "", FRAME).body())
        .contains("This link does not work")
        .doesNotContain("Your session has ended");
  }

  static Stream<Map<String, String>> frames() {
    // Some browsers drop the cookies of sister hosts under a top-level domain that they do not
    // know.
    return Stream.of("cross-site", "same-site")
        .map(site -> Map.of("Sec-Fetch-Dest", "iframe", "Sec-Fetch-Site", site));
  }

  @ParameterizedTest
  @MethodSource("frames")
  void whereTheCookieIsDroppedThePageOpensInATab(Map<String, String> frame) {
    Answer opened = get(scene.link(",\"page\":\"/portal/event-types\""), "", frame);
    String framed = header(opened, "location");
    assertThat(framed).matches("/portal/framed/[A-Za-z0-9_-]{43}");
    Answer kept = get(framed, cookie(opened), frame);
    assertThat(header(kept, "location")).isEqualTo("/portal/event-types");
    String used = framed.replace("framed/", "");
    assertThat(served.get(used).status()).isEqualTo(410);
    String back = "<a class=\"button first\" href=\"https://app.example/hooks\" target=\"_self\"";
    assertThat(served.get(used).body())
        .contains("<h1>This link no longer works</h1>", back, ">Back to app.example</a>");
    assertThat(get(used, "", frame).body()).contains("hooks\" target=\"_top\"");

    Answer again = get(scene.link(",\"page\":\"/portal/event-types\""), "", frame);
    Answer dropped = get(header(again, "location"), "", frame);
    assertThat(dropped.status()).isEqualTo(401);
    assertThat(dropped.body())
        .contains("Open in a new tab", "target=\"_blank\"")
        .doesNotContain("data-expired", "data-session", "http-equiv");
    assertThat(header(dropped, "content-security-policy"))
        .contains("frame-ancestors https://app.example");
    Matcher link = Pattern.compile("href=\"(/portal/[A-Za-z0-9_-]{43})\"").matcher(dropped.body());
    assertThat(link.find()).isTrue();
    Answer tab = served.get(link.group(1));
    assertThat(header(tab, "location")).isEqualTo("/portal/event-types");
    assertThat(served.get(link.group(1)).status()).isEqualTo(410);
    assertThat(get("/portal/", cookie(again), Map.of()).status()).isEqualTo(303);
  }

  @Test
  void theLinkThatReplacesASessionMakesNoOther() {
    Answer first = get(scene.link(""), "", FOREIGN_FRAME);
    String second = header(first, "location").replace("framed/", "");
    assertThat(header(get(second, "", FOREIGN_FRAME), "location")).isEqualTo("/portal/");
  }

  @Test
  void theFramedPageKnowsItsSiteAmongSeveral() {
    served.post("/api/v1/sites", "{\"id\":\"other\"}");
    scene.portal("/api/v1/sites/other", "{\"enabled\":true}");
    String framed = header(get(scene.link(""), "", FOREIGN_FRAME), "location");
    assertThat(header(get(framed, "", FOREIGN_FRAME), "content-security-policy"))
        .contains("frame-ancestors https://app.example");
  }

  @Test
  void theElementIsForEveryPageAndSmall() {
    Answer element = served.get("/portal/element.js");
    assertThat(element.status()).isEqualTo(200);
    assertThat(element.body().length()).isLessThanOrEqualTo(3_072);
    assertThat(header(element, "cross-origin-resource-policy")).isEqualTo("cross-origin");
    scene.portal("{\"enabled\":false}");
    assertThat(served.get("/portal/element.js").status()).isEqualTo(404);
  }

  @Test
  void everythingThatAPageLoadsIsBelowThePortal() {
    String page = get("/portal/", cookie(""), Map.of()).body();
    Matcher loaded = Pattern.compile("(?:href|src)=\"([^\"]+\\.(?:css|js))\"").matcher(page);
    int count = 0;
    while (loaded.find()) {
      count++;
      assertThat(loaded.group(1)).startsWith("/portal/");
      assertThat(served.get(loaded.group(1)).status()).as(loaded.group(1)).isEqualTo(200);
    }
    assertThat(count).isGreaterThanOrEqualTo(4);
  }

  @Test
  void operatorCanOnlyView() {
    scene.publish(customer -> "{\"order\":\"of-all\"}");
    String cookie = cookie(",\"asOperator\":true,\"can\":[\"manage\",\"retry\",\"payload\"]");
    assertThat(served.webhooks.audit().list(AuditQuery.ALL).data().get(0).action().code())
        .isEqualTo("portal.viewed");
    String delivery = "/portal/deliveries/" + scene.deliveryTo(scene.mine);
    assertThat(get(delivery, cookie, Map.of()).body())
        .contains("You are viewing the portal as user Ada (c-1)", "of-all")
        .doesNotContain("method=\"post\"");
    assertThat(get("/portal/endpoints/new", cookie, Map.of()).status()).isEqualTo(403);
  }
}
