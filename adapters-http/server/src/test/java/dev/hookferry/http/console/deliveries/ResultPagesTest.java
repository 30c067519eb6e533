package dev.hookferry.http.console.deliveries;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Poll;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.Response;
import dev.hookferry.delivery.ResponseHeaders;
import dev.hookferry.delivery.Timing;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.event.Payload;
import dev.hookferry.http.console.ConsoleFixture;
import dev.hookferry.http.console.Person;
import dev.hookferry.id.SiteId;
import dev.hookferry.replay.ReplayWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Pages say how something ended, in words that fit. */
class ResultPagesTest {
  private static final String SITE = "/sites/default";
  private static final String CRM = "https://crm.example/hook";

  @RegisterExtension private final ConsoleFixture place = new ConsoleFixture();
  private final Person admin = place.admin();
  private final Endpoint endpoint = place.endpoint(CRM, "*");
  private final String page = SITE + "/endpoints/" + endpoint.id();

  @Test
  void aFailedTestIsNotCalledGivenUp() {
    place.transport.responding(CRM, 500);
    admin.post(page + "/test", "type=test");
    Poll.until(() -> place.deliveries().get(0).state() == DeliveryState.EXHAUSTED);

    String delivery = SITE + "/deliveries/" + place.deliveries().get(0).id();
    for (String shown : new String[] {page, SITE + "/deliveries", delivery}) {
      assertThat(admin.get(shown).body())
          .as(shown)
          .contains("test failed")
          .doesNotContain("no retries left,", "</svg>given up</span>");
    }
    assertThat(admin.get(delivery).body())
        .contains("tests are not retried", "\"" + page + "\">Send another test</a>")
        .doesNotContain("Retry now");
    assertThat(admin.get(page).body()).contains("<b>0</b><span>Failures in a row");
  }

  @Test
  void bulkRetryExcludesTests() {
    var unused =
        place.webhooks().settings().changeByName(SiteId.DEFAULT, Map.of("webHookMaxRetries", 0));
    place.transport.responding(CRM, 500);
    String list = SITE + "/deliveries?status=exhausted";
    admin.post(page + "/test", "type=test");
    Poll.until(() -> admin.get(list + "&tests=yes").body().contains(">1 delivery<"));
    assertThat(admin.get(list + "&tests=yes").body())
        .contains("test failed")
        .doesNotContain("Retry all", ">Retry…");
    assertThat(admin.get(list).body())
        .as("a test has no retries, so it is not given up")
        .contains("No deliveries match these filters.");

    place.publish("license_created", "{}");
    Poll.until(() -> admin.get(list).body().contains(">1 delivery<"));
    assertThat(admin.get(list).body()).contains(">Retry all 1…</a>");
  }

  @Test
  void theReceiversMessageIsQuoted() {
    Response said =
        new Response(401, Payload.of("bad <signature>\nmore"), false, "text/plain", null);
    place.transport.responding(CRM, n -> Outcome.responded(said, timing()));
    place.publish("license_created", "{}");
    Poll.until(() -> admin.get(SITE + "/problems").body().contains("<b>HTTP 401</b>"));

    String quote = "“bad &lt;signature&gt;”";
    String delivery = admin.get(SITE + "/deliveries/" + place.deliveries().get(0).id()).body();
    assertThat(delivery).contains("Attempt 1 of 6 failed (HTTP 401); next attempt: ", quote);
    assertThat(delivery.split("The receiver did not accept the signature", -1))
        .as("once")
        .hasSize(2);
    assertThat(delivery.split(quote, -1)).as("once, at the top").hasSize(2);
    assertThat(admin.get(SITE + "/problems").body())
        .contains(quote, "The receiver did not accept the signature.");
    Poll.until(() -> admin.get(page).body().contains("<p>Last error: "));
    assertThat(admin.get(page).body()).containsPattern("<p>Last error: .*: " + quote);
  }

  /** The page of a delivery quotes the newest attempt at the top, another one beside its advice. */
  @Test
  void everyFailedAttemptQuotesTheReceiver() {
    ResponseHeaders challenge = new ResponseHeaders("www-authenticate: Bearer realm=<crm>");
    Response first = new Response(401, Payload.of(""), false, null, null, challenge);
    place.transport.responding(CRM, n -> Outcome.responded(first, timing()));
    String quote =
        "<p class=\"quote mono\" dir=\"auto\">“WWW-Authenticate: Bearer realm=&lt;crm&gt;”";
    assertThat(admin.post(page + "/test", "type=test").body())
        .containsSubsequence("wants valid credentials", quote);

    place.publish("license_created", "{}");
    Poll.until(() -> place.deliveries().get(0).attempts() == 1);
    Response second = new Response(401, Payload.of("still no"), false, "text/plain", null);
    place.transport.responding(CRM, n -> Outcome.responded(second, timing()));
    String delivery = SITE + "/deliveries/" + place.deliveries().get(0).id();
    String one = attempt(admin.get(delivery).body());
    admin.post(delivery + "/retry", "");
    Poll.until(() -> place.deliveries().get(0).attempts() == 2);

    assertThat(admin.get(delivery).body())
        .contains("“still no”", "rejected the request as unauthorized")
        .doesNotContain(quote);
    assertThat(admin.get(delivery + "?attempt=" + one).body())
        .containsSubsequence("“still no”", "wants valid credentials", quote);
  }

  /** It once read "in 12 s", as if it were still to be sent. */
  @Test
  void deliveredDeliveryShowsItsStatusAndDuration() {
    place.endpoint("https://ok.example/hook", "license_created");
    place.transport.responding("https://ok.example/hook", 202);
    place.publish("license_created", "{}");
    dev.hookferry.contract.support.Poll.until(
        () ->
            place
                .admin()
                .get("/sites/default/deliveries")
                .body()
                .contains("<span>HTTP 202 in 1 ms"));
  }

  /** It once read "HTTP 202 after 17 s", as if the receiver had taken them. */
  @Test
  void aWaitBeforeTheAttemptIsNotTheReceivers() {
    place.transport.responding(CRM, 202);
    place.pause(endpoint.id());
    place.publish("license_created", "{}");
    place.clock.advance(Duration.ofSeconds(17));
    admin.post(page + "/resume", "");
    String list = SITE + "/deliveries";
    Poll.until(() -> admin.get(list).body().contains("sent after 17 s"));
    assertThat(admin.get(list).body()).contains("HTTP 202 in 1 ms, sent after 17 s");
  }

  @Test
  void aFailedAttemptIsNamedByItsStatus() {
    place.transport.responding(CRM, 500);
    place.publish("license_created", "{}");
    Poll.until(() -> place.deliveries().get(0).attempts() == 1);
    String delivery = SITE + "/deliveries/" + place.deliveries().get(0).id();
    for (String shown : new String[] {SITE, delivery}) {
      assertThat(admin.get(shown).body())
          .as(shown)
          .contains("</svg>HTTP 500</span>")
          .doesNotContain("HTTP error");
    }
    assertThat(admin.get(delivery).body())
        .as("a line each")
        .contains("<span class=\"soft\">HTTP 500</span><span class=\"soft nowrap\">took ");
  }

  @Test
  void onlyAVisibleUrlCanBeCopied() {
    place.pause(endpoint.id());
    place.publish("license_created", "{}");
    for (String list : new String[] {SITE + "/deliveries", SITE + "/retry-queue?state=held"}) {
      assertThat(admin.get(list).body()).as(list).contains("aria-label=\"Copy URL\"");
    }
    var unused =
        place
            .webhooks()
            .endpoints()
            .change(SiteId.DEFAULT, endpoint.id(), EndpointSpec.change().description("The CRM"));
    for (String list : new String[] {SITE + "/deliveries", SITE + "/retry-queue?state=held"}) {
      assertThat(admin.get(list).body())
          .as(list)
          .contains("The CRM")
          .doesNotContain("aria-label=\"Copy URL\"");
    }
  }

  @Test
  void whereNothingWaitsNoRetryIsOffered() {
    assertThat(admin.get(SITE + "/endpoints").body())
        .contains(">Pause</button>")
        .doesNotContainPattern(">Retry [0-9]");
  }

  @Test
  void aTimelineSaysHowMuchLaterEachStepWas() {
    place.transport.responding(CRM, 500);
    place.publish("license_created", "{}");
    Poll.until(() -> place.deliveries().get(0).attempts() == 1);
    place.clock.advance(Duration.ofMinutes(5));
    Poll.until(() -> place.deliveries().get(0).attempts() == 2);

    assertThat(admin.get(SITE + "/deliveries/" + place.deliveries().get(0).id()).body())
        .containsPattern("attempt 2</b><span class=\"soft\"><span title=\"[^\"]+\">\\+5 min<");
  }

  @Test
  void anEndpointThatDoesNotSendIsResumedInsteadOfRetried() {
    place.pause(endpoint.id());
    place.publish("license_created", "{}");
    assertThat(admin.get(page).body())
        .contains(">Resume and send 1</button>")
        .doesNotContain("Retry deliveries");
    assertThat(admin.get(SITE + "/endpoints").body()).doesNotContain("Retry deliveries");

    Endpoint gone = place.endpoint("https://gone.example/hook", "license_deleted");
    place.transport.responding("https://gone.example/hook", 410);
    place.publish("license_deleted", "{}");
    Poll.until(() -> !place.webhooks().endpoints().get(SiteId.DEFAULT, gone.id()).enabled());
    Poll.until(() -> admin.get(SITE + "/problems").body().contains("Resume…"));
    assertThat(admin.get(SITE + "/problems").body())
        .contains(SITE + "/endpoints/" + gone.id() + "/edit")
        .doesNotContain("Retry deliveries");
  }

  @Test
  void theAuditLogSaysWhatAChangeMeant() {
    admin.post(page + "/pause", "");
    admin.post(page + "/resume", "perSecond=10");
    place.publish("license_created", "{}");
    Poll.until(() -> place.deliveries().get(0).state() == DeliveryState.DELIVERED);
    place.clock.advance(Duration.ofSeconds(1));
    ReplayWindow all =
        ReplayWindow.since(Instant.EPOCH).until(place.clock.instant()).statuses(ReplayWindow.ENDED);
    var unused = place.webhooks().replays().start(SiteId.DEFAULT, all, 7);

    assertThat(admin.get("/audit").body())
        .contains("<b>Endpoint changed</b>: paused", "</b>: resumed at 10/s")
        .contains("Deliveries</span> <ins>1</ins>", "Per second</span> <ins>7</ins>");
  }

  /** Returns the id of the only attempt on the page of a delivery. */
  private static String attempt(String body) {
    Matcher id = Pattern.compile("\\?attempt=(att_[0-9a-z]+)").matcher(body);
    assertThat(id.find()).isTrue();
    return id.group(1);
  }

  private static Timing timing() {
    return new Timing(Duration.ZERO, null, null, null, Duration.ofMillis(2), Duration.ZERO);
  }
}
