package dev.hookferry.http.console.list;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Poll;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.delivery.Response;
import dev.hookferry.endpoint.DeliveryOrder;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.event.NewEvent;
import dev.hookferry.event.Payload;
import dev.hookferry.http.console.ConsoleFixture;
import dev.hookferry.http.console.Person;
import dev.hookferry.http.console.frame.EndpointList;
import dev.hookferry.http.console.frame.StatePill;
import dev.hookferry.id.SiteId;
import dev.hookferry.query.DeliveryQuery;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class EndpointConditionsTest {
  private static final String SITE = "/sites/default";

  @RegisterExtension private final ConsoleFixture place = new ConsoleFixture();
  private final Person admin = place.admin();

  @Test
  void endpointConditionIsShownOnceAboveItsDeliveries() {
    Endpoint paused = paused("https://crm.example/hook");
    publish(3);
    for (String list : List.of("/deliveries", "/retry-queue?state=held")) {
      String body = admin.get(SITE + list).body();
      assertThat(body)
          .contains(
              "<a href=\"/sites/default/endpoints/" + paused.id() + "\"",
              "<span>since 2026-01-01 12:00 UTC</span>",
              "3 deliveries below");
      assertThat(body.split("paused</span>", -1)).as(list).hasSize(2);
      String result = list.equals("/deliveries") ? ">endpoint paused" : ">not sent yet";
      assertThat(body.split(result, -1)).as(list).hasSize(4);
    }
    assertThat(admin.get(SITE + "/endpoints/" + paused.id()).body())
        .as("its own page says it at the top")
        .contains("Paused since", ">endpoint paused ")
        .doesNotContain("not sent yet");
  }

  @Test
  void endpointsInTheSameConditionAreNamedTogether() {
    paused("https://crm.example/hook");
    paused("https://erp.example/hook");
    publish(2);
    assertThat(admin.get(SITE + "/deliveries").body())
        .contains("<b>2 endpoints</b>", "4 deliveries below");
  }

  @Test
  void whatWaitsForItsEndpointSaysWhenItIsSent() {
    String url = "https://crm.example/hook";
    place.endpoint(url, "license_created");
    Response busy = new Response(429, Payload.of("busy"), false, null, "300");
    place.transport.responding(url, n -> Outcome.responded(busy, Duration.ofMillis(7)));
    publish(1);
    Poll.until(() -> place.deliveries().get(0).attempts() == 1);
    publish(1);
    Poll.until(() -> admin.get(SITE + "/retry-queue").body().contains(">not sent yet"));
    assertThat(admin.get(SITE + "/deliveries").body())
        .as("the list says why, too")
        .contains(">rate limited until 12:05:00 UTC ")
        .doesNotContain("not sent yet");
    String queue = admin.get(SITE + "/retry-queue").body();
    assertThat(queue.split(">in 5 min</time>", -1)).hasSize(3);
    assertThat(queue)
        .as("one waits for its first attempt, the other for a retry")
        .contains("2 deliveries", ">1 not sent yet</span> ·")
        .contains(">in 5 min</time><span class=\"soft\">, rate limited</span>")
        .containsPattern("attempts-cell\"[^>]*><span class=\"soft\">0</span>")
        .doesNotContainPattern("attempts-cell\"[^>]*>0<");
    assertThat(admin.get(SITE + "/retry-queue?type=license_created").body())
        .as("not counted behind a filter")
        .doesNotContain(">1 not sent yet<");
    assertThat(conditions())
        .extracting(one -> one.pill().word() + " " + one.words())
        .containsExactly("rate limited until 12:05:00 UTC because of its last response");
    Delivery fresh =
        place.deliveries().stream().filter(one -> one.attempts() == 0).findFirst().orElseThrow();
    assertThat(admin.get(SITE + "/deliveries/" + fresh.id()).body())
        .contains(">The first attempt goes out then.<")
        .doesNotContain("A retry goes out");
  }

  /** It once promised every waiting delivery the time of the next probe. */
  @Test
  void aDeliveryAtAnEndpointThatBacksOffWaitsForAProbe() {
    String url = "https://crm.example/hook";
    place.endpoint(url, "license_created");
    place.transport.responding(
        url, n -> Outcome.failed(OutcomeKind.CONNECT_ERROR, "refused", Duration.ofMillis(7)));
    publish(10);
    Poll.until(() -> place.deliveries().stream().allMatch(one -> one.attempts() == 1));
    publish(1);

    Delivery fresh =
        place.deliveries().stream().filter(one -> one.attempts() == 0).findFirst().orElseThrow();
    String page = SITE + "/deliveries/" + fresh.id();
    Poll.until(() -> admin.get(page).body().contains("Not sent yet; waits for its endpoint"));
    assertThat(admin.get(page).body())
        .contains("waits for its endpoint to recover, next probe: <time")
        .contains("Then one delivery is sent at a time, until one succeeds.")
        .doesNotContain("goes out then");
  }

  @Test
  void aConditionFitsALineAndItsTooltipHasAllOfIt() {
    String words = "backing off until 12:05:00 UTC after 1,022 failures in a row";
    EndpointConditions.SharedCondition one =
        new EndpointConditions.SharedCondition("", "CRM", StatePill.QUIET, words, "", 2);
    assertThat(one.brief()).isEqualTo("backing off until 12:05:00 UTC (1,022 failures in a row)");
    String probed = "one at a time after 27 failures in a row";
    assertThat(
            new EndpointConditions.SharedCondition("", "", StatePill.QUIET, probed, "timeout", 2)
                .brief())
        .isEqualTo("timeout · one request at a time (27 failures in a row)");
    assertThat(one.whole()).isEqualTo("CRM: " + words + " (2 deliveries below)");
  }

  @Test
  void aRetryThatWaitsForItsTimeHasNoCondition() {
    place.endpoint("https://crm.example/hook", "license_created");
    place.transport.responding("https://crm.example/hook", 500);
    publish(1);
    Poll.until(() -> place.deliveries().get(0).attempts() == 1);
    assertThat(conditions()).isEmpty();
    assertThat(admin.get(SITE + "/retry-queue").body())
        .contains(">Next attempt<", ">in 5 min</time>", "HTTP 500")
        .doesNotContain("delivery below");
  }

  @Test
  void aFailingEndpointExplainsItsRetries() {
    String url = "https://crm.example/hook";
    place.endpoint(url, "license_created");
    place.transport.responding(url, 500);
    publish(12);
    Poll.until(() -> place.deliveries().stream().allMatch(one -> one.attempts() == 1));
    assertThat(conditions())
        .extracting(one -> one.pill().word() + ": " + one.words() + ", " + one.counted())
        .containsExactly("failing: 12 failures in a row, 12 deliveries below");
    assertThat(admin.get(SITE + "/deliveries?status=pending").body())
        .contains("<summary>1 endpoint holds deliveries back</summary>")
        .as("a row still says what its own next attempt is")
        .contains("<span>HTTP 500 · 12 failures in a row</span>", "HTTP 500, retry ");
  }

  @Test
  void aFailingEndpointDoesNotExplainWhatWasPublishedForLater() {
    String url = "https://crm.example/hook";
    place.endpoint(url, "license_created");
    place.transport.responding(url, 500);
    NewEvent later =
        NewEvent.of("license_created", "{}").deliverAt(place.clock.instant().plusSeconds(86_400));
    var unused = place.webhooks().publish(SiteId.DEFAULT, later).join();
    publish(12);
    Poll.until(() -> place.deliveries().stream().filter(one -> one.attempts() == 1).count() == 12);
    assertThat(conditions())
        .extracting(one -> one.counted())
        .containsExactly("12 deliveries below");
  }

  @Test
  void aPausedEndpointExplainsThoseThatWaitForTheirTurn() {
    Endpoint endpoint = place.endpoint("https://crm.example/hook", "license_created");
    EndpointSpec ordered = EndpointSpec.change().order(DeliveryOrder.BY_KEY);
    var changed = place.webhooks().endpoints().change(SiteId.DEFAULT, endpoint.id(), ordered);
    place.pause(changed.endpoint().id());
    for (int i = 0; i < 3; i++) {
      NewEvent event = NewEvent.of("license_created", "{}").orderingKey("k");
      var unused = place.webhooks().publish(SiteId.DEFAULT, event).join();
    }
    assertThat(conditions())
        .extracting(one -> one.pill().word() + " " + one.counted())
        .containsExactly("paused 3 deliveries below");
  }

  private List<EndpointConditions.SharedCondition> conditions() {
    var page = place.webhooks().deliveries().list(DeliveryQuery.ofSite(SiteId.DEFAULT)).data();
    LastAttempts last = LastAttempts.of(SiteId.DEFAULT, page, place.webhooks().deliveries());
    EndpointList targets = new EndpointList(place.webhooks(), SiteId.DEFAULT);
    return EndpointConditions.of(page, last, targets).all();
  }

  private Endpoint paused(String url) {
    Endpoint endpoint = place.endpoint(url, "license_created");
    place.pause(endpoint.id());
    return endpoint;
  }

  private void publish(int count) {
    for (int i = 0; i < count; i++) {
      place.publish("license_created", "{}");
    }
  }
}
