package dev.hookferry.http.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Poll;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.Response;
import dev.hookferry.delivery.ResponseHeaders;
import dev.hookferry.delivery.Timing;
import dev.hookferry.event.Payload;
import dev.hookferry.id.SiteId;
import dev.hookferry.replay.ReplayWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DeliveryPagesTest {
  private static final String LIST = "/sites/default/deliveries";
  private static final String CRM = "https://crm.example/hook";

  @RegisterExtension private final ConsoleFixture place = new ConsoleFixture();
  private final Person admin = place.admin();

  @Test
  void anEmptyListSaysTheNextStep() {
    assertThat(admin.get(LIST).body()).contains("No deliveries yet", "/endpoints/new");
  }

  @Test
  void theListShowsWhatIsNextAndTheFiltersNarrowIt() {
    failed(503);
    assertThat(admin.get(LIST).body())
        .contains(CRM, "license_created", "pending", "retry <time")
        .contains(">in 5 min</time>");
    assertThat(admin.get(LIST + "?status=delivered").body()).contains("No deliveries match");
    assertThat(admin.get(LIST + "?type=license_created&since=2026-01-01T11%3A59").body())
        .contains(CRM, "1 delivery</strong>", "since 2026-01-01 11:59 UTC");
    assertThat(admin.get(LIST + "?status=delivered&status=pending&range=1h").body())
        .contains(CRM, "Last hour", "href=\"" + LIST + "?status=pending&amp;range=1h\"")
        .contains("value=\"pending\" checked");
    assertThat(admin.get(LIST + "?code=503").body()).contains(CRM, "HTTP 503");
    String refused = admin.get(LIST + "?code=5xx").body();
    assertThat(refused).contains(CRM, "HTTP 503").doesNotContain("/deliveries/all?code");
    assertThat(admin.get(LIST + "?code=4xx").body()).contains("No deliveries match");
    assertThat(admin.get(LIST + "/all?code=5xx").body()).contains("must be one status, such as");
    assertThat(admin.get(LIST + "?code=404").body()).contains("No deliveries match");
    assertThat(admin.get(LIST + "?range=1y&code=900&type=%25").body())
        .contains("range: enter one of 15m, 1h", "HTTP: enter an HTTP status", "Event type: ");
  }

  @Test
  void aSearchFieldNarrowsTheListAndWhatIsSentAgain() {
    place.transport.responding(CRM, 200);
    Delivery before = publish("{\"Key\":\"A 1\"}");
    assertThat(admin.get(LIST).body()).doesNotContain("name=\"data\"");
    var set =
        place.hookferry.webhooks().settings().update(SiteId.DEFAULT, s -> s.searchFields("Key"));
    assertThat(set.searchFields().names()).containsExactly("Key");
    place.clock.advance(Duration.ofMinutes(1));
    place.publish("license_created", "{\"Key\":\"A 1\"}");
    Delivery wanted = place.deliveries().get(0);
    place.publish("license_created", "{\"Key\":\"B\"}");
    Delivery other = place.deliveries().get(0);
    Poll.until(
        () ->
            place.deliveries().stream()
                .allMatch(delivery -> delivery.state() == DeliveryState.DELIVERED));
    place.clock.advance(Duration.ofSeconds(1));
    String filter = "?data=Key%3AA+1";

    assertThat(admin.get(LIST + filter).body())
        .contains(wanted.id().toString(), ">Key:A 1", "value=\"Key:A 1\"", "1 delivery</strong>")
        .contains(" may be missing")
        .doesNotContain(other.id().toString(), before.id().toString());
    assertThat(admin.get(LIST + "/all" + filter + "&status=delivered").body())
        .contains("Key:A 1", "<b>1 delivery</b>");
    assertThat(admin.get(LIST + "?data=Kay:1").body())
        .contains(
            "“Kay” is not a search field; deliveries can be filtered by Key; did you mean Key?")
        .contains(
            "/find?q=Kay%3A1\">Find Kay:1 in all events<", "name=\"fields\" value=\"Key Kay\"")
        .doesNotContain("No deliveries match");
    assertThat(admin.get(LIST + "?data=Key:A&data=Key:B").body())
        .contains("Data must not repeat a name");
    String form = "send=delivered&rate=1&since=2026-01-01T00:00:00Z&until=2026-01-01T12:05:00Z";
    assertThat(admin.post(LIST + "/all" + filter + "&status=delivered", form).body())
        .containsPattern("Resen(t|ding) deliveries with Key:A 1");
    String alone = admin.get(LIST + "?data=A+1").body();
    assertThat(alone).contains(wanted.id().toString()).doesNotContain(other.id().toString());
    assertThat(admin.get(LIST).body()).contains("name=\"data\"").doesNotContain("may be missing");
  }

  @Test
  void aFilterThatDoesNotFitIsNamed() {
    assertThat(admin.get(LIST + "?status=lost&endpoint=x&since=yesterday").body())
        .contains("Status is not a status of a delivery", "Endpoint: ", "Since: enter a time");
  }

  @Test
  void theLifeLineShowsWhatWasAndWhatIsPlanned() {
    Delivery delivery = failed(503);
    assertThat(admin.get(LIST + "/" + delivery.id()).body())
        .contains("accepted", "attempt 1", "Attempt 1 of 6 failed (HTTP 503); next attempt: <time")
        .containsPattern("planned[\\s\\S]*attempt 2[\\s\\S]*in 5 min")
        .containsPattern("attempt 3[\\s\\S]*in 10 min[\\s\\S]*if that fails")
        .containsPattern("given up[\\s\\S]*in 25 min[\\s\\S]*after 6")
        .contains("is not available at the moment");
  }

  @Test
  void escapesReceiverResponsesAndPayloads() {
    Response answer =
        new Response(500, Payload.of("<script>alert(1)</script>"), false, "text/\"><b>", null);
    place.transport.responding(CRM, n -> Outcome.responded(answer, Duration.ofMillis(7)));
    Delivery delivery = publish("{\"x\":\"</pre><img src=x onerror=alert(1)>\"}");
    assertThat(admin.get(LIST + "/" + delivery.id()).body())
        .contains("&lt;script&gt;alert(1)&lt;/script&gt;", "&lt;img src=x")
        .doesNotContain("<script>alert", "<img", "<b>\n");
  }

  @Test
  void attemptShowsItsTimingAndResponseHeaders() {
    ResponseHeaders headers = new ResponseHeaders("Date: now\nX-<b>: \"1\"");
    Response answer = new Response(500, Payload.of("no"), false, "a/b", null, headers);
    Duration second = Duration.ofSeconds(1);
    Timing timing =
        new Timing(Duration.ZERO, null, second, null, second.multipliedBy(4), Duration.ZERO);
    place.transport.responding(CRM, n -> Outcome.responded(answer, timing));
    Delivery delivery = publish("{}");

    assertThat(admin.get(LIST + "/" + delivery.id()).body())
        .contains("took 5 s", "Mostly waiting for the receiver to respond.")
        .contains("connect <b>1 s</b>", "first byte <b>4 s</b>", "class=\"part-first-byte\"")
        .contains(
            "2 headers", "<th scope=\"row\">Date</th><td>now</td>", "HTTP 500</code>", ">no</pre>")
        .contains("data-copy-text=\"no\" aria-label=\"Copy response\"")
        .contains("<th scope=\"row\">X-&lt;b&gt;</th><td>\"1\"</td>")
        .contains("As a curl command", "curl -i '" + CRM)
        .doesNotContain("part-tls");
  }

  /** As attempts that were logged by versions that did not measure, and kept two headers. */
  @Test
  void anOldAttemptShowsWhatIsKnownOfIt() {
    Response answer = new Response(503, Payload.empty(), false, "text/plain", "120");
    place.transport.responding(CRM, n -> Outcome.responded(answer, Duration.ofMillis(7)));
    Delivery delivery = publish("{}");

    assertThat(admin.get(LIST + "/" + delivery.id()).body())
        .contains("<td>text/plain</td>", "Retry-After</th><td>120</td>", "HTTP 503</code>")
        .doesNotContain("class=\"split\"", "Copy response");
  }

  @Test
  void aRetryIsAnExtraAttemptAndACancelStops() {
    Delivery delivery = failed(500);
    place.transport.responding(CRM, 200);
    String page = LIST + "/" + delivery.id();
    assertThat(admin.get(page).body()).contains("Cancel this delivery");
    Person.Shown asked = admin.send("POST", page + "/retry", "csrf=" + admin.csrf);
    String follow = asked.header("Location");
    assertThat(follow).matches(page + "\\?after=att_[0-9a-z]+");
    Poll.until(() -> state() == DeliveryState.DELIVERED);
    assertThat(admin.get(follow).body())
        .contains(
            "note good\" id=\"follow-up\"", "<strong>Delivered</strong><p>Attempt 2: HTTP 200 in ")
        .doesNotContain("Cancel this");
    assertThat(admin.post(page + "/cancel", "").body()).contains("Not done", "nothing to cancel");
  }

  @Test
  void aRetryThatFailsIsNeverCalledASuccess() {
    Delivery delivery = failed(500);
    String page = LIST + "/" + delivery.id();
    assertThat(admin.get(page).body()).doesNotContain("follow-up");
    String follow = admin.send("POST", page + "/retry", "csrf=" + admin.csrf).header("Location");
    Poll.until(() -> place.deliveries().get(0).attempts() == 2);
    assertThat(admin.get(follow).body())
        .contains(
            "note bad\" id=\"follow-up\"", "Attempt 2 failed", "The receiver responded with 500 in")
        .doesNotContain("note good");
  }

  @Test
  void sendingAgainKeepsTheFirstOutcomeAndSaysWhoDidIt() {
    place.transport.responding(CRM, 200);
    Delivery delivery = publish("{}");
    Poll.until(() -> state() == DeliveryState.DELIVERED);
    String page = LIST + "/" + delivery.id();
    assertThat(admin.get(page).body()).contains("Resend…").doesNotContain("Retry now");
    place.clock.advance(Duration.ofMinutes(13));
    admin.post(page + "/retry", "");
    Poll.until(() -> place.transport.requestsTo(CRM).size() == 2);
    Poll.until(() -> state() == DeliveryState.DELIVERED);
    assertThat(admin.get(page).body())
        .containsPattern("delivered</b>[\\s\\S]*in (under )?\\d+ ms[\\s\\S]*resent[\\s\\S]*by test")
        .doesNotContain("in 13 min", "within");
    assertThat(admin.get(LIST).body())
        .containsPattern("HTTP 200 in [^,<]+, <time")
        .doesNotContain("at attempt", "13 min<");

    place.clock.advance(Duration.ofMinutes(1));
    Instant created = delivery.createdAt();
    var job =
        place
            .webhooks()
            .replays()
            .start(
                SiteId.DEFAULT,
                ReplayWindow.since(created).statuses(Set.of(DeliveryState.DELIVERED)),
                100);
    Poll.until(() -> place.transport.requestsTo(CRM).size() == 3);
    Poll.until(() -> admin.get(page).body().contains("/replays/" + job.id()));
  }

  @Test
  void bulkResendOfDeliveredEventsNeedsConfirmation() {
    place.transport.responding(CRM, 200);
    Delivery delivery = publish("{}");
    Poll.until(() -> state() == DeliveryState.DELIVERED);
    String chosen = "id=" + delivery.id();
    assertThat(admin.post(LIST + "/retry", chosen).body())
        .contains("Resend a delivered event?", "Nothing has been sent yet", CRM);
    assertThat(place.transport.requestsTo(CRM)).hasSize(1);
    assertThat(admin.post(LIST + "/retry", "confirmed=yes&" + chosen).body())
        .contains("Retrying 1 delivery");
  }

  @Test
  void theFilterTakesAPartOfAUrlAndSuggestsWhatMatches() {
    failed(503);
    place.endpoint("https://mail.example/in", "customer_created");
    assertThat(admin.get(LIST + "?endpoint=crm").body()).contains("license_created</a>");
    assertThat(admin.get(LIST + "?endpoint=mail.ex").body()).contains("No deliveries match");
    assertThat(admin.get(LIST + "?endpoint=example").body())
        .contains("to 2 endpoints with “example”", "license_created</a>", ">Retry…<");
    assertThat(admin.get("/sites/default/endpoints/suggest?q=CRM").body()).isEqualTo(CRM);
    assertThat(admin.get(LIST).body()).doesNotContain("mail.example");
  }

  @Test
  void allMatchesAreResentAfterConfirmation() {
    place.transport.responding(CRM, 200);
    Delivery delivery = publish("{}");
    Poll.until(() -> state() == DeliveryState.DELIVERED);
    place.clock.advance(Duration.ofMinutes(1));
    String filter = "?status=delivered&type=license_created";
    String all = LIST + "/all" + filter.replace("&", "&amp;");
    assertThat(admin.get(LIST + filter).body()).contains("href=\"" + all + "\">Resend all 1…<");
    assertThat(admin.get(LIST).body()).contains(">Retry…<").doesNotContain("Retry all");
    String asked = admin.get(LIST + "/all" + filter).body();
    assertThat(asked)
        .contains("<h1>Resend deliveries</h1>", "Nothing has been sent yet", all)
        .contains(
            "The receivers already have these and will get them again", ">Resend 1 delivery<");
    assertThat(admin.get(LIST + "/all?status=pending").body()).contains("Nothing to send");
    assertThat(admin.get(LIST + "/all").body())
        .as("there is nothing else to choose")
        .contains("name=\"send\" value=\"delivered\">");
    String form = "since=1970-01-01T00:00:00Z&until=" + place.clock.instant() + "&rate=100";
    assertThat(admin.post(LIST + "/all" + filter, form).body()).contains("at least one status");
    assertThat(admin.post(LIST + "/all" + filter, form + "&send=delivered").body())
        .contains("Resending", " deliveries of type license_created");
    Poll.until(() -> place.transport.requestsTo(CRM).size() == 2);
    assertThat(place.deliveries().get(0).id()).isEqualTo(delivery.id());
  }

  @Test
  void deliveredEventsAreNotPreselectedWithFailedOnes() {
    place.transport.responding(CRM, 200);
    var unused = publish("{}");
    Poll.until(() -> state() == DeliveryState.DELIVERED);
    exhausted();
    place.clock.advance(Duration.ofMinutes(1));
    for (String filter : List.of("", "?status=exhausted&status=delivered")) {
      assertThat(admin.get(LIST + "/all" + filter).body())
          .as(filter)
          .contains("id=\"send-exhausted\" checked>", "id=\"send-delivered\">");
    }
    assertThat(admin.get(LIST).body())
        .contains("HTTP 200 in ", "HTTP 503 <")
        .doesNotContain("no retries left,");
    String endpoint = "/sites/default/endpoints/" + place.deliveries().get(0).endpoint();
    assertThat(admin.get(endpoint).body()).contains("HTTP 503 <");
  }

  private void exhausted() {
    var unused =
        place.webhooks().settings().changeByName(SiteId.DEFAULT, Map.of("webHookMaxRetries", 0));
    place.transport.responding(CRM, 503);
    place.publish("license_created", "{}");
    Poll.until(() -> state() == DeliveryState.EXHAUSTED);
  }

  @Test
  void aTimelineSaysHowManyPlannedAttemptsItLeavesOut() {
    String page = admin.get(LIST + "/" + failed(503).id()).body();
    assertThat(page).contains("attempt 4</b>", "… 2 more</b>", "after 6 attempts");
  }

  @Test
  void cancelledDeliverySaysSo() {
    Delivery delivery = failed(503);
    assertThat(admin.post(LIST + "/" + delivery.id() + "/cancel", "").body())
        .contains("The delivery was cancelled.");
    assertThat(state()).isEqualTo(DeliveryState.CANCELLED);
  }

  @Test
  void manyAreRetriedTogether() {
    Delivery delivery = failed(503);
    assertThat(admin.post(LIST + "/retry", "id=" + delivery.id() + "&id=dlv_none").body())
        .contains("Retrying 1 delivery; the outcomes appear in their status. Failed: ");
    assertThat(admin.post(LIST + "/retry", "").body()).contains("Select 1 to 500");
    String filtered = "?status=delivered&type=license_created";
    assertThat(
            admin.send("POST", LIST + "/retry" + filtered, "csrf=" + admin.csrf).header("Location"))
        .as("the list that they were chosen from")
        .isEqualTo(LIST + filtered);
    assertThat(admin.get(LIST + filtered).body())
        .contains("action=\"" + LIST + "/retry?status=delivered&amp;type=license_created\"");
  }

  @Test
  void heldDeliverySaysWhyAndWhenARetryIsSent() {
    Delivery delivery = failed(500);
    String page = LIST + "/" + delivery.id();
    assertThat(admin.get(page).body()).doesNotContain("A retry goes out");
    place.pause(delivery);
    assertThat(admin.get(page).body())
        .contains("until resumed", "on hold: endpoint paused.<", ">A retry goes out once")
        .doesNotContain("On hold: endpoint paused.");
    assertThat(admin.post(page + "/retry", "").body())
        .contains("<strong>Not sent yet</strong><p>On hold: endpoint paused.</p>")
        .doesNotContain("<strong>Done</strong>");
    assertThat(admin.get(LIST + "?status=held").body()).contains(delivery.id().toString());
  }

  @Test
  void retryAtARateLimitedEndpointSaysWhenItIsSent() {
    Response busy = new Response(429, Payload.of("busy"), false, null, "300");
    place.transport.responding(CRM, n -> Outcome.responded(busy, Duration.ofMillis(7)));
    Delivery delivery = publish("{}");
    String page = LIST + "/" + delivery.id();
    String words = "until 12:05:00 UTC because of its last response";
    Poll.until(() -> admin.get(page).body().contains(">A retry goes out then.<"));
    assertThat(admin.post(page + "/retry", "").body())
        .contains("<strong>Not sent yet</strong><p>Rate limited " + words);
    assertThat(place.transport.requestsTo(CRM)).hasSize(1);
    for (String other :
        List.of("", "/endpoints/" + delivery.endpoint(), "/deliveries", "/retry-queue")) {
      assertThat(admin.get("/sites/default" + other).body()).as(other).contains(words);
    }
    assertThat(admin.get("/sites/default/endpoints").body()).contains("rate limited</span>");
    place.clock.advance(Duration.ofMinutes(5));
    Poll.until(() -> place.transport.requestsTo(CRM).size() == 2);
  }

  @Test
  void endpointDisabledByHookferryIsShownWithTheReason() {
    Delivery delivery = failed(410);
    Poll.until(() -> admin.get("/sites/default").body().contains(">HTTP 410 Gone<"));
    String words = "on hold: endpoint disabled: HTTP 410 Gone";
    Poll.until(() -> admin.get(LIST + "/" + delivery.id()).body().contains(words));
    assertThat(admin.get("/sites/default/endpoints").body())
        .contains("disabled</span>")
        .doesNotContain("paused</span></td>");
  }

  private Delivery failed(int status) {
    place.transport.responding(CRM, status);
    return publish("{}");
  }

  private Delivery publish(String data) {
    place.endpoint(CRM, "*");
    place.publish("license_created", data);
    Poll.until(() -> place.deliveries().get(0).attempts() == 1);
    return place.deliveries().get(0);
  }

  private DeliveryState state() {
    return place.deliveries().get(0).state();
  }
}
