package dev.hookferry.http.portal;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Poll;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.endpoint.DeliveryOrder;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.event.NewEvent;
import dev.hookferry.http.Served.Answer;
import dev.hookferry.id.SiteId;
import dev.hookferry.observe.EndpointHealth;
import dev.hookferry.retry.RetrySettings;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a customer is told after he has done something. */
class PortalOutcomeTest {
  private static final String MANAGE = ",\"can\":[\"retry\",\"manage\"]";

  private final PortalScene scene = new PortalScene("{\"enabled\":true}");

  @AfterEach
  void close() {
    scene.close();
  }

  private void retries(int count) {
    RetrySettings retry = RetrySettings.of(count, Duration.ofHours(1));
    var unused = scene.served.webhooks.settings().update(SiteId.DEFAULT, s -> s.retry(retry));
  }

  private void publish(String key) {
    NewEvent event =
        NewEvent.of("license_created", "{}").labels(Map.of("customer", "c-1")).orderingKey(key);
    var unused = scene.served.webhooks.publish(SiteId.DEFAULT, event).join();
  }

  private String to(Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(303);
    return answer.header("Location");
  }

  private void change(EndpointSpec spec) {
    var unused = scene.served.webhooks.endpoints().change(SiteId.DEFAULT, scene.mine.id(), spec);
  }

  @Test
  void sendingAgainIsFollowedToItsOutcome() {
    retries(0);
    scene.served.transport.responding(PortalScene.MINE, 500);
    publish("a");
    Poll.until(() -> scene.all().stream().anyMatch(one -> one.state().isFinal()));
    String cookie = scene.cookie("");
    String path = "/portal/deliveries/" + scene.deliveryTo(scene.mine);

    String failed = to(scene.post(cookie, path + "/retry", ""));
    assertThat(failed).startsWith(path + "?after=att_");
    Poll.until(() -> scene.page(cookie, failed).body().contains("Attempt 2 failed after"));
    assertThat(scene.page(cookie, failed).body())
        .containsPattern("<p>Attempt 2 failed after [^<:]*: HTTP 500.</p>")
        .doesNotContain("data-follow", "Retrying…");

    scene.served.transport.responding(PortalScene.MINE, 200);
    String delivered = to(scene.post(cookie, path + "/retry", ""));
    Poll.until(() -> scene.page(cookie, delivered).body().contains("Delivered: attempt 3 took"));
  }

  @Test
  void bulkRetryDistinguishesPendingFromFailedDeliveries() {
    retries(3);
    String other = "https://mine.example/other";
    EndpointSpec never = EndpointSpec.change().retry(RetrySettings.of(0, Duration.ofHours(1)));
    var unused =
        scene
            .served
            .webhooks
            .endpoints()
            .change(SiteId.DEFAULT, scene.endpoint(other, "c-1").id(), never);
    scene.served.transport.responding(PortalScene.MINE, 500);
    scene.served.transport.responding(other, 500);
    publish("a");
    Poll.until(
        () -> scene.all().size() == 2 && scene.all().stream().allMatch(d -> d.attempts() == 1));
    String cookie = scene.cookie("");
    String all = scene.all().stream().map(one -> "&id=" + one.id()).collect(joining());

    String sent = to(scene.post(cookie, "/portal/deliveries/retry", all.substring(1)));

    Poll.until(() -> scene.all().stream().allMatch(one -> one.attempts() == 2));
    Poll.until(() -> !scene.page(cookie, sent).body().contains("data-follow"));
    assertThat(scene.page(cookie, sent).body())
        .containsPattern(
            "<strong>1 will be retried<span data-next-attempt[^>]*> \\(next attempt <time [^>]*>"
                + "in [^<]*</time>\\)</span>, 1 failed.</strong>")
        .contains("Retried deliveries</h1>")
        .containsSubsequence(
            "mine.example/other</a></h2>",
            "<strong>1 failed</strong> <span class=\"soft\">HTTP 500",
            "mine.example/hook</a></h2>",
            "<strong>1 will be retried</strong>")
        .doesNotContain("Retrying");
    change(EndpointSpec.change().enabled(false));
    String held = to(scene.post(cookie, "/portal/deliveries/retry", all.substring(1)));
    Poll.until(() -> !scene.page(cookie, held).body().contains("data-follow"));
    assertThat(scene.page(cookie, held).body()).contains("<strong>1 failed, 1 on hold.</strong>");
  }

  @Test
  void theHomePageCountsWhatFailedAndWhatIsRetried() {
    retries(0);
    scene.served.transport.responding(PortalScene.MINE, 500);
    publish("a");
    Poll.until(() -> scene.all().stream().anyMatch(one -> one.state().isFinal()));
    retries(3);
    publish("b");
    Poll.until(() -> scene.all().stream().allMatch(one -> one.attempts() == 1));

    String home = scene.page(scene.cookie(""), "/portal/").body();

    assertThat(home)
        .contains(
            "1 delivery from the last 24 hours failed, to ",
            ">1 pending</a>",
            ">Pending</th>",
            ">Failed, all time</th>",
            ">retrying</span>",
            "last 2 attempts failed: HTTP 500; retries continue until <time ",
            "datetime=\"2026-01-01T15:00:00Z\"",
            "title=\"The newest attempts failed. Their deliveries are retried after pauses.\"",
            "title=\"The last attempt failed, and no retries are left. You can retry it.\"",
            "<td class=\"reason\" data-cell=\"reason\">HTTP 500 in 1\u00a0ms</td>",
            "HTTP 500<span data-next-attempt> · next attempt <time ");
  }

  @Test
  void onlyManagersAreAskedToAddAFirstEndpoint() {
    scene.served.webhooks.endpoints().remove(SiteId.DEFAULT, scene.mine.id());
    assertThat(scene.page(scene.cookie(""), "/portal/").body())
        .contains("No endpoint has been set up for you yet.")
        .doesNotContain("Add an endpoint");
    assertThat(scene.page(scene.cookie(MANAGE), "/portal/").body())
        .contains("Add an endpoint", "Enter the https URL")
        .doesNotContain("No endpoint has been set up");
  }

  @Test
  void whatIsNotSentYetSaysWhy() {
    retries(1);
    scene.served.transport.responding(PortalScene.MINE, 503);
    publish("a");
    Poll.until(() -> scene.all().stream().anyMatch(one -> one.attempts() == 1));
    change(EndpointSpec.change().enabled(false));
    String cookie = scene.cookie("");
    String path = "/portal/deliveries/" + scene.deliveryTo(scene.mine);

    String shown = to(scene.post(cookie, path + "/retry", ""));

    assertThat(scene.page(cookie, shown).body())
        .contains("Not sent yet: endpoint paused.</p>", "data-follow=\"" + path + "?after=att_")
        .contains(
            "It will be sent once the endpoint is resumed.",
            "class=\"button first\" href=\"/portal/endpoints/" + scene.mine.id() + "\">Go to")
        .doesNotContain("action=\"" + path + "/retry\"", "The outcome will appear here");
  }

  @Test
  void resumedEndpointIsNoLongerShownAsFailing() {
    retries(1);
    scene.served.transport.responding(PortalScene.MINE, 400);
    for (int i = 0; i < EndpointHealth.FAILING_AFTER; i++) {
      publish("a" + i);
    }
    Poll.until(() -> scene.all().stream().allMatch(one -> one.attempts() == 1));
    String cookie = scene.cookie(MANAGE);
    String path = "/portal/endpoints/" + scene.mine.id();
    String unused = to(scene.post(cookie, path + "/pause", ""));

    String resumed = to(scene.post(cookie, path + "/resume", ""));

    assertThat(scene.page(cookie, resumed).body())
        .containsPattern(
            "Resumed. 10 deliveries will be sent starting <time class=\"full\"[^>]*>[^<]* UTC</time>"
                + ", at their retry times.")
        .doesNotContain("is failing");
    assertThat(scene.served.webhooks.endpoints().health(scene.mine).failures()).isZero();
  }

  @Test
  void endpointDisabledAgainIsNotShownAsResumed() {
    retries(0);
    scene.served.transport.responding(PortalScene.MINE, 410);
    publish("a");
    Poll.until(() -> !isEnabled());
    publish("b");
    Poll.until(() -> scene.all().stream().anyMatch(one -> one.state() == DeliveryState.HELD));
    String cookie = scene.cookie(MANAGE);
    String path = "/portal/endpoints/" + scene.mine.id();

    String resumed = to(scene.post(cookie, path + "/resume", ""));
    Poll.until(() -> !isEnabled());

    assertThat(resumed).contains("?note=resumed&done=");
    Map.of(
            "en", "Resumed, but your endpoint responded with 410 again and was disabled.",
            "de", "Fortgesetzt, aber Ihr Endpunkt hat wieder mit 410 geantwortet und wurde",
            "fr", "Repris, mais votre point de terminaison a de nouveau répondu par 410 et a")
        .forEach(
            (language, expected) ->
                assertThat(page(language, resumed))
                    .contains("<div class=\"note plain\" role=\"status\"><p>" + expected)
                    .doesNotContain("being sent now", "class=\"note good\""));
    assertThat(page("en", path)).doesNotContain("Resumed");
    assertThat(page("en", "/portal/?note=resumed&done=1")).doesNotContain("Resumed");
  }

  @Test
  void endpointPausedSinceIsNotShownAsResumed() {
    String resumed = "/portal/endpoints/" + scene.mine.id() + "?note=resumed&done=0";
    assertThat(page("en", resumed)).contains("This endpoint was resumed.");
    change(EndpointSpec.change().enabled(false));
    assertThat(page("en", resumed)).doesNotContain("This endpoint was resumed.");
  }

  private boolean isEnabled() {
    return scene.served.webhooks.endpoints().get(SiteId.DEFAULT, scene.mine.id()).enabled();
  }

  private String page(String language, String path) {
    String cookie = scene.cookie(MANAGE + ",\"locale\":\"" + language + "\"");
    return scene.page(cookie, path).body();
  }

  @Test
  void blockedOrderingKeysAreSentAgainFromTheirNotice() {
    retries(0);
    change(EndpointSpec.change().order(DeliveryOrder.BY_KEY));
    scene.served.transport.responding(PortalScene.MINE, 500);
    publish("a");
    publish("a");
    publish("b");
    Poll.until(
        () -> scene.all().stream().filter(d -> d.state() == DeliveryState.BLOCKED).count() == 2);

    String home = scene.page(scene.cookie(""), "/portal/").body();

    assertThat(home)
        .contains(
            "2 ordering keys are blocked. Fix your endpoint, then retry the first delivery of each")
        .contains("/portal/deliveries?status=blocked&amp;endpoint=" + scene.mine.id())
        .doesNotContain("retried automatically");
    assertThat(scene.page(scene.cookie(",\"can\":[]"), "/portal/").body())
        .contains("ask your provider to retry the first delivery of each");
    assertThat(scene.all()).extracting(Delivery::attempts).contains(0);
  }
}
