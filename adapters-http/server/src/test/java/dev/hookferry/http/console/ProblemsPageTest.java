package dev.hookferry.http.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.access.Scope;
import dev.hookferry.audit.AuditAction;
import dev.hookferry.contract.support.Poll;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.query.AuditQuery;
import dev.hookferry.replay.ReplayJob;
import dev.hookferry.replay.ReplayWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Failures by endpoint and cause, and what people note about them. */
class ProblemsPageTest {
  private static final String SITE = "/sites/default";
  private static final String SAP = "https://sap.example/hook";

  @RegisterExtension private final ConsoleFixture place = new ConsoleFixture();
  private final Person manager = place.person(SiteId.DEFAULT, Scope.MANAGE);
  private EndpointId sap;

  @BeforeEach
  void fail() {
    place.transport.responding(SAP, 401);
    sap =
        place
            .webhooks()
            .endpoints()
            .create(SiteId.DEFAULT, EndpointSpec.to(SAP).types("license_*").description("SAP"))
            .endpoint()
            .id();
    place.publish("license_created", "{}");
    place.publish("license_created", "{}");
    Poll.until(() -> problems().contains("2 failures"));
  }

  private String problems() {
    return manager.get(SITE + "/problems").body();
  }

  @Test
  void failuresAreGroupedByEndpointAndCause() {
    assertThat(problems())
        .contains("dir=\"auto\">SAP</a>", SAP, "<b>HTTP 401</b>")
        .contains("/deliveries?code=401&amp;endpoint=" + sap + "\">Deliveries<")
        .contains("<b>HTTP 401</b> since 12:00 UTC · 2 failures · 2 waiting</p>")
        .contains("endpoint_failing", "name=\"hours\" value=\"24\">Mute for 1 day<");
    assertThat(manager.get(SITE).body())
        .contains(
            "<b>The last attempts to 1 of 1 endpoint failed</b>",
            "SAP</a>: HTTP 401 since 12:00 UTC · 2 failures · 2 waiting</li>",
            "href=\"/sites/default/problems\">View problems</a>");
  }

  @Test
  void theListOfSitesCountsEndpointsAsTheHeadlineDoes() {
    Person admin = place.admin();
    assertThat(admin.get("/sites").body()).contains("1 of 1 with failures</span>");
    assertThat(admin.get("/sites/default/switch").body()).contains("1 of 1 with failures</span>");

    admin.post(SITE + "/problems/" + sap + "/mute", "hours=1");
    assertThat(admin.get("/sites").body()).contains("working</span>").doesNotContain("failures<");
  }

  @Test
  void endpointsThatDoNotWorkComeFirst() {
    assertThat(problems()).contains("Being retried after recent failures</h2>");
    Endpoint crm = place.endpoint("https://crm.example/hook", "customer_created");
    place.transport.responding("https://crm.example/hook", 500);
    for (int i = 0; i < 10; i++) {
      place.publish("customer_created", "{}");
    }
    Poll.until(() -> manager.get(SITE + "/counts").body().contains("\"/problems\":\"1\""));
    assertThat(problems())
        .containsSubsequence(
            "https://crm.example/hook",
            "Being retried after recent failures</h2>",
            "dir=\"auto\">SAP</a>");
    assertThat(place.admin().get("/sites").body()).contains("1 of 2 not working</span>");
    assertThat(manager.get(SITE + "/endpoints/" + crm.id()).body())
        .contains(
            "/deliveries/all?status=pending&amp;status=blocked&amp;endpoint="
                + crm.id()
                + "\">Retry 10 waiting deliveries…</a>");
  }

  @Test
  void theHeadlineCountsTheEndpointsThatItsListNames() {
    place.endpoint("https://crm.example/hook", "customer_created");
    place.transport.responding("https://crm.example/hook", 500);
    for (int i = 0; i < 10; i++) {
      place.publish("customer_created", "{}");
    }
    Poll.until(() -> manager.get(SITE).body().contains("1 of 2 endpoints is not working"));
    Poll.until(() -> manager.get(SITE).body().contains("https://crm.example/hook</a>: HTTP 500"));
    assertThat(manager.get(SITE).body())
        .as("two failures of another one may be over soon")
        .doesNotContain("other endpoint");
    place.clock.advance(Duration.ofMinutes(1));
    assertThat(manager.get(SITE).body())
        .containsSubsequence(
            "aria-label=\"Not working\"",
            "https://crm.example/hook</a>: HTTP 500",
            "</ul>",
            "One other endpoint failed its last attempt:",
            "SAP</a>: HTTP 401");

    assertThat(manager.get(SITE).body()).doesNotContain("acknowledged or muted");
    assertThat(manager.get(SITE + "/counts").body())
        .as("the number of the headline")
        .contains("\"/problems\":\"1\"");
    EndpointId id =
        place.webhooks().endpoints().all(SiteId.DEFAULT).stream()
            .filter(one -> one.description().isEmpty())
            .findFirst()
            .orElseThrow()
            .id();
    manager.post(SITE + "/problems/" + id + "/mute", "hours=1");
    assertThat(manager.get(SITE).body())
        .contains("1 of 2 endpoints is not working", ">1 acknowledged or muted</a>");
    assertThat(manager.get(SITE + "/counts").body())
        .as("nobody has to look")
        .contains("\"/problems\":\"\"");
  }

  @Test
  void theEndpointPageShowsSinceWhenItFailsAndRetriesGivenUpDeliveries() {
    String page = SITE + "/endpoints/" + sap;
    assertThat(manager.get(page).body()).doesNotContain("Failing since");
    var unused =
        place.webhooks().settings().changeByName(SiteId.DEFAULT, Map.of("webHookMaxRetries", 0));
    for (int i = 0; i < 10; i++) {
      place.publish("license_created", "{}");
    }
    String retry = "Retry 10 given-up deliveries…";
    Poll.until(() -> manager.get(page).body().contains(retry));
    String all =
        "/deliveries/all?status=exhausted&amp;status=poisoned&amp;tests=no&amp;endpoint=" + sap;
    assertThat(manager.get(page).body())
        .containsPattern(
            "Failing since 2026-01-01 12:00 UTC \\(<time[^>]*>[^<]*</time>\\): HTTP 401</strong>")
        .contains("href=\"" + SITE + all + "\">" + retry)
        .containsSubsequence("id=\"trouble\"", "The receiver rejected the", "id=\"health\"");
    place.clock.advance(Duration.ofSeconds(1));
    assertThat(manager.get(SITE + all.replace("&amp;", "&")).body())
        .contains(
            "Nothing has been sent yet", "<b>10 deliveries</b>", ">Retry 10 deliveries</button>")
        .as("there is nothing to choose")
        .doesNotContain("Choose by status");
    assertThat(place.person(SiteId.DEFAULT, Scope.READ).get(page).body())
        .contains("Failing since")
        .doesNotContain(retry);

    ReplayWindow window = ReplayWindow.since(Instant.EPOCH).endpoint(sap);
    ReplayJob job = place.webhooks().replays().start(SiteId.DEFAULT, window, 1);
    String link = "href=\"" + SITE + "/replays/" + job.id() + "\">Retrying 10 deliveries: ";
    for (String shown : new String[] {page, SITE + "/problems"}) {
      assertThat(manager.get(shown).body()).as(shown).contains(link).doesNotContain(retry);
    }
  }

  @Test
  void anEndpointWithSeveralCausesHasOneCard() {
    failOtherwise();

    String page = problems();
    assertThat(page.split("class=\"card flush problem\"", -1)).hasSize(2);
    assertThat(page.split(">Mute for 1 day<", -1)).hasSize(2);
    assertThat(page.split("Acknowledge<", -1)).hasSize(2);
    assertThat(page)
        .contains("/deliveries?code=401&amp;endpoint=" + sap + "\">Deliveries<")
        .contains("<b>HTTP 401</b> since 12:00 UTC · 2 failures</p>")
        .contains("<b>HTTP 500</b> since 12:00 UTC · 1 failure</p>", "<p>3 waiting</p>");
    assertThat(manager.get(SITE).body())
        .contains(
            "HTTP 401 since 12:00 UTC · 2 failures · 3 waiting"
                + " <span class=\"soft small\">Also: HTTP 500, once, at 12:00 UTC</span></li>");
  }

  @Test
  void allCausesOfAnEndpointAreAcknowledgedAtOnce() {
    failOtherwise();

    String form = "cause=401&cause=500";
    String page = manager.post(SITE + "/problems/" + sap + "/acknowledge", form).body();

    assertThat(page)
        .contains("You have acknowledged these problems.", "No unacknowledged failures")
        .doesNotContain("Acknowledge<");
    assertThat(page.split("Acknowledged by test", -1)).hasSize(3);
  }

  private void failOtherwise() {
    place.transport.responding(SAP, 500);
    place.publish("license_created", "{}");
    Poll.until(() -> problems().contains("HTTP 500"));
  }

  @Test
  void whatFailedIsRetriedFromHere() {
    place.clock.advance(Duration.ofSeconds(1));
    String states = "status=exhausted&status=poisoned&status=pending&status=blocked";
    String all = SITE + "/deliveries/all?" + states + "&endpoint=" + sap;
    String link = "href=\"" + all.replace("&", "&amp;") + "\">Retry deliveries…";
    assertThat(problems()).contains(link);
    assertThat(manager.get(SITE + "/endpoints/" + sap + "?span=7d").body())
        .as("the range of the page")
        .contains(link.replace("&amp;endpoint", "&amp;range=7d&amp;endpoint"));
    assertThat(manager.get(all + "&range=7d").body())
        .contains("<span>created in the last 7 days</span>");
    assertThat(manager.get(SITE + "/endpoints").body())
        .contains("status=pending&amp;status=blocked&amp;endpoint=" + sap)
        .contains(">Retry 2 waiting deliveries…</a>");
    assertThat(manager.get(all).body())
        .contains("<h1>Retry 2 pending deliveries</h1>", ">Retry 2 deliveries</button>")
        .as("a status is a tick, and no chip")
        .contains("name=\"send\" value=\"pending\">", "to SAP<")
        .doesNotContain("Remove the filter pending", "again</h1>")
        .as("nothing was given up")
        .doesNotContain("name=\"send\" value=\"exhausted\"");
    Person reader = place.person(SiteId.DEFAULT, Scope.READ);
    assertThat(reader.get(SITE + "/problems").body()).doesNotContain("Retry deliveries…");
  }

  @Test
  void allUndeliveredDeliveriesCanBeReviewed() {
    String states = "status=pending&status=held&status=blocked&status=exhausted&status=poisoned";
    String review = (SITE + "/deliveries?" + states + "&endpoint=" + sap).replace("&", "&amp;");
    assertThat(problems())
        .as("those that failed, not those that wait behind them")
        .contains("/deliveries?code=401&amp;endpoint=" + sap + "\">Deliveries<")
        .doesNotContain(review);
    place.pause(sap);
    assertThat(manager.get(review.replace("&amp;", "&")).body()).contains("2 deliveries");
    assertThat(manager.get(SITE).body())
        .contains("<b>2 deliveries are on hold: 1 endpoint is paused</b>")
        .doesNotContain("The last attempts to", "Failed attempts");
  }

  @Test
  void aSuccessEndsTheProblem() {
    place.transport.responding(SAP, 204);
    place.publish("license_created", "{}");
    Poll.until(() -> problems().contains("Nothing is failing."));
    assertThat(manager.get(SITE).body()).doesNotContain("All problems");
  }

  @Test
  void aDisabledEndpointComesFirstAndTheOverviewCountsTheOthers() {
    String gone = "https://gone.example/hook";
    place.transport.responding(gone, 410);
    place.endpoint(gone, "license_deleted");
    place.publish("license_deleted", "{}");
    for (String name : new String[] {"a", "b", "c", "d"}) {
      place.transport.responding("https://" + name + ".example/", 500);
      place.endpoint("https://" + name + ".example/", "license_created");
    }
    place.publish("license_created", "{}");
    Poll.until(
        () ->
            problems().contains("https://a.example/</a>")
                && problems().contains("https://b.example/</a>")
                && problems().contains("https://c.example/</a>")
                && problems().contains(gone + "</a>"));

    assertThat(problems()).containsSubsequence(gone + "</a>", ">SAP</a>", "example/</a>");
    place.clock.advance(Duration.ofMinutes(1));
    assertThat(manager.get(SITE).body())
        .containsSubsequence(
            gone + "</a>: disabled, HTTP 410 Gone since",
            "The last attempts to 5 other endpoints failed:",
            ">SAP</a>:",
            "<li>and <a href=\"" + SITE)
        .contains("/problems\">2 more</a></li>")
        .doesNotContain("All problems");
  }

  @Test
  void givenUpDeliveriesAppearInTheRowOfTheirEndpoint() {
    String section = "Given up, from the last 24 hours</h2>";
    assertThat(problems())
        .contains("The receiver rejected the request as unauthorized.")
        .doesNotContain("given up");
    var unused =
        place.webhooks().settings().changeByName(SiteId.DEFAULT, Map.of("webHookMaxRetries", 0));
    place.publish("license_created", "{}");
    Poll.until(() -> problems().contains(" · 1 given up from the last 24 hours"));
    assertThat(problems())
        .contains(">Retry 1 given-up delivery from the last 24 hours…<")
        .doesNotContain(section);
    assertThat(manager.get(SITE + "/endpoints").body())
        .contains(
            "&amp;range=24h&amp;tests=no&amp;endpoint=" + sap + "\">Retry 1 given-up delivery ");

    place.transport.responding(SAP, 204);
    place.publish("license_created", "{}");
    Poll.until(() -> problems().contains("Nothing is failing."));
    assertThat(problems())
        .contains(section, "SAP</a>", SAP, "<p>1 delivery given up from the last 24 hours.</p>")
        .contains(">Retry 1 given-up delivery from the last 24 hours…<");
  }

  @Test
  void acknowledgementHoldsUntilTheProblemChanges() {
    String page = manager.post(SITE + "/problems/" + sap + "/acknowledge", "cause=401").body();

    assertThat(page).contains("No unacknowledged failures", "Acknowledged by test");
    assertThat(manager.get(SITE).body()).doesNotContain("All problems");
    place.transport.responding(SAP, 500);
    place.publish("license_created", "{}");
    Poll.until(() -> problems().contains("1 failure"));
    assertThat(manager.get(SITE).body()).contains("SAP</a>: HTTP 500 since 12:00 UTC · ");
  }

  @Test
  void anEndpointIsMutedForATime() {
    String muted = manager.post(SITE + "/problems/" + sap + "/mute", "hours=1").body();
    assertThat(muted).contains("Muted by test", "Unmute", "No unacknowledged failures");

    String shown = manager.post(SITE + "/problems/" + sap + "/mute", "hours=0").body();
    assertThat(shown).doesNotContain("Muted by").contains("2 failures");

    assertThat(manager.post(SITE + "/problems/" + sap + "/mute", "hours=1").body())
        .contains("Muted by test");
    place.clock.advance(Duration.ofMinutes(59));
    assertThat(problems()).contains("Muted by test");
    place.clock.advance(Duration.ofMinutes(1));
    assertThat(problems()).doesNotContain("Muted by");
  }

  @Test
  void badInputChangesNothing() {
    for (String form : new String[] {"hours=-1", "hours=x", "hours=2161", ""}) {
      assertThat(manager.post(SITE + "/problems/" + sap + "/mute", form).body())
          .contains("The time must be from 1 hour to 90 days.");
    }
    assertThat(manager.post(SITE + "/problems/" + sap + "/acknowledge", "cause=%3Cb%3E").body())
        .contains("must be a status code or an outcome");
    String other = sap.toString().replaceAll(".$", sap.toString().endsWith("0") ? "1" : "0");
    assertThat(manager.send("POST", SITE + "/problems/" + other + "/mute", csrf()).status())
        .isEqualTo(404);
    Person reader = place.person(SiteId.DEFAULT, Scope.READ);
    assertThat(reader.get(SITE + "/problems").body()).doesNotContain("/mute");
    AuditQuery notes =
        AuditQuery.ALL.actions(Set.of(AuditAction.PROBLEM_ACKNOWLEDGED, AuditAction.PROBLEM_MUTED));
    assertThat(place.webhooks().audit().list(notes).data()).isEmpty();
  }

  private String csrf() {
    return "csrf=" + manager.csrf + "&hours=1";
  }
}
