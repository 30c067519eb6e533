package dev.hookferry.http.portal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.Response;
import dev.hookferry.event.Payload;
import dev.hookferry.http.Served;
import dev.hookferry.http.console.activity.Activity;
import dev.hookferry.observe.EndpointHealth;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What pages say of failures and times, in each language. */
class PortalPhrasesTest {
  private static final String BROKEN = "https://broken.example/hook";
  private static final String WORKS = "https://works.example/hook";
  private static final int EVENTS = EndpointHealth.FAILING_AFTER;

  private final PortalScene scene =
      new PortalScene(Served.withActivity(new Activity()), "{\"enabled\":true}");
  private final Served served = scene.served;

  @BeforeEach
  void sendOnce() {
    scene.sendOnce();
  }

  @AfterEach
  void close() {
    scene.close();
  }

  private String page(String language, String path) {
    String more = ",\"can\":[\"test\",\"retry\"],\"locale\":\"" + language + "\"";
    return scene.page(scene.cookie(more), path).body();
  }

  private void respond(String url, int status) {
    Response response = new Response(status, Payload.empty(), false, null, null);
    served.transport.responding(url, n -> Outcome.responded(response, Duration.ofMillis(7)));
  }

  @Test
  void theFirstPageCountsWhatFailedAndArrivedAndSaysSinceWhen() {
    respond(PortalScene.MINE, 400);
    respond(BROKEN, 500);
    var unused = scene.endpoint(BROKEN, "c-1");
    unused = scene.endpoint(WORKS, "c-1");
    scene.publish("c-1", EVENTS);

    Map<String, String> headlines =
        Map.of(
            "en", "20 deliveries to 2 endpoints failed.",
            "de", "20 Zustellungen an 2 Endpunkte sind fehlgeschlagen.",
            "fr", "20 livraisons vers 2 points de terminaison ont échoué.");
    Map<String, String> since = Map.of("en", "since ", "de", "seit ", "fr", "depuis ");
    headlines.forEach(
        (language, headline) ->
            assertThat(page(language, "/portal/"))
                .contains("<strong>" + headline + "</strong>")
                .containsPattern(
                    "<b>HTTP 400</b><span class=\"soft\">, "
                        + since.get(language)
                        + "<time [^>]*data-full=\"clock\">[^<]+ UTC</time> \\(<time"
                        + " [^>]*data-span>"));
    assertThat(page("en", "/portal/"))
        .containsSubsequence(
            "class=\"totals\"",
            "Created in the last 24 hours:",
            "?status=delivered&amp;tests=no&amp;range=24h\">10 delivered</a> · ",
            ">20 failed</a></p>");
  }

  @Test
  void aResultHasTheTimeThatItTookAndAnAttemptItsStatus() {
    respond(PortalScene.MINE, 401);
    respond(WORKS, 200);
    var works = scene.endpoint(WORKS, "c-1");
    scene.publish("c-1", 1);

    Map<String, String> results =
        Map.of("en", " in 7\u00a0ms</td>", "de", " in 7\u00a0ms</td>", "fr", " en 7\u00a0ms</td>");
    results.forEach(
        (language, took) ->
            assertThat(page(language, "/portal/deliveries"))
                .contains("HTTP 401" + took, "HTTP 200" + took));
    assertThat(page("en", "/portal/deliveries/" + scene.deliveryTo(scene.mine)))
        .containsPattern(
            "(?s)id=\"attempt-1\">Attempt 1</h3><span class=\"status bad\".{0,600}?HTTP 401</span>")
        .containsPattern("data-full>Jan 1, 2026, [^<]+ UTC</time></dd>")
        .doesNotContain("HTTP error");
    assertThat(page("en", "/portal/deliveries/" + scene.deliveryTo(works))).contains("delivered<");
  }

  @Test
  void theUserIsNamedAtTheTopAndAtTheEndOfAPage() {
    Map<String, String> names =
        Map.of("en", "Signed in as Ada", "de", "Angemeldet als Ada", "fr", "Session\u202f: Ada");
    names.forEach(
        (language, name) ->
            assertThat(page(language, "/portal/"))
                .contains("<span class=\"who soft\"", "<span class=\"signed-in\">" + name + "<"));
  }
}
