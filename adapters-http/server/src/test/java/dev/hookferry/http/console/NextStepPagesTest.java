package dev.hookferry.http.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Poll;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.Response;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.event.NewEvent;
import dev.hookferry.event.Payload;
import dev.hookferry.id.SiteId;
import dev.hookferry.query.DeliveryQuery;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests that pages tell what comes next, and warn before it fails. */
class NextStepPagesTest {
  private static final String ENDPOINTS = "/sites/default/endpoints";
  private static final String CRM = "https://crm.example/hook";
  private static final String ERP = "https://erp.example/hook";

  @RegisterExtension private final ConsoleFixture place = new ConsoleFixture();
  private final Person admin = place.admin();

  @Test
  void aBacklogIsReleasedAtARate() {
    Endpoint endpoint = place.endpoint(CRM, "*");
    place.pause(endpoint.id());
    publish(100);
    String page = ENDPOINTS + "/" + endpoint.id();
    assertThat(admin.get(page).body())
        .contains(">Resume and send 100</button>")
        .doesNotContain("perSecond");
    publish(5);
    assertThat(admin.get(page).body())
        .contains("105 deliveries are waiting.", "name=\"perSecond\" value=\"10\"")
        .contains("At 10 per second it takes about 11 s", "no rate limit");
    assertThat(admin.get(ENDPOINTS).body())
        .contains("href=\"" + page + "#resume-form\">Resume…</a>")
        .doesNotContain(page + "/resume\"");

    assertThat(admin.post(page + "/resume", "perSecond=none").body())
        .contains("Not done", "must be a whole number, or empty");
    assertThat(admin.post(page + "/resume", "perSecond=0").body()).contains("must be from 1 to");
    admin.post(page + "/resume", "perSecond=5");
    Endpoint resumed = place.webhooks().endpoints().get(SiteId.DEFAULT, endpoint.id());
    assertThat(resumed.enabled()).isTrue();
    assertThat(resumed.status().perSecond()).isEqualTo(5);
    assertThat(admin.get(page).body()).contains("at most 5 a second on each node");
    Poll.until(() -> !place.transport.requestsTo(CRM).isEmpty());
  }

  @Test
  void codeIsShownForTheSignaturesThatRequestsCarry() {
    Endpoint endpoint = place.endpoint(CRM, "*");
    String page = ENDPOINTS + "/" + endpoint.id();
    assertThat(admin.get(page).body())
        .contains("<h3>Standard Webhooks</h3>", "qlm (not sent: no key)")
        .doesNotContain("<h3>X-QLM-Signature</h3>");
    var unused =
        place.webhooks().settings().changeByName(SiteId.DEFAULT, Map.of("webHookSecretKey", "k"));
    assertThat(admin.get(page).body())
        .containsSubsequence(">Standard Webhooks</label>", ">X-QLM-Signature</label>")
        .as("a tab for each, folded until it is of use")
        .contains("id=\"verify\"><summary>Verify signatures in the receiver</summary>")
        .contains("others can send a captured request again.\">qlm (no timestamp)");
  }

  @Test
  void afterASuccessfulTestTheSignatureComesNext() {
    place.transport.responding(CRM, 200);
    Endpoint endpoint = place.endpoint(CRM, "*");
    assertThat(admin.post(ENDPOINTS + "/" + endpoint.id() + "/test", "type=test").body())
        .contains("<strong>Next:</strong>", "<a href=\"#verify\">verify the signature")
        .contains("id=\"verify\" open><summary>");
    assertThat(
            admin
                .post(
                    ENDPOINTS + "/try",
                    "url=https%3A%2F%2Fnew.example&type=license_created&signature=standard")
                .body())
        .contains("create the endpoint, and verify the signature in the receiver")
        .contains("Verify webhook-signature in the receiver, with this secret");
  }

  @Test
  void aRetryOfAFailingEndpointIsWarnedOf() {
    var unused =
        place.webhooks().settings().changeByName(SiteId.DEFAULT, Map.of("webHookMaxRetries", 0));
    place.endpoint(CRM, "*");
    place.transport.responding(CRM, 500);
    publish(2);
    Poll.until(() -> exhausted() == 2);
    place.clock.advance(Duration.ofMinutes(1));
    String retry = "/sites/default/deliveries/all?status=exhausted";
    assertThat(admin.get(retry).body()).doesNotContain("will probably fail");
    publish(2);
    Poll.until(() -> exhausted() == 4);
    place.clock.advance(Duration.ofMinutes(1));
    assertThat(admin.get(retry).body())
        .contains(
            "<p>" + CRM + ": the last 4 attempts failed, so these will probably fail as well. <a",
            "\">Open endpoint</a></p>",
            "<span>created at any time</span>")
        .doesNotContain("with a test first");
  }

  @Test
  void endpointPageAndItsPillNameTheSameState() {
    Response busy = new Response(429, Payload.of("slow down"), false, null, "1");
    Endpoint asked = place.endpoint("https://asked.example/hook", "license_created");
    place.transport.responding(
        "https://asked.example/hook", n -> Outcome.responded(busy, Duration.ofMillis(7)));
    place.publish("license_created", "{}");
    for (int sent = 1; sent <= 10; sent++) {
      int count = sent;
      place.publish("license_created", "{}");
      place.clock.advance(Duration.ofMinutes(1));
      Poll.until(() -> place.transport.requestsTo("https://asked.example/hook").size() > count);
    }
    Poll.until(
        () ->
            admin
                .get(ENDPOINTS + "/" + asked.id())
                .body()
                .contains("<div class=\"note wait\"><strong>Rate limited since"));
    assertThat(admin.get(ENDPOINTS + "/" + asked.id()).body())
        .contains("rate limited</span>", ": HTTP 429</strong>", "“slow down”")
        .doesNotContain("Failing since", "<dt>Last error</dt>");
  }

  @Test
  void numbersOfEachEndpointAreItsOwnHoweverManyWaitAltogether() {
    Endpoint few = place.endpoint(ERP, "license_created");
    place.pause(few.id());
    publish(3);
    Endpoint many = place.endpoint(CRM, "license_deleted");
    place.pause(many.id());
    List<NewEvent> events = Collections.nCopies(500, NewEvent.of("license_deleted", "{}"));
    for (int i = 0; i < 3; i++) {
      var unused = place.webhooks().publishAll(SiteId.DEFAULT, events).join();
      place.clock.advance(Duration.ofHours(1));
    }
    Person later = place.admin();
    assertThat(later.get("/sites/default").body())
        .as("the oldest is none of those that were counted")
        .contains("<b>3 h</b><span>oldest waiting")
        .containsPattern("oldest </span><time[^>]*>3 h ago</time>[\\s\\S]*>3 h ago</time>");
    assertThat(later.get(ENDPOINTS + "/" + many.id()).body())
        .containsPattern(
            "<b>1,000\\+</b><span>Waiting</span> <small>oldest <time[^>]*>3 h ago</time>");
    String three = "<span>3\n";
    assertThat(later.get(ENDPOINTS).body()).contains(three, "<span>1,000+\n");
    assertThat(later.get("/sites/default").body()).contains(three, "<span>1,000+\n");
    assertThat(later.get(ENDPOINTS + "/" + few.id()).body())
        .contains("<b>3</b><span>Waiting</span> <small>oldest ");
    Endpoint sent = place.endpoint("https://new.example/hook", "customer_created");
    place.transport.hanging("https://new.example/hook");
    place.publish("customer_created", "{}");
    assertThat(later.get("/sites/default/retry-queue?state=held").body())
        .contains("Pending (1)", "On hold (1,000+)");
    assertThat(later.get(ENDPOINTS + "/" + sent.id()).body())
        .contains("<b>1</b><span>Waiting</span> <small>oldest ");
  }

  private void publish(int count) {
    for (int i = 0; i < count; i++) {
      place.publish("license_created", "{}");
    }
  }

  private int exhausted() {
    DeliveryQuery query = DeliveryQuery.ofSite(SiteId.DEFAULT).state(DeliveryState.EXHAUSTED);
    return place.webhooks().deliveries().list(query).data().size();
  }
}
