package dev.hookferry.http.portal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.LogQueryRecorder;
import dev.hookferry.contract.support.Poll;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.event.NewEvent;
import dev.hookferry.http.Served;
import dev.hookferry.id.SiteId;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.retry.RetrySettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the portal says of deliveries that did not arrive. */
class PortalBacklogTest {
  private final LogQueryRecorder counted = new LogQueryRecorder();
  private final PortalScene scene =
      new PortalScene(new Served(options -> options, counted::around), "{\"enabled\":true}");
  private final Served served = scene.served;
  private final String endpoint = "/portal/endpoints/" + scene.mine.id();

  @AfterEach
  void close() {
    scene.close();
  }

  private void retries(int count) {
    RetrySettings retry = RetrySettings.of(count, Duration.ofHours(1));
    var unused = served.webhooks.settings().update(SiteId.DEFAULT, s -> s.retry(retry));
  }

  private void publish(int count) {
    for (int i = 0; i < count; i++) {
      NewEvent event = NewEvent.of("license_created", "{}").labels(Map.of("customer", "c-1"));
      var unused = served.webhooks.publish(SiteId.DEFAULT, event).join();
    }
  }

  private long count(DeliveryState state) {
    DeliveryQuery query = DeliveryQuery.ofSite(SiteId.DEFAULT).state(state).limit(500);
    return served.webhooks.deliveries().list(query).data().size();
  }

  private void fail(int count) {
    served.transport.responding(PortalScene.MINE, 400);
    publish(count);
    Poll.until(() -> count(DeliveryState.EXHAUSTED) == count);
  }

  @Test
  void failedDeliveriesCanBeRetriedAfterRecovery() {
    retries(0);
    fail(11);
    served.transport.responding(PortalScene.MINE, 200);
    publish(1);
    Poll.until(() -> count(DeliveryState.DELIVERED) == 1);
    String retry = "/portal/deliveries/retry?status=exhausted&amp;endpoint=" + scene.mine.id();

    String cookie = scene.cookie("");
    Poll.until(() -> !scene.page(cookie, "/portal/").body().contains("failing"));
    String home = scene.page(cookie, "/portal/").body();
    assertThat(home).contains(">11</a>", retry + "&amp;from=home\">Retry…");
    assertThat(scene.page(cookie, endpoint).body())
        .contains(
            "working", "11 deliveries failed</strong>", retry + "&amp;from=endpoint\">Retry…");
    String onlyReads = scene.cookie(",\"can\":[]");
    assertThat(scene.page(onlyReads, endpoint).body())
        .contains("11 deliveries failed")
        .doesNotContain("/retry");
    served.clock.advance(Duration.ofDays(2));
    assertThat(scene.page(scene.cookie(""), endpoint).body()).contains("11 deliveries failed");
  }

  /** Twelve deliveries are pending to an endpoint that does not respond and backs off. */
  private void failingWithTwelve() {
    retries(9);
    served.transport.responding(
        PortalScene.MINE, n -> Outcome.failed(OutcomeKind.TIMEOUT, "", Duration.ofMillis(3_049)));
    publish(12);
    Poll.until(() -> served.webhooks.endpoints().health(scene.mine).until() != null);
    Poll.until(() -> count(DeliveryState.PENDING) == 12);
  }

  @Test
  void everyPageExplainsAWaitForAFailingEndpointAlike() {
    failingWithTwelve();
    Poll.until(() -> scene.all().stream().anyMatch(one -> one.attempts() > 0));
    String cookie = scene.cookie("");
    String waits = "waits until the endpoint recovers</";
    String delivery =
        scene.all().stream()
            .filter(one -> one.attempts() == 0)
            .findFirst()
            .orElseThrow()
            .id()
            .toString();

    for (String page :
        List.of("/portal/", "/portal/deliveries", "/portal/deliveries/" + delivery, endpoint)) {
      assertThat(scene.page(cookie, page).body())
          .as(page)
          .contains(waits)
          .doesNotContainPattern("[^|]due now")
          .doesNotContain("one request at a time", "backing off", "consecutive");
    }
    assertThat(scene.page(cookie, endpoint).body())
        .contains("mine.example/hook is failing: no response within 3\u00a0s.", ">failing<")
        .contains("Your endpoint did not respond in time.", "Show this delivery")
        .containsPattern("Next attempt <time [^>]+>in [0-9]+\u00a0(s|min)</time>\\.</span>");
  }

  @Test
  void aRetryIsFollowedWhileItsEndpointFails() {
    failingWithTwelve();
    String cookie = scene.cookie("");

    String sent =
        scene.post(cookie, "/portal/deliveries/retry", "all=yes&kind=pending").header("Location");

    assertThat(scene.page(cookie, sent).body())
        .contains("data-follow", "Retrying 12 deliveries", "not sent yet")
        .contains("mine.example/hook is failing, so its deliveries are sent one at a time.")
        .doesNotContain("12 will be retried");
  }

  @Test
  void noPageLooksMoreOftenBecauseMoreHasFailed() {
    retries(0);
    fail(60);
    List<String> pages = List.of("/portal/", endpoint);
    String cookie = scene.cookie("");
    Map<String, List<String>> few = looks(cookie, pages);
    publish(40);
    Poll.until(() -> count(DeliveryState.EXHAUSTED) == 100);

    assertThat(looks(cookie, pages)).isEqualTo(few);
    assertThat(few.values()).allSatisfy(looks -> assertThat(looks).hasSizeLessThanOrEqualTo(7));
  }

  @Test
  void aRefreshOfTheRowsCountsNothing() {
    retries(0);
    fail(60);
    String cookie = scene.cookie("");
    List<String> refresh = List.of("/portal/deliveries?refresh=yes");
    int first = looks(cookie, List.of("/portal/deliveries")).values().iterator().next().size();

    assertThat(looks(cookie, refresh).values().iterator().next()).hasSizeLessThan(first);
    assertThat(scene.page(cookie, "/portal/deliveries").body()).contains(">Retry 60 failed…");
    assertThat(scene.page(cookie, refresh.get(0)).body())
        .contains("data-fresh=", "HTTP 400")
        .doesNotContain(">Retry 60 failed…", "refresh=yes");
  }

  private Map<String, List<String>> looks(String cookie, List<String> pages) {
    Map<String, List<String>> looks = new TreeMap<>();
    pages.forEach(page -> looks.put(page, counted.of(() -> scene.page(cookie, page))));
    return looks;
  }
}
