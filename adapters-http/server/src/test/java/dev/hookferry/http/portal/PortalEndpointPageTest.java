package dev.hookferry.http.portal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Poll;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.Response;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.event.NewEvent;
import dev.hookferry.event.Payload;
import dev.hookferry.http.Served;
import dev.hookferry.http.Served.Answer;
import dev.hookferry.id.SiteId;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The page of an endpoint: what it says, and where its actions are. */
class PortalEndpointPageTest {
  private static final String EVERYTHING =
      ",\"can\":[\"test\",\"retry\",\"manage\",\"remove\",\"secrets\",\"payload\"]";

  private static final Map<String, String> MINE = Map.of("customer", "c-1");

  private final PortalScene scene =
      new PortalScene("{\"enabled\":true,\"theme\":{\"productName\":\"Acme\"}}");
  private final Served served = scene.served;
  private final String endpoint = "/portal/endpoints/" + scene.mine.id();
  private final String cookie = scene.cookie(EVERYTHING);

  @AfterEach
  void close() {
    scene.close();
  }

  private String page(String path) {
    return scene.page(cookie, path).body();
  }

  private String to(Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(303);
    return answer.header("Location");
  }

  private void holdFour() {
    String unused = to(scene.post(cookie, endpoint + "/pause", ""));
    for (int i = 0; i < 4; i++) {
      NewEvent event = NewEvent.of("license_created", "{}").labels(Map.of("customer", "c-1"));
      var unusedReceipt = served.webhooks.publish(SiteId.DEFAULT, event).join();
    }
    Poll.until(
        () -> scene.all().stream().filter(one -> one.state() == DeliveryState.HELD).count() == 4);
  }

  @Test
  void aPausedEndpointSaysHowManyDeliveriesAreOnHold() {
    assertThat(page(endpoint)).doesNotContain("on hold", "/resume\"");
    String paused = to(scene.post(cookie, endpoint + "/pause", ""));
    assertThat(page(paused))
        .contains("has been paused since", "New deliveries wait until it is resumed.", "/resume\"")
        .doesNotContain("Deliveries per second");
    assertThat(scene.page(scene.cookie(",\"can\":[]"), endpoint).body())
        .contains("has been paused since", " to resume it.")
        .doesNotContain("works again");
    holdFour();

    assertThat(page(endpoint)).contains("4 deliveries are on hold</a>.", "Deliveries per second");
    assertThat(page("/portal/"))
        .contains("<span>4</span><span class=\"held\">on hold</span>")
        .doesNotContain(">Waiting<");
    String french = scene.cookie(EVERYTHING + ",\"locale\":\"fr\"");
    assertThat(scene.page(french, "/portal/").body())
        .contains("<span>4</span><span class=\"held\">retenues</span>", "suspendu");
    // Otherwise they may have arrived before the page is read.
    served.transport.hanging(PortalScene.MINE);
    String resumed = to(scene.post(cookie, endpoint + "/resume", ""));
    assertThat(page(resumed)).contains("Resumed. 4 deliveries are being sent now.");
  }

  @Test
  void removingNamesTheEndpointAndWhatIsLost() {
    assertThat(page(endpoint + "/remove"))
        .contains("Remove mine.example/hook?</h1>", PortalScene.MINE, ">Cancel</a>")
        .contains("crumb back\"><a href=\"" + endpoint + "\">mine.example/hook</a>")
        .doesNotContain("will be cancelled", ">Back<");
    holdFour();

    assertThat(page(endpoint + "/remove"))
        .contains("4 deliveries that have not arrived yet will be cancelled.");
  }

  @Test
  void theSecretHasItsAgeBesideItsRotation() {
    served.clock.advance(Duration.ofDays(3));
    String later = scene.cookie(EVERYTHING);
    String before = scene.page(later, endpoint).body();
    assertThat(before)
        .containsPattern(
            "<dt>Signing secret</dt><dd>Created <time [^>]+data-full>[^<]+UTC</time></dd>")
        .containsPattern("<dt>Created</dt><dd><time [^>]+data-full>[^<]+UTC</time>");
    String unused = scene.post(later, endpoint + "/rotate", "hours=24").body();

    assertThat(scene.page(later, endpoint).body())
        .containsPattern(
            "<dd>Created <time [^>]+>[^<]+UTC</time> · old one expires <time"
                + " [^>]+>[^<]+UTC</time></dd>");
  }

  @Test
  void everydayActionsStandBesideTheTitleAndOthersInAMenu() {
    String shown = page(endpoint);
    int title =
        shown.indexOf("<div class=\"title-row\"><div class=\"named\"><h1>mine.example/hook</h1>");
    int end = shown.indexOf("endpoint-url", title);
    assertThat(title).isPositive();
    assertThat(shown.substring(title, end))
        .containsSubsequence(
            "/test\"", "/edit\"", "/pause\"", "<summary>More</summary>", "/remove\"", "</details>")
        .doesNotContain("/rotate\"");
    assertThat(shown)
        .contains("<span class=\"product\">Acme</span>")
        .doesNotContain("Custom headers");
    var unused =
        served.send(
            "PATCH",
            Served.DEFAULT + "/endpoints/" + scene.mine.id(),
            "{\"headers\":{\"X-Team\":\"billing\"}}");
    assertThat(page(endpoint)).contains("<h3>Custom headers</h3>");
  }

  @Test
  void onlyPermittedVisitorsLearnThatTheyCanRetry() {
    var unused =
        served.webhooks.settings().changeByName(SiteId.DEFAULT, Map.of("webHookMaxRetries", 0));
    assertThat(page(endpoint))
        .contains("<dt>Retries</dt><dd>none; you can retry failed deliveries</dd>");
    assertThat(scene.page(scene.cookie(",\"can\":[]"), endpoint).body())
        .contains("<dt>Retries</dt><dd>none</dd>");
  }

  @Test
  void thePageAnswersInTheOrderOfTheQuestions() {
    assertThat(page(endpoint))
        .containsSubsequence(
            "<h1>mine.example/hook</h1>",
            ">working</span>",
            "<h2 id=\"newest\">",
            "<h2 id=\"settings\">Settings</h2>",
            "<dt>URL</dt>",
            "<dt>Success statuses</dt><dd>2xx</dd>",
            "<dt>Retries</dt><dd>up to 5 after a failed attempt, within 25\u00a0min</dd>",
            "Verify signatures")
        .doesNotContain("An example is sent");
    String unused = to(scene.post(cookie, endpoint + "/pause", ""));
    assertThat(page(endpoint))
        .containsSubsequence(
            "<h1>mine.example/hook</h1>",
            "<strong>mine.example/hook has been paused since ",
            "/resume\"",
            "<h2 id=\"newest\">");
  }

  @Test
  void aTestLeadsToItsRequest() {
    String tested = to(scene.post(cookie, endpoint + "/test", ""));

    assertThat(page(tested))
        .contains("Your endpoint responded with HTTP 200 in ")
        .contains("/portal/deliveries/" + tested.replaceFirst(".*=", "") + "\">Show its request");
  }

  @Test
  void testsAreApartFromTheNewestDeliveries() {
    var unused =
        served
            .webhooks
            .publish(SiteId.DEFAULT, NewEvent.of("license_created", "{}").labels(MINE))
            .join();
    Poll.until(() -> scene.all().stream().anyMatch(one -> one.attempts() == 1));
    assertThat(page(endpoint)).doesNotContain("id=\"tests\"");
    String unusedTest = to(scene.post(cookie, endpoint + "/test", ""));

    assertThat(page(endpoint))
        .containsSubsequence(
            "<h2 id=\"newest\">",
            ">license_created</a>",
            "id=\"tests\"",
            ">test</a>",
            "id=\"settings\"");
    assertThat(page(endpoint).split("id=\"tests\"", -1)[0]).doesNotContain(">test</a>");
  }

  @Test
  void whatAnEndpointRespondedToATestIsReadable() {
    Response json =
        new Response(401, Payload.of("{\"error\":\"bad signature\"}"), false, null, null);
    served.transport.responding(
        PortalScene.MINE, n -> Outcome.responded(json, Duration.ofMillis(7)));

    assertThat(page(to(scene.post(cookie, endpoint + "/test", ""))))
        .containsSubsequence(
            "The test failed. Your endpoint responded with HTTP 401 in 7\u00a0ms.",
            "Your endpoint did not accept the signature.",
            "<details class=\"more response\" id=\"tested-response\" open><summary>Your endpoint’s response</summary>",
            "<div class=\"json\"",
            "Send another test",
            "Show its request");
  }

  @Test
  void anEndpointThatFailsComesBeforeNewerOnesThatWork() {
    var unused =
        served.webhooks.settings().update(SiteId.DEFAULT, s -> s.retry(r -> r.maxRetries(0)));
    served.transport.responding(PortalScene.MINE, 400);
    Endpoint newer = scene.endpoint("https://mine.example/newer", "c-1");
    assertThat(page("/portal/"))
        .containsSubsequence("endpoints/" + newer.id(), "endpoints/" + scene.mine.id());
    for (int i = 0; i < 10; i++) {
      NewEvent event = NewEvent.of("license_created", "{}").labels(Map.of("customer", "c-1"));
      var unusedReceipt = served.webhooks.publish(SiteId.DEFAULT, event).join();
    }
    Poll.until(() -> scene.all().stream().allMatch(one -> one.state().isFinal()));

    assertThat(page("/portal/").replaceFirst("(?s).*<table class=\"cards mine\">", ""))
        .containsSubsequence("endpoints/" + scene.mine.id(), "endpoints/" + newer.id());
  }

  @Test
  void noticesWithNothingToDoAndTheCodeAreFolded() {
    var unused =
        served.webhooks.settings().update(SiteId.DEFAULT, s -> s.retry(r -> r.maxRetries(0)));
    Endpoint twin = scene.endpoint(PortalScene.MINE, "c-1");
    String alone = page(endpoint);
    assertThat(alone)
        .contains("Another endpoint has the same URL")
        .doesNotContain("more notice")
        .containsSubsequence(
            "Newest deliveries", "<details class=\"card earlier\"><summary><h2>Verify signatures");
    served.transport.responding(PortalScene.MINE, 400);
    for (int i = 0; i < 10; i++) {
      NewEvent event = NewEvent.of("license_created", "{}").labels(Map.of("customer", "c-1"));
      var unusedReceipt = served.webhooks.publish(SiteId.DEFAULT, event).join();
    }
    Poll.until(() -> scene.all().stream().allMatch(one -> one.state().isFinal()));
    assertThat(page(endpoint))
        .containsSubsequence(
            "is failing",
            "<summary>1 more notice</summary>",
            "Another endpoint has the same URL",
            "endpoints/" + twin.id());
    String tested = to(scene.post(cookie, endpoint + "/test", ""));
    assertThat(page(tested))
        .containsSubsequence(
            "Your endpoint responded with HTTP 400",
            "is failing",
            "<summary>1 more notice</summary>",
            "Another endpoint has the same URL");
  }
}
