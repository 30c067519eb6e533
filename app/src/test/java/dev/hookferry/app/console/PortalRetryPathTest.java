package dev.hookferry.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Poll;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.event.NewEvent;
import dev.hookferry.id.SiteId;
import dev.hookferry.testing.ScriptedTransport;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From the portal's first page to the outcome of a failed delivery that is retried. */
class PortalRetryPathTest extends OpenPortal {
  private static final String RECEIVER = "https://billing.example/hooks";
  private static final String STATUS = "#outcome-status .status";

  @BeforeEach
  void failOnce() {
    server.settings(Map.of("enabled", true));
    server.transport.responding(RECEIVER, 401);
    var unused =
        server
            .hookferry
            .webhooks()
            .endpoints()
            .create(SiteId.DEFAULT, EndpointSpec.to(RECEIVER).types("license_created"));
    var unusedReceipt =
        server
            .hookferry
            .webhooks()
            .publish(SiteId.DEFAULT, NewEvent.of("license_created", "{\"order\":\"ORD-1129\"}"))
            .join();
    Poll.until(() -> server.deliveries().stream().allMatch(one -> one.state().isFinal()));
    server.transport.hanging(RECEIVER);
    browser.go(address + server.link(PortalServer.EVERYTHING));
  }

  private void sendAgain() {
    browser.follow("section[aria-labelledby=newest] tbody a");
    assertThat(browser.text(STATUS)).isEqualTo("failed");
    assertThat(browser.text("main"))
        .contains("Failed after 1 attempt: HTTP 401.")
        .contains("HTTP 401", "rejected the request as unauthorized");
    browser.follow("form[action*='/retry'] button");
    assertThat(browser.text()).contains("Retrying…");
    assertThat(browser.text(STATUS)).isEqualTo("pending");
    Poll.until(() -> server.transport.hangingCount() == 1);
  }

  @Test
  void twoClicksFindTheReasonAndShowThatItArrived() {
    sendAgain();
    server.transport.release(ScriptedTransport.status(200));
    browser.await("delivered", () -> browser.text(STATUS).equals("delivered"));
    assertThat(browser.text("#outcome-said")).startsWith("Delivered: attempt 2 took");
    assertThat(browser.text("main")).contains("Attempt 2", "HTTP 200").doesNotContain("due now");
    assertThat(browser.clicks()).isEqualTo(2);
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void twoClicksShowThatItFailedAgain() {
    sendAgain();
    server.transport.release(ScriptedTransport.status(503));
    browser.await("failed", () -> browser.text(STATUS).equals("failed"));
    assertThat(browser.text("main")).contains("Attempt 2", "HTTP 503");
    assertThat(browser.clicks()).isEqualTo(2);
    assertThat(browser.complaints()).isEmpty();
  }

  /** Once it hid the whole list, which has an attribute like that of a next attempt. */
  @Test
  void aListStaysWhenTheTimeOfAnAttemptHasCome() {
    browser.go("http://127.0.0.1:" + server.port() + "/portal/deliveries");
    browser.eval(
        "(() => { const time = document.querySelector('#list tbody time');"
            + " time.dataset.due = ''; time.dateTime = new Date(0).toISOString(); })()");

    browser.awaitText("due now");

    assertThat(browser.eval("document.getElementById('list').hidden").asBoolean()).isFalse();
  }
}
