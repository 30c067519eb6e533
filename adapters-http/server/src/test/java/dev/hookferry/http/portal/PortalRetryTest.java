package dev.hookferry.http.portal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Poll;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.Response;
import dev.hookferry.endpoint.DeliveryOrder;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.event.NewEvent;
import dev.hookferry.event.Payload;
import dev.hookferry.http.Served.Answer;
import dev.hookferry.id.SiteId;
import dev.hookferry.limit.SendLimits;
import dev.hookferry.limit.SendRate;
import dev.hookferry.observe.EndpointHealth;
import dev.hookferry.retry.RetrySettings;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Questions before deliveries are sent again, and what tests of an endpoint show. */
class PortalRetryTest {
  private static final String RETRY = "/portal/deliveries/retry";

  private final PortalScene scene = new PortalScene("{\"enabled\":true}");
  private final String cookie = scene.cookie("");
  private final String endpoint = "/portal/endpoints/" + scene.mine.id();

  @BeforeEach
  void neverRetry() {
    RetrySettings retry = RetrySettings.of(0, Duration.ofHours(1));
    var unused = scene.served.webhooks.settings().update(SiteId.DEFAULT, s -> s.retry(retry));
  }

  @AfterEach
  void close() {
    scene.close();
  }

  private void publish(String key) {
    NewEvent event =
        NewEvent.of("license_created", "{}").labels(Map.of("customer", "c-1")).orderingKey(key);
    var unused = scene.served.webhooks.publish(SiteId.DEFAULT, event).join();
  }

  private long count(DeliveryState state) {
    return scene.all().stream().filter(one -> one.state() == state).count();
  }

  private static String to(Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(303);
    return answer.header("Location");
  }

  @Test
  void deliveredOnesAreResentOnlyIfConfirmed() {
    publish("a");
    Poll.until(() -> count(DeliveryState.DELIVERED) == 1);
    String id = scene.deliveryTo(scene.mine);
    String path = "/portal/deliveries/" + id;
    assertThat(scene.page(cookie, path).body()).contains(">Resend…</button>");

    Answer asked = scene.post(cookie, path + "/retry", "");
    assertThat(asked.body())
        .contains("This delivery has already arrived.", "name=\"confirmed\"", "webhook-id");
    assertThat(scene.post(cookie, RETRY, "id=" + id).body()).contains("already arrived");
    assertThat(scene.served.transport.requestsTo(PortalScene.MINE)).hasSize(1);

    assertThat(to(scene.post(cookie, path + "/retry", "confirmed=yes"))).contains("?after=att_");
    Poll.until(() -> scene.served.transport.requestsTo(PortalScene.MINE).size() == 2);
  }

  @Test
  void anEmptySelectionLeadsBackToTheSameList() {
    publish("a");
    Poll.until(() -> count(DeliveryState.DELIVERED) == 1);

    Answer empty = scene.post(cookie, RETRY + "?status=delivered", "");

    assertThat(empty.status()).isEqualTo(400);
    assertThat(empty.body())
        .contains("Select at least one delivery.", scene.deliveryTo(scene.mine))
        .contains("value=\"delivered\" selected");
    assertThat(to(scene.post(cookie, RETRY, "id=" + scene.deliveryTo(scene.mine) + "0")))
        .endsWith("?note=none-retried");
  }

  @Test
  void blockedOnesAreSentAgainOnlyIfChosen() {
    var unused =
        scene
            .served
            .webhooks
            .endpoints()
            .change(
                SiteId.DEFAULT, scene.mine.id(), EndpointSpec.change().order(DeliveryOrder.BY_KEY));
    scene.served.transport.responding(PortalScene.MINE, 500);
    publish("a");
    publish("b");
    Poll.until(() -> count(DeliveryState.BLOCKED) == 2);
    var unusedOther = scene.endpoint("https://mine.example/other", "c-1");
    scene.served.transport.responding("https://mine.example/other", 500);
    publish("c");
    Poll.until(() -> count(DeliveryState.BLOCKED) == 3 && count(DeliveryState.EXHAUSTED) == 1);

    String review = scene.page(cookie, RETRY + "?range=24h").body();

    assertThat(review)
        .contains(">Choose what to retry</h1>")
        .containsSubsequence(">mine.example/other</a>", ">mine.example/hook</a>")
        .containsPattern("value=\"failed\" data-count=\"1\" checked")
        .containsPattern("value=\"blocked\" data-count=\"3\"><strong>3 blocked")
        .contains("Retry 1", "data-text=\"Retry #\"");
    assertThat(scene.page(cookie, RETRY + "?status=blocked").body())
        .contains("Retry 3 blocked deliveries to mine.example/hook?");
    String sent = to(scene.post(cookie, RETRY + "?range=24h", "all=yes&kind=failed"));
    Poll.until(() -> scene.page(cookie, sent).body().contains("It did not arrive: mine.example"));
    assertThat(scene.served.transport.requestsTo(PortalScene.MINE)).hasSize(3);
    assertThat(scene.page(cookie, sent).body()).doesNotContain("blocked<");
  }

  @Test
  void theConfirmationExplainsRepeatsAndTheResultGroupsEqualReasons() {
    scene.served.transport.responding(PortalScene.MINE, 500);
    for (int i = 0; i < 4; i++) {
      publish("a" + i);
    }
    Poll.until(() -> count(DeliveryState.EXHAUSTED) == 4);
    assertThat(scene.page(cookie, RETRY + "?status=exhausted").body())
        .contains(">4 deliveries will be sent to your endpoint.</strong>")
        .contains("data-one=\"1 delivery will be sent", "# deliveries will be sent", "webhook-id");

    String sent = to(scene.post(cookie, RETRY, "all=yes&kind=failed"));
    Poll.until(
        () -> scene.page(cookie, sent).body().contains("None of the 4 arrived: mine.example"));
    assertThat(scene.page(cookie, sent).body())
        .contains("<summary><strong>HTTP 500</strong></summary>")
        .containsPattern("<details class=\"outcome\" id=\"" + scene.mine.id() + "-failed\">");
  }

  @Test
  void theQuestionSaysWhichEndpointsArePaused() {
    var unusedOther = scene.endpoint("https://mine.example/other", "c-1");
    scene.served.transport.responding(PortalScene.MINE, 500);
    scene.served.transport.responding("https://mine.example/other", 500);
    publish("a");
    Poll.until(() -> count(DeliveryState.EXHAUSTED) == 2);
    String failed = "?status=exhausted";
    assertThat(scene.page(cookie, RETRY + failed).body()).doesNotContain("on hold");
    assertThat(scene.page(cookie, "/portal/deliveries" + failed).body())
        .contains(">Retry these 2…</a>");
    var unused =
        scene
            .served
            .webhooks
            .endpoints()
            .change(SiteId.DEFAULT, scene.mine.id(), EndpointSpec.change().enabled(false));

    String held = "Paused: these deliveries will be on hold until sending is resumed.";
    assertThat(scene.page(cookie, RETRY + failed).body().split(held, -1)).hasSize(2);
    assertThat(scene.page(cookie, RETRY + failed + "&endpoint=" + scene.mine.id()).body())
        .contains("<p class=\"note wait\">" + held);
  }

  @Test
  void failingEndpointsStayUntickedEvenIfNothingIsSelected() {
    var settings = scene.served.webhooks.settings();
    var unused = settings.update(SiteId.DEFAULT, s -> s.retry(r -> r.maxRetries(0)));
    scene.served.transport.responding(PortalScene.MINE, 400);
    for (int i = 0; i < EndpointHealth.FAILING_AFTER; i++) {
      publish("a");
    }
    Poll.until(() -> count(DeliveryState.EXHAUSTED) == EndpointHealth.FAILING_AFTER);
    unused = settings.update(SiteId.DEFAULT, s -> s.retry(r -> r.maxRetries(3)));
    var other = scene.endpoint("https://mine.example/other", "c-1");
    scene.served.transport.responding("https://mine.example/other", 500);
    publish("b");
    Poll.until(() -> count(DeliveryState.PENDING) == 2);

    assertThat(scene.page(cookie, RETRY + "?range=24h").body())
        .contains("value=\"" + other.id() + "\" data-per=\"0,1\" checked")
        .contains("value=\"" + scene.mine.id() + "\" data-per=\"10,1\" aria-label")
        .contains(">No delivery is selected.</strong>", ">Retry selected</button>")
        .doesNotContain("data-tick-all");
  }

  @Test
  void endpointsThatFailAreNotTickedAtFirst() {
    String works = "https://mine.example/other";
    Endpoint other = scene.endpoint(works, "c-1");
    scene.served.transport.responding(PortalScene.MINE, 401);
    for (int i = 0; i < EndpointHealth.FAILING_AFTER; i++) {
      publish("a" + i);
    }
    Poll.until(() -> count(DeliveryState.DELIVERED) == EndpointHealth.FAILING_AFTER);
    scene.served.transport.responding(works, 500);
    publish("b");
    Poll.until(() -> count(DeliveryState.EXHAUSTED) == EndpointHealth.FAILING_AFTER + 2);

    assertThat(scene.page(cookie, RETRY + "?status=exhausted").body())
        .contains(">Choose what to retry</h1>", ">Retry 1</button>")
        .contains("Still failing: HTTP 401 – these will probably fail again.")
        .contains("value=\"" + other.id() + "\" data-per=\"1\" checked")
        .doesNotContain("nothing is selected", "data-tick-all")
        .contains("value=\"" + scene.mine.id() + "\" data-per=\"11\" aria-label");
    String none = "all=yes&kind=failed&by-endpoint=yes";
    assertThat(scene.post(cookie, RETRY, none).status()).isEqualTo(200);
    String sent = to(scene.post(cookie, RETRY, none + "&endpoint=" + other.id()));
    Poll.until(() -> scene.page(cookie, sent).body().contains("It did not arrive: mine.example"));
    assertThat(scene.served.transport.requestsTo(PortalScene.MINE)).hasSize(11);
  }

  @Test
  void anEndpointWithALowRateIsNotTickedAndSaysHowLongItTakes() {
    var settings = scene.served.webhooks.settings();
    var unused = settings.update(SiteId.DEFAULT, s -> s.retry(r -> r.maxRetries(3)));
    SendLimits slow = SendLimits.NONE.rate(SendRate.parse("1/min"));
    var unusedChange =
        scene
            .served
            .webhooks
            .endpoints()
            .change(SiteId.DEFAULT, scene.mine.id(), EndpointSpec.change().limits(slow));
    for (int i = 0; i < 4; i++) {
      publish("a" + i);
    }
    Poll.until(() -> count(DeliveryState.DELIVERED) == 1);
    String takes = "Rate limited: at most 1 per minute – this takes about 3\u00a0min.";
    assertThat(scene.page(cookie, RETRY + "?status=pending").body())
        .contains("Send 3 pending deliveries to", "<p class=\"note wait\">" + takes)
        .contains("3 deliveries will be sent to your endpoint.</strong>")
        .doesNotContain("again.<", "Each repeats");

    String fails = "https://mine.example/other";
    scene.served.transport.responding(fails, 400);
    var other = scene.endpoint(fails, "c-1");
    for (int i = 0; i < EndpointHealth.FAILING_AFTER; i++) {
      publish("b" + i);
    }
    Poll.until(
        () ->
            scene.served.webhooks.endpoints().health(other).failures()
                >= EndpointHealth.FAILING_AFTER);
    assertThat(scene.page(cookie, RETRY + "?status=pending").body())
        .contains("value=\"" + scene.mine.id() + "\" data-per=\"13\" aria-label")
        .contains("value=\"" + other.id() + "\" data-per=\"10\" aria-label")
        .contains("at most 1 per minute – this takes about 13\u00a0min.", "Still failing: HTTP 400")
        .contains("<p>Deliveries to these endpoints may not arrive soon, so nothing is selected.");
  }

  @Test
  void deliveredOnesAreNotOfferedForARetryOfAll() {
    publish("a");
    Poll.until(() -> count(DeliveryState.DELIVERED) >= 1);
    assertThat(scene.page(cookie, "/portal/deliveries").body()).doesNotContain("failed…");
    assertThat(scene.page(cookie, "/portal/deliveries?status=delivered").body())
        .contains("class=\"pickbar\"")
        .doesNotContain("failed…", "href=\"/portal/deliveries/retry?");
  }

  @Test
  void aListOfAnyStatusRetriesOnlyWhatFailed() {
    var settings = scene.served.webhooks.settings();
    scene.served.transport.responding(PortalScene.MINE, 500);
    publish("a");
    publish("b");
    Poll.until(() -> count(DeliveryState.EXHAUSTED) == 2);
    var unused = settings.update(SiteId.DEFAULT, s -> s.retry(r -> r.maxRetries(3)));
    publish("c");
    Poll.until(() -> count(DeliveryState.PENDING) == 1);

    assertThat(scene.page(cookie, "/portal/deliveries").body())
        .contains("href=\"/portal/deliveries/retry?kind=failed\">Retry 2 failed…</a>");
    assertThat(scene.page(cookie, "/portal/deliveries?range=24h").body())
        .contains("href=\"/portal/deliveries/retry?range=24h&amp;kind=failed\">Retry 2 failed…");
    assertThat(scene.page(cookie, RETRY + "?range=24h&kind=failed").body())
        .contains(
            "Retry 2 failed deliveries to mine.example/hook?", "name=\"kind\" value=\"failed\"")
        .contains("href=\"/portal/deliveries?range=24h\">Cancel</a>")
        .doesNotContain("pending");
    assertThat(scene.page(cookie, "/portal/deliveries?status=pending").body())
        .contains("href=\"/portal/deliveries/retry?status=pending\">Retry this one…</a>");
    assertThat(scene.page(cookie, RETRY + "?status=pending").body())
        .contains("Send 1 pending delivery to mine.example/hook now?");
  }

  @Test
  void aListWithoutFailuresOffersNoRetryOfAll() {
    var settings = scene.served.webhooks.settings();
    var unused = settings.update(SiteId.DEFAULT, s -> s.retry(r -> r.maxRetries(3)));
    scene.served.transport.responding(PortalScene.MINE, 500);
    publish("a");
    Poll.until(() -> scene.all().stream().anyMatch(one -> one.attempts() == 1));

    assertThat(scene.page(cookie, "/portal/deliveries").body())
        .contains("class=\"pickbar\"")
        .doesNotContain("href=\"/portal/deliveries/retry");
  }

  @Test
  void theFilterOfTestsSaysWhereTheyAreShown() {
    assertThat(scene.page(cookie, "/portal/deliveries?range=24h").body())
        .containsSubsequence(
            "<label for=\"tests\">Show tests</label>",
            ">not among failed</option>",
            ">always</option>",
            ">never</option>");
  }

  @Test
  void cancelAndBackLinksLeadToTheStartingPage() {
    scene.served.transport.responding(PortalScene.MINE, 500);
    publish("a");
    Poll.until(() -> count(DeliveryState.EXHAUSTED) == 1);
    String of = "?status=exhausted&endpoint=" + scene.mine.id() + "&from=";

    String cancel = "\">Cancel</a>";
    assertThat(scene.page(cookie, RETRY + of + "home").body()).contains("href=\"/portal/" + cancel);
    assertThat(scene.page(cookie, RETRY + of + "endpoint").body())
        .contains("href=\"" + endpoint + cancel);
    String theirs = "?endpoint=" + scene.theirs.id();
    assertThat(scene.page(cookie, RETRY + theirs + "&from=endpoint").body())
        .contains("href=\"/portal/deliveries" + theirs + "\">← Deliveries")
        .doesNotContain("theirs.example");
    String sent = to(scene.post(cookie, RETRY + of + "endpoint", "all=yes&kind=failed"));
    assertThat(scene.page(cookie, sent).body())
        .contains("back\"><a href=\"" + endpoint + "\">mine.example/hook</a>");
  }

  @Test
  void theOutcomeIsShownToSessionsOfItsUserOnly() {
    scene.served.transport.responding(PortalScene.MINE, 500);
    publish("a");
    Poll.until(() -> count(DeliveryState.EXHAUSTED) == 1);
    String sent = to(scene.post(cookie, RETRY, "all=yes&kind=failed"));
    Poll.until(() -> scene.page(cookie, sent).body().contains("It did not arrive: mine.example"));

    assertThat(scene.page(scene.cookie(""), sent).status()).isEqualTo(200);
    String link =
        scene
            .served
            .post(PortalScene.LINKS, "{\"subject\":\"d-1\",\"labels\":{\"customer\":\"c-1\"}}")
            .json()
            .path("url")
            .asText();
    Answer opened = scene.served.get(URI.create(link).getPath());
    String other = opened.header("Set-Cookie").split(";", -1)[0];
    assertThat(scene.page(other, sent).status()).isEqualTo(404);
  }

  @Test
  void testWithAnErrorResponseIsNotShownAsNotArrived() {
    Response response = new Response(500, Payload.of("database is locked"), false, null, null);
    scene.served.transport.responding(
        PortalScene.MINE, n -> Outcome.responded(response, Duration.ofMillis(7)));

    String tested = to(scene.post(cookie, endpoint + "/test", ""));

    assertThat(tested).startsWith(endpoint + "?tested=dlv_");
    assertThat(scene.page(cookie, tested).body())
        .contains("Your endpoint responded with HTTP 500 in 7\u00a0ms", "database is locked")
        .contains("<h1>mine.example/hook</h1>")
        .doesNotContain("did not arrive");
    assertThat(scene.page(cookie, endpoint + "?tested=dlv_x").body())
        .doesNotContain("Your endpoint responded");
  }

  @Test
  void failedTestsAreNeitherCountedNorRetriedWithOthers() {
    scene.served.transport.responding(PortalScene.MINE, 500);
    var unused = scene.post(cookie, endpoint + "/test", "");
    Poll.until(() -> count(DeliveryState.EXHAUSTED) == 1);
    String list = "/portal/deliveries?status=exhausted";
    String failed = list + "&tests=yes";
    assertThat(scene.page(cookie, list).body())
        .contains("No deliveries match", "data-part>1 filter</span>")
        .doesNotContain("without tests", scene.deliveryTo(scene.mine));
    assertThat(scene.page(cookie, "/portal/deliveries").body()).contains("test failed</span>");
    assertThat(scene.page(cookie, failed).body())
        .contains("<strong>1 delivery</strong>", "test failed</span>", "<span dir=\"auto\">with")
        .doesNotContain("Retry this one…", "Retry these");
    String test = "/portal/deliveries/" + scene.deliveryTo(scene.mine);
    assertThat(scene.page(cookie, test).body())
        .contains("\"" + endpoint + "\">Send another test</a>")
        .doesNotContain(">Retry<");
    publish("a");
    publish("b");
    Poll.until(() -> count(DeliveryState.EXHAUSTED) == 3);
    assertThat(scene.page(cookie, failed).body())
        .contains("<strong>3 deliveries, 1 of them a test</strong>", ">Retry these 2…</a>");
    Answer retried = scene.call(scene.token(""), "POST", "/deliveries/retry", "{}");
    assertThat(retried.json().path("count").asInt()).isEqualTo(2);
  }
}
