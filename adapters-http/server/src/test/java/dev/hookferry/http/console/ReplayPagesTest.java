package dev.hookferry.http.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.access.Scope;
import dev.hookferry.contract.support.Poll;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.id.SiteId;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.replay.ReplayJob;
import dev.hookferry.replay.ReplayState;
import dev.hookferry.replay.ReplayWindow;
import dev.hookferry.testing.ScriptedTransport;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ReplayPagesTest {
  private static final String PAGE = "/sites/default/replays";
  private static final String CRM = "https://crm.example/hook";
  private static final String WINDOW = "since=2026-01-01T00%3A00&until=2026-01-02T00%3A00";
  private static final Pattern DRAFT = Pattern.compile("name=\"draft\" value=\"([^\"]+)\"");

  @RegisterExtension private final ConsoleFixture place = new ConsoleFixture();
  private final Person admin = place.admin();

  @Test
  void aReplayIsReviewedBegunAndReported() {
    delivered(3);
    assertThat(admin.get(PAGE).body()).contains("No replays yet.");
    Person.Shown review = admin.post(PAGE + "/review", WINDOW + "&rate=50&status=delivered");
    assertThat(review.body())
        .contains("count\">3</b>", "at 50 per second", CRM, "license_created", "Start replay")
        .as("the address of a reply to a form cannot be fetched")
        .doesNotContain("data-live-from");
    assertThat(admin.get(PAGE).body())
        .contains("data-live-from=\"/sites/default/live\"", ">any status</option>");
    assertThat(place.transport.requests()).hasSize(3);
    assertThat(begin(review).body())
        .contains("Replay started", "This page shows the progress.")
        .containsPattern("<h1>Resen(t|ding) deliveries</h1>");
    Poll.until(() -> jobs().get(0).state() == ReplayState.DONE);
    String page = PAGE + "/" + jobs().get(0).id();
    assertThat(admin.get(page).body())
        .contains("Report", "3 of 3 scheduled")
        .doesNotContain("Cancel this replay", "Replay started");
    Poll.until(
        () -> admin.get(page + "?started=yes").body().contains("<strong>All 3 delivered</strong>"));
    assertThat(admin.get(page + "?started=yes").body())
        .as("said once")
        .doesNotContain("<dt>Outcomes", "<dt>Scheduled", "3 of 3 scheduled", "3 delivered, 0")
        .doesNotContain("Replay started", "Open endpoint");
    Poll.until(() -> place.transport.requests().size() == 6);
    assertThat(admin.get(PAGE).body())
        .contains("3 of 3 scheduled", "</svg>delivered</span>", ">delivered deliveries</a>");
    assertThat(admin.post(page + "/pause", "").body()).contains("is done already");
  }

  @Test
  void replayToAnEndpointStartsWithItsLastHour() {
    delivered(3);
    var endpoint = place.webhooks().endpoints().all(SiteId.DEFAULT).get(0).id();
    place.clock.advance(Duration.ofMinutes(1));
    assertThat(admin.get(PAGE + "?endpoint=" + endpoint).body())
        .contains("value=\"all\" selected>any status", "value=\"1h\" selected>Last hour")
        .contains("data-counts-from=\"/sites/default/replays/count\"");
    String form = "range=1h&rate=10&endpoint=" + endpoint;
    assertThat(admin.get(PAGE + "/count?status=all&" + form).body())
        .isEqualTo("3 deliveries match.");
    assertThat(admin.get(PAGE + "/count?status=cancelled&" + form).body())
        .isEqualTo("No delivery matches.");
    assertThat(admin.get(PAGE + "/count?status=all&range=1h&rate=no").body()).isEmpty();

    Person.Shown none = admin.post(PAGE + "/review", "status=cancelled&" + form);
    assertThat(none.body())
        .as("the form, with what was chosen")
        .contains("No matching deliveries between", "value=\"cancelled\" selected", ">Preview<");
  }

  @Test
  void replayShowsItsOutcomes() {
    var unused =
        place.webhooks().settings().changeByName(SiteId.DEFAULT, Map.of("webHookMaxRetries", 0));
    place.transport.responding(CRM, n -> ScriptedTransport.status(n <= 4 || n > 6 ? 500 : 200));
    var endpoint = place.endpoint(CRM, "*");
    for (int i = 0; i < 4; i++) {
      place.publish("license_created", "{}");
    }
    Poll.until(() -> count(DeliveryState.EXHAUSTED) == 4);
    place.clock.advance(Duration.ofMinutes(1));
    String window = "since=1970-01-01T00%3A00&rate=50&endpoint=" + endpoint.id();
    begin(admin.post(PAGE + "/review", window));
    String page = PAGE + "/" + jobs().get(0).id();
    Poll.until(() -> admin.get(page).body().contains("2 delivered, 2 failed"));
    String shown = admin.get(page).body();
    assertThat(shown)
        .contains("any time until 2026-01-01 12:01", "4 of 4 scheduled", "bad-text\">2 delivered")
        .contains("HTTP 500. The receiver", "<h1>Retry of given-up deliveries to ")
        .contains("By endpoint", "&amp;status=delivered\">2<", "&amp;status=exhausted\">2<")
        .doesNotContain("1970", "good-text", "most often");
    assertThat(admin.get(page + "?started=yes").body())
        .contains("<strong>2 of 4 failed</strong><p>2 delivered, 2 failed. HTTP 500. The receiver")
        .contains("2 failed</span>", "Open endpoint</a>", "<button>Send test</button>");
    assertThat(admin.get(page + "?started=retry").body()).contains("2 of 4 failed again");
    assertThat(admin.get(PAGE).body()).contains("bad-text\">2 delivered, 2 failed<");
    Matcher list = Pattern.compile("href=\"([^\"]+)\">Show these 4 deliveries").matcher(shown);
    assertThat(list.find()).isTrue();
    place.publish("license_created", "{}");
    assertThat(admin.get(list.group(1).replace("&amp;", "&")).body())
        .as("without what was created after it")
        .contains(">4 deliveries<");
  }

  @Test
  void outcomesSayIfTheyIncludeOtherDeliveries() {
    var endpoint = place.endpoint(CRM, "*");
    place.transport.responding(CRM, n -> ScriptedTransport.status(n <= 6 ? 500 : 200));
    for (int i = 0; i < 2; i++) {
      place.publish("license_created", "{}");
    }
    Poll.until(() -> place.transport.requests().size() == 2);
    var unused =
        place.webhooks().settings().changeByName(SiteId.DEFAULT, Map.of("webHookMaxRetries", 0));
    place.publish("license_created", "{}");
    Poll.until(() -> count(DeliveryState.EXHAUSTED) == 1);
    place.clock.advance(Duration.ofSeconds(1));
    String window = "since=1970-01-01T00%3A00&rate=50&endpoint=" + endpoint.id();
    begin(admin.post(PAGE + "/review", window));
    String page = PAGE + "/" + jobs().get(0).id();
    Poll.until(() -> place.transport.requests().size() == 4);
    Poll.until(() -> jobs().get(0).progress().sent() == 1);
    Poll.until(() -> jobs().get(0).state() == ReplayState.DONE);
    Poll.until(() -> admin.get(page + "?started=retry").body().contains("The delivery failed ag"));
    assertThat(admin.get("/audit?action=replay.started").body())
        .contains("<ins>crm.example/hook</ins>")
        .doesNotContain("<ins>" + endpoint.id());
    assertThat(admin.get(page).body())
        .as("the two that wait are others")
        .contains("0 delivered, 1 failed", "By endpoint", ">2<span")
        .contains("&amp;status=pending\">2<span class=\"visually-hidden\"> deliveries: pending");

    place.clock.advance(Duration.ofMinutes(11));
    Poll.until(() -> count(DeliveryState.EXHAUSTED) == 3);
    String truth =
        "All 3 deliveries of this period are given up now (HTTP 500)."
            + " Not all of them were sent by this replay.";
    Poll.until(() -> admin.get(page).body().contains("<dt>Outcomes</dt><dd>" + truth));
    assertThat(admin.get(page + "?started=retry").body())
        .as("said once")
        .contains("<strong>Retry finished</strong><p>1 of 1 scheduled. " + truth + "</p>")
        .doesNotContain("<dt>Outcomes</dt>");
  }

  @Test
  void aNewEndpointGetsEarlierEventsOnceTheirNumberIsKnown() {
    delivered(3);
    var late = place.endpoint("https://late.example/hook", "license_created");
    place.clock.advance(Duration.ofMinutes(1));
    String page = admin.get("/sites/default/endpoints/" + late.id()).body();
    String form = PAGE + "?status=missing&amp;endpoint=" + late.id();
    assertThat(page).contains("href=\"" + form + "\">Send earlier events…");
    assertThat(admin.get(form.replace("&amp;", "&")).body())
        .contains("<h2 id=\"new\">Send earlier events</h2>", "value=\"missing\" selected")
        .contains("value=\"https://late.example/hook\"", "value=\"2025-12-25T12:01\"");

    assertThat(admin.post(PAGE + "/review", WINDOW + "&rate=50&status=missing").body())
        .contains("Endpoint is missing: choose the endpoint that never got the events");
    Person.Shown review =
        admin.post(PAGE + "/review", WINDOW + "&rate=50&status=missing&endpoint=" + late.id());
    assertThat(review.body())
        .contains(
            "count\">3</b><span>events to send", "at 50 per second", ">Send 3 events</button>")
        .doesNotContain("By status");
    assertThat(begin(review).body()).contains("events that https://late.example/hook never got");
    Poll.until(() -> place.transport.requests().size() == 6);
    String done = PAGE + "/" + jobs().get(0).id();
    Poll.until(() -> admin.get(done).body().contains("3 delivered, 0 failed"));
    assertThat(
            admin
                .post(PAGE + "/review", WINDOW + "&rate=50&status=missing&endpoint=" + late.id())
                .body())
        .contains(
            "No matching events between 2026-01-01 00:00 UTC and ",
            "the endpoint has a delivery of each")
        .contains("value=\"missing\" selected", "id=\"endpoint\"", ">Preview</button>")
        .doesNotContain("0 ms");
  }

  @Test
  void theListReadsTheOutcomesOfTheNewestOnly() {
    delivered(1);
    for (int i = 1; i <= 4; i++) {
      place.clock.advance(Duration.ofMinutes(1));
      begin(admin.post(PAGE + "/review", WINDOW + "&rate=50&status=all"));
      Poll.until(() -> jobs().get(0).state() == ReplayState.DONE);
      int sent = i + 1;
      Poll.until(() -> place.transport.requests().size() == sent);
      Poll.until(() -> count(DeliveryState.PENDING) == 0);
    }
    Poll.until(() -> admin.get(PAGE).body().split("1 delivered, 0 failed", -1).length == 4);

    assertThat(admin.get(PAGE).body().split("See outcomes", -1)).hasSize(2);
    assertThat(admin.get(PAGE).body())
        .as("the fourth claims no success")
        .contains("</svg>finished</span>")
        .doesNotContain(">done");
    assertThat(place.counted.of(() -> admin.get(PAGE))).hasSizeLessThanOrEqualTo(7);
  }

  @Test
  void aReplayThatFoundNothingSaysSo() {
    var window = ReplayWindow.since(place.clock.instant().minusSeconds(60));
    var unused = place.hookferry.webhooks().replays().start(SiteId.DEFAULT, window, 10);
    Poll.until(() -> jobs().get(0).state() == ReplayState.DONE);

    assertThat(admin.get(PAGE).body())
        .contains("</svg>nothing sent</span>")
        .doesNotContain("See outcomes");
  }

  private int count(DeliveryState state) {
    DeliveryQuery query = DeliveryQuery.ofSite(SiteId.DEFAULT).state(state);
    return place.hookferry.webhooks().deliveries().list(query).data().size();
  }

  @Test
  void whatDidNotArriveIsTheDefaultAndWhatDidIsCounted() {
    delivered(3);
    assertThat(admin.get(PAGE).body())
        .contains("value=\"given-up\" selected>given up<", "value=\"2025-12-25T12:00\"")
        .doesNotContain("value=\"exhausted\"", "value=\"poisoned\"");
    assertThat(admin.post(PAGE + "/review", WINDOW + "&rate=50").body())
        .contains("No matching deliveries between ");
    assertThat(admin.post(PAGE + "/review", WINDOW + "&rate=50&status=all").body())
        .contains("Choose by status", "delivered</span>", "will get them again")
        .containsPattern("form=\"begin\"[^>]* id=\"send-delivered\" checked");
  }

  @Test
  void replayWarnsAndSendsTickedStatuses() {
    var unused =
        place.webhooks().settings().changeByName(SiteId.DEFAULT, Map.of("webHookMaxRetries", 0));
    place.transport.responding(CRM, n -> ScriptedTransport.status(n == 1 ? 200 : 500));
    place.endpoint(CRM, "*");
    for (int i = 0; i < 4; i++) {
      place.publish("license_created", "{}");
    }
    Poll.until(() -> count(DeliveryState.EXHAUSTED) == 3);
    place.clock.advance(Duration.ofMinutes(1));

    Person.Shown review = admin.post(PAGE + "/review", WINDOW + "&rate=50&status=all");
    assertThat(review.body())
        .contains("the last 3 attempts failed, so these will probably fail as well")
        .containsPattern("id=\"send-exhausted\" checked")
        .as("what was asked for, with a warning")
        .containsPattern("id=\"send-delivered\" checked")
        .contains("will get them again", "<b data-ticked=\"count\">4</b>")
        .contains("data-parts=\"delivered:1 exhausted:3\">4</span>")
        .contains("<button class=\"first\" form=\"begin\" data-counted=\"Start replay of {}\">");
    Matcher draft = DRAFT.matcher(review.body());
    assertThat(draft.find()).isTrue();
    assertThat(admin.post(PAGE, "draft=" + draft.group(1) + "&choice=yes&" + WINDOW).body())
        .contains("Select at least one status.");
    place.transport.responding(CRM, 200);
    admin.post(PAGE, "draft=" + draft.group(1) + "&choice=yes&send=exhausted");
    Poll.until(() -> count(DeliveryState.DELIVERED) == 4);
    Poll.until(() -> jobs().get(0).state() == ReplayState.DONE);
    assertThat(jobs().get(0).progress().sent()).as("not the delivered one").isEqualTo(3);
  }

  @Test
  void aRetryOfAllIsLimitedToAPeriod() {
    delivered(1);
    var endpoint = place.webhooks().endpoints().all(SiteId.DEFAULT).get(0).id();
    String all = "/sites/default/deliveries/all?status=delivered&endpoint=" + endpoint;
    assertThat(admin.get(all).body())
        .contains("<label for=\"since\">Created since (UTC)", ">Count again</button>")
        .contains("<input type=\"hidden\" name=\"endpoint\" value=\"" + endpoint + "\">")
        .contains("<input type=\"hidden\" name=\"range\" value=\"custom\">");
    place.clock.advance(Duration.ofHours(1));
    assertThat(admin.get(all).body())
        .contains("id=\"period\"><summary>Change the period</summary>", ">Resend 1 delivery<");
    assertThat(admin.get(all + "&range=custom&since=2026-01-01T12:30&until=").body())
        .contains("value=\"2026-01-01T12:30\"", "Nothing to send")
        .contains("id=\"period\" open>");
    String place = "&cursor=x&newest=4&type=license_created&pattern=license_*";
    assertThat(admin.get(all + "&range=24h&since=2025-01-01T00:00" + place).body())
        .contains("type=\"datetime-local\" data-utc value=\"2025-12-31T13:00\">")
        .contains("<input type=\"hidden\" name=\"type\" value=\"license_*\">")
        .doesNotContain("name=\"cursor\"", "name=\"newest\"", "name=\"pattern\"")
        .doesNotContain("name=\"type\" value=\"license_created\"", "value=\"2025-01-01T00:00\"");
  }

  @Test
  void operationalEventsAreAGroupOfTheirOwn() {
    assertThat(admin.get(PAGE).body())
        .containsSubsequence("license_created</option>", "<optgroup label=\"Operational events\">")
        .containsSubsequence("<optgroup", "backlog_late</option>", "</optgroup>");
  }

  @Test
  void aReplayIsLimitedToOneEndpointInItsReview() {
    delivered(2);
    var erp = place.endpoint("https://erp.example/hook", "*");
    place.publish("license_created", "{}");
    Poll.until(() -> count(DeliveryState.DELIVERED) == 4);
    place.clock.advance(Duration.ofMinutes(1));
    String form = WINDOW + "&rate=50&status=delivered";
    String both = admin.post(PAGE + "/review", form).body();
    assertThat(both)
        .contains(
            "count\">4</b>", "<button name=\"endpoint\" value=\"" + erp.id() + "\">Only this");
    assertThat(admin.post(PAGE + "/review", form + "&endpoint=" + erp.id()).body())
        .contains("count\">1</b>", "https://erp.example/hook")
        .doesNotContain("Only this", CRM);
  }

  @Test
  void aReplayToAPausedEndpointWaitsForIt() {
    delivered(1);
    place.pause(place.webhooks().endpoints().all(SiteId.DEFAULT).get(0).id());
    assertThat(admin.post(PAGE + "/review", WINDOW + "&rate=50&status=delivered").body())
        .contains(CRM + " is paused: its deliveries wait until it is resumed.")
        .doesNotContain("will probably fail");
  }

  @Test
  void aReplayIsPausedResumedAndCancelled() {
    delivered(3);
    // The clock stands still, so that one goes out and the others wait.
    begin(admin.post(PAGE + "/review", WINDOW + "&rate=1&status=all"));
    Poll.until(() -> jobs().get(0).progress().sent() == 1);
    String page = PAGE + "/" + jobs().get(0).id();
    assertThat(admin.get(page).body()).contains("1 of 3 scheduled", "about 2 s left");
    assertThat(admin.post(page + "/pause", "").body())
        .contains("The replay was paused.", "<button class=\"first\">Resume</button>");
    assertThat(admin.post(page + "/resume", "").body())
        .contains("The replay was resumed.", "Pause");
    assertThat(admin.post(page + "/cancel", "").body()).contains("The replay was cancelled.");
    assertThat(jobs().get(0).state()).isEqualTo(ReplayState.CANCELLED);
  }

  @Test
  void invalidInputIsNamedAndAReviewIsUsedOnce() {
    Person.Shown wrong = admin.post(PAGE + "/review", "since=&rate=5000&status=held");
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(wrong.body())
        .contains("Since is missing", "Deliveries per second must be from 1 to 1000", "Status");
    Person.Shown empty = admin.post(PAGE + "/review", WINDOW + "&rate=1");
    assertThat(empty.body())
        .contains("No matching deliveries between ")
        .doesNotContain("Start replay");
    assertThat(admin.post(PAGE, "draft=99").body()).contains("This review has expired");
  }

  @Test
  void whoMayOnlyReadSeesAndChangesNothing() {
    delivered(1);
    begin(admin.post(PAGE + "/review", WINDOW + "&rate=1&status=all"));
    Person reader = place.person(null, Scope.READ);
    String page = PAGE + "/" + jobs().get(0).id();
    assertThat(reader.get(page).body())
        .contains("Replay of all deliveries that ended")
        .doesNotContain(">Pause</button>");
    assertThat(reader.get(PAGE).body()).doesNotContain("New replay");
    assertThat(reader.post(page + "/cancel", "").status()).isEqualTo(403);
    assertThat(reader.post(PAGE + "/review", WINDOW + "&rate=1").status()).isEqualTo(403);
    assertThat(reader.get(PAGE + "/rpl_none").status()).isEqualTo(404);
  }

  private Person.Shown begin(Person.Shown review) {
    Matcher draft = DRAFT.matcher(review.body());
    assertThat(draft.find()).isTrue();
    return admin.post(PAGE, "draft=" + draft.group(1));
  }

  private List<ReplayJob> jobs() {
    return place.hookferry.webhooks().replays().list(SiteId.DEFAULT);
  }

  private void delivered(int count) {
    place.endpoint(CRM, "*");
    for (int i = 0; i < count; i++) {
      place.publish("license_created", "{}");
    }
    DeliveryQuery delivered = DeliveryQuery.ofSite(SiteId.DEFAULT).state(DeliveryState.DELIVERED);
    Poll.until(
        () -> place.hookferry.webhooks().deliveries().list(delivered).data().size() == count);
  }
}
