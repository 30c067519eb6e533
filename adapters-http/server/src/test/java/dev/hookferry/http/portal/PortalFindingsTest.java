package dev.hookferry.http.portal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Poll;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.http.Served;
import dev.hookferry.http.console.activity.Activity;
import dev.hookferry.id.SiteId;
import dev.hookferry.observe.EndpointHealth;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Figures that agree with each other, and actions that lead to an outcome. */
class PortalFindingsTest {
  private static final String ALL = ",\"can\":[\"test\",\"retry\",\"manage\"]";
  private static final String OTHER = "https://other.example/hook";

  private final PortalScene scene =
      new PortalScene(Served.withActivity(new Activity()), "{\"enabled\":true}");
  private final Served served = scene.served;
  private final String endpoint = "/portal/endpoints/" + scene.mine.id();

  @AfterEach
  void close() {
    scene.close();
  }

  private String page(String path) {
    return scene.page(scene.cookie(ALL), path).body();
  }

  private void gone() {
    scene.sendOnce();
    served.transport.responding(PortalScene.MINE, 410);
    scene.publish("c-1", 1);
    Poll.until(() -> !served.webhooks.endpoints().get(SiteId.DEFAULT, scene.mine.id()).enabled());
    scene.publish("c-1", 2);
  }

  @Test
  void theBannerLeadsToAsManyDeliveriesAsItCounts() {
    scene.sendOnce();
    var unused = scene.endpoint(OTHER, "c-1");
    served.transport.responding(PortalScene.MINE, 400);
    served.transport.responding(OTHER, 500);
    scene.publish("c-1", EndpointHealth.FAILING_AFTER);
    served.clock.advance(Duration.ofDays(2));
    scene.publish("c-1", 3);

    assertThat(page("/portal/"))
        .contains("26 deliveries to 2 endpoints failed.", ">Failed, all time</th>")
        .contains("\"/portal/deliveries/retry?status=exhausted&amp;from=home\">Choose what")
        .containsSubsequence("Created in the last 24 hours:", ">6 failed</a>");
    assertThat(page("/portal/deliveries/retry?status=exhausted&from=home").split("data-per=\"13\""))
        .as("13 of each endpoint")
        .hasSize(3);
  }

  @Test
  void theFirstPageLeadsToTheBoxThatResumes() {
    gone();

    assertThat(page("/portal/"))
        .contains("href=\"" + endpoint + "?resume=ask#resume\">Resume…</a>")
        .doesNotContain("/resume\"");
    assertThat(page(endpoint)).contains("id=\"resume\"><summary>");
    assertThat(page(endpoint + "?resume=ask"))
        .contains("id=\"resume\" open><summary>")
        .containsPattern("<p>Resuming sends the [23] deliveries on hold.</p>")
        .containsSubsequence(
            "<p>Test the URL before you resume.</p>",
            "<button class=\"first\" formaction=\"" + endpoint + "/test\">Send test</button>",
            "<button>Resume</button>");
  }

  @Test
  void resumeIsTheMainButtonIfNothingElseIsNeeded() {
    var unused = scene.post(scene.cookie(ALL), endpoint + "/pause", "");
    scene.publish("c-1", 3);

    assertThat(page(endpoint))
        .containsSubsequence(
            "<details class=\"ask strong\" id=\"resume\">",
            "<p>Resuming sends the 3 deliveries on hold.</p>",
            "<button class=\"first\">Resume</button></form></details>");
  }

  @Test
  void aGoneEndpointSaysWhatComesBeforeTheResume() {
    gone();

    String may = ",\"can\":[\"manage\",\"remove\"]";
    assertThat(scene.page(scene.cookie(may), endpoint).body())
        .containsPattern(
            "mine.example/hook has been disabled since <[^\n]*\\): it responded with 410 Gone, so its"
                + " URL no longer exists.</strong>")
        .contains("Correct the URL and resume, or remove the endpoint.")
        .doesNotContain("/pause\"", "are pending", "Change or remove it.", "Show this delivery");
    assertThat(scene.page(scene.cookie(",\"can\":[\"manage\"]"), endpoint).body())
        .contains("Correct the URL, then resume.")
        .doesNotContain("or remove the endpoint");
  }

  @Test
  void aTestThatArrivesAtADisabledEndpointLeadsToItsResume() {
    gone();
    served.transport.responding(PortalScene.MINE, 200);
    String cookie = scene.cookie(ALL);
    String tested = scene.posted(cookie, endpoint + "/test", "").body();

    assertThat(tested)
        .containsSubsequence(
            "<div class=\"note good\" role=\"status\"><strong>The test arrived.",
            "mine.example/hook is still disabled; resume it to send the ",
            " deliveries on hold.",
            "<details class=\"ask strong\" id=\"resume\"><summary>Resume…</summary>")
        .doesNotContain("Edit URL", "Correct the URL", "class=\"note split");
    assertThat(page(endpoint))
        .contains(
            "<div class=\"note split wait\">",
            "The last test arrived, so you can resume the endpoint now.")
        .doesNotContain("Edit URL", "Correct the URL");

    served.transport.responding(PortalScene.MINE, 410);
    var unused = scene.posted(cookie, endpoint + "/test", "");
    assertThat(page(endpoint)).contains("<div class=\"note split bad\">", "Edit URL");
  }

  @Test
  void aDeliveryThatCannotBeSentLeadsToItsEndpoint() {
    gone();
    String held =
        scene.all().stream()
            .filter(one -> one.state() == DeliveryState.HELD && one.attempts() == 0)
            .findFirst()
            .orElseThrow()
            .id()
            .toString();

    assertThat(page("/portal/deliveries/" + held))
        .contains("It will be sent once the endpoint is resumed.")
        .contains("<a class=\"button first\" href=\"" + endpoint + "\">Go to endpoint</a>")
        .doesNotContain("/retry\"");
  }

  @Test
  void customerCannotResumeWhatTheOperatorStopped() {
    scene.sendOnce();
    served.transport.responding(PortalScene.MINE, 500);
    scene.publish("c-1", 1);
    var unused =
        served.webhooks.settings().changeByName(SiteId.DEFAULT, Map.of("webHooksEnabled", false));

    String delivery = scene.deliveryTo(scene.mine);
    assertThat(page("/portal/deliveries/" + delivery))
        .contains("/retry\"")
        .doesNotContain("resumed", "Go to endpoint");
  }

  @Test
  void visitorsWithoutPermissionLearnWhomToAsk() {
    gone();

    assertThat(scene.page(scene.cookie(",\"can\":[]"), endpoint).body())
        .contains("Ask your provider to correct the URL and resume deliveries.")
        .doesNotContain("Correct the URL and resume");
  }

  @Test
  void anEndpointWithoutAttemptsHasOneCardThatSaysSo() {
    assertThat(page(endpoint))
        .contains("<div class=\"period\"><h2>Activity</h2>")
        .containsSubsequence(
            "id=\"card-attempts\">Attempts</h3>",
            "No attempts in this period. Tests are not counted.")
        .doesNotContain("id=\"card-codes\"");
  }

  @Test
  void aRetryThatFailsAltogetherSaysWhyAndOffersATest() {
    scene.sendOnce();
    served.transport.responding(PortalScene.MINE, 500);
    scene.publish("c-1", 3);
    String cookie = scene.cookie(ALL);
    String sent =
        scene.post(cookie, "/portal/deliveries/retry", "all=yes&kind=failed").header("Location");
    Poll.until(() -> scene.all().stream().allMatch(one -> one.attempts() == 2));
    Poll.until(() -> !scene.page(cookie, sent).body().contains("data-follow"));

    assertThat(scene.page(cookie, sent).body())
        .contains("None of the 3 arrived: mine.example/hook still responds with HTTP 500.</strong>")
        .containsSubsequence("action=\"" + endpoint + "/test\"", ">Send test</button>");
    assertThat(scene.page(scene.cookie(",\"can\":[\"retry\"]"), sent).body())
        .doesNotContain("Send test");
  }

  @Test
  void aSearchThatFindsNothingSaysWhatIsSearched() {
    assertThat(page("/portal/deliveries?q=ORD-1129"))
        .contains(
            "Nothing found for “ORD-1129”. Enter the whole id, in the same case: event id or"
                + " delivery id.");
  }
}
