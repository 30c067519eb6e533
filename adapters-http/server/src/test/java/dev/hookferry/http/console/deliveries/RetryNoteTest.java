package dev.hookferry.http.console.deliveries;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Poll;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.http.console.ConsoleFixture;
import dev.hookferry.http.console.Person;
import dev.hookferry.http.console.list.LastAttempts;
import dev.hookferry.id.SiteId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the page of a delivery says of its past and next attempts, and of a retry by hand. */
class RetryNoteTest {
  private static final String CRM = "https://crm.example/hook";
  private static final String LAST = "This is the last scheduled attempt: if it fails, ";

  @RegisterExtension private final ConsoleFixture place = new ConsoleFixture();
  private final Person admin = place.admin();

  @Test
  void aRetrySaysWhichScheduledAttemptItUsesUp() {
    Delivery delivery = failed();
    assertThat(page(delivery)).contains("Retrying now uses attempt 2 of 6.").doesNotContain(LAST);
  }

  @Test
  void usingTheLastScheduledAttemptNeedsConfirmation() {
    retries(1);
    Delivery delivery = failed();
    assertThat(page(delivery))
        .contains("Retry now…</summary>", LAST + "the delivery is given up.")
        .doesNotContain("Retrying now uses");

    admin.post("/sites/default/deliveries/" + delivery.id() + "/retry", "");
    Poll.until(() -> place.deliveries().get(0).state() == DeliveryState.EXHAUSTED);
    assertThat(page(delivery))
        .containsPattern(
            "Both attempts failed, the last with HTTP 500, <time[^>]*>[^<]*</time>"
                + "\\. No retries are left\\.<")
        .doesNotContain("A retry counts", LAST, "retry it to send it");
  }

  @Test
  void theSentenceStandsBeforeTheTimeline() {
    Delivery delivery = failed();
    assertThat(page(delivery))
        .containsSubsequence(
            "Attempt 1 of 6 failed (HTTP 500); next attempt: <time", "</time>.</span>", "Timeline");
    place.pause(delivery);
    assertThat(page(delivery))
        .contains("Attempt 1 of 6 failed (HTTP 500); on hold: endpoint paused.</span>");
    admin.post("/sites/default/deliveries/" + delivery.id() + "/cancel", "");
    Poll.until(() -> place.deliveries().get(0).state() == DeliveryState.CANCELLED);
    assertThat(page(delivery)).contains("after 1 attempt (HTTP 500); retry it to send it.");
  }

  @Test
  void aSentAndAnUnsentOneSaySo() {
    place.transport.responding(CRM, 200);
    Delivery delivery = published();
    Poll.until(() -> place.deliveries().get(0).state() == DeliveryState.DELIVERED);
    assertThat(page(delivery))
        .containsPattern(
            "Delivered <time[^>]*>[^<]*</time>, in (\\d+|under 1) ms \\(HTTP"
                + " 200\\)\\.</span>");
    place.pause(delivery);
    assertThat(page(published())).contains("Not sent yet; on hold: endpoint paused.</span>");
  }

  @Test
  void theCauseIsNamedAsItIsCommonlyCalled() {
    for (String detail : List.of("Connection refused", "No route to host")) {
      assertThat(cause(OutcomeKind.CONNECT_ERROR, "no connection to x:1: " + detail))
          .as("as the page Problems names it, which knows no details")
          .isEqualTo("cannot connect");
    }
    assertThat(cause(OutcomeKind.TIMEOUT, "Connection refused")).isEqualTo("timeout");
  }

  private static String cause(OutcomeKind kind, String detail) {
    return LastAttempts.cause(Outcome.failed(kind, detail, Duration.ZERO));
  }

  private void retries(int count) {
    var unused =
        place
            .webhooks()
            .settings()
            .changeByName(SiteId.DEFAULT, Map.of("webHookMaxRetries", count));
  }

  private Delivery failed() {
    place.transport.responding(CRM, 500);
    Delivery delivery = published();
    Poll.until(() -> place.deliveries().get(0).attempts() == 1);
    return delivery;
  }

  private Delivery published() {
    if (place.webhooks().endpoints().all(SiteId.DEFAULT).isEmpty()) {
      place.endpoint(CRM, "*");
    }
    place.publish("license_created", "{}");
    return place.deliveries().get(0);
  }

  private String page(Delivery delivery) {
    return admin.get("/sites/default/deliveries/" + delivery.id()).body();
  }
}
