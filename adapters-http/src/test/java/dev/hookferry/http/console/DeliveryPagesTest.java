package dev.hookferry.http.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.Poll;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.Response;
import dev.hookferry.delivery.ResponseHeaders;
import dev.hookferry.delivery.Timing;
import dev.hookferry.event.Payload;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DeliveryPagesTest {
  private static final String LIST = "/sites/default/deliveries";
  private static final String CRM = "https://crm.example/hook";
  private static final Duration SOON = Duration.ofSeconds(10);

  @RegisterExtension private final Place place = new Place();
  private final Person admin = place.admin();

  @Test
  void anEmptyListSaysTheNextStep() {
    assertThat(admin.get(LIST).body()).contains("Name a URL under").contains("/server-properties");
  }

  @Test
  void theListShowsWhatIsNextAndTheFiltersNarrowIt() {
    failed(503);
    assertThat(admin.get(LIST).body())
        .contains(CRM, "license_created", "pending", "next attempt")
        .contains(">in 5 min</time>");
    assertThat(admin.get(LIST + "?status=delivered").body()).contains("No delivery fits");
    assertThat(admin.get(LIST + "?type=license_created&since=2026-01-01T11%3A59").body())
        .contains(CRM);
  }

  @Test
  void aFilterThatDoesNotFitIsNamed() {
    assertThat(admin.get(LIST + "?status=lost&endpoint=x&since=yesterday").body())
        .contains("status: is no status of a delivery", "endpoint: ", "since: must be a time");
  }

  @Test
  void theLifeLineShowsWhatWasAndWhatIsPlanned() {
    Delivery delivery = failed(503);
    assertThat(admin.get(LIST + "/" + delivery.id()).body())
        .contains("accepted", "attempt 1", "answered 503")
        .containsPattern("planned[\\s\\S]*attempt 2[\\s\\S]*in 5 min")
        .containsPattern("attempt 3[\\s\\S]*in 10 min[\\s\\S]*if that fails")
        .containsPattern("gives up[\\s\\S]*in 25 min[\\s\\S]*after 6")
        .contains("is not available at the moment");
  }

  @Test
  void whatAReceiverAnswersIsTextAndNothingElse() {
    Response answer =
        new Response(500, Payload.of("<script>alert(1)</script>"), false, "text/\"><b>", null);
    place.transport.answering(CRM, n -> Outcome.answered(answer, Duration.ofMillis(7)));
    Delivery delivery = publish("{\"x\":\"</pre><img src=x onerror=alert(1)>\"}");
    assertThat(admin.get(LIST + "/" + delivery.id()).body())
        .contains("&lt;script&gt;alert(1)&lt;/script&gt;", "&lt;img src=x")
        .doesNotContain("<script>alert", "<img", "<b>\n");
  }

  @Test
  void anAttemptTellsWhereItsTimeWentAndTheHeadersOfItsAnswer() {
    ResponseHeaders headers = new ResponseHeaders("Date: now\nX-<b>: \"1\"");
    Response answer = new Response(500, Payload.of("no"), false, "a/b", null, headers);
    Duration second = Duration.ofSeconds(1);
    Timing timing =
        new Timing(Duration.ZERO, null, second, null, second.multipliedBy(4), Duration.ZERO);
    place.transport.answering(CRM, n -> Outcome.answered(answer, timing));
    Delivery delivery = publish("{}");

    assertThat(admin.get(LIST + "/" + delivery.id()).body())
        .contains("took 5 s", "Most of it passed until the receiver began to answer.")
        .contains("connect <b>1 s</b>", "first byte <b>4 s</b>", "class=\"part-first-byte\"")
        .contains("Its 2 headers", "Date: now\nX-&lt;b&gt;: \"1\"</pre>", "HTTP 500\n\nno</pre>")
        .contains("As a curl command", "curl -i '" + CRM)
        .doesNotContain("part-tls");
  }

  /** As attempts that were logged by versions that did not measure, and kept two headers. */
  @Test
  void anOldAttemptShowsWhatIsKnownOfIt() {
    Response answer = new Response(503, Payload.empty(), false, "text/plain", "120");
    place.transport.answering(CRM, n -> Outcome.answered(answer, Duration.ofMillis(7)));
    Delivery delivery = publish("{}");

    assertThat(admin.get(LIST + "/" + delivery.id()).body())
        .contains("Content-Type: text/plain\nRetry-After: 120</pre>", "HTTP 503</pre>")
        .doesNotContain("class=\"split\"");
  }

  @Test
  void aRetryIsAnExtraAttemptAndACancelStops() {
    Delivery delivery = failed(500);
    place.transport.answering(CRM, 200);
    String page = LIST + "/" + delivery.id();
    assertThat(admin.get(page).body()).contains("Cancel this delivery");
    assertThat(admin.post(page + "/retry", "").body()).contains("is sent again now");
    Poll.until(SOON, () -> state() == DeliveryState.DELIVERED);
    assertThat(admin.get(page).body()).contains("delivered").doesNotContain("Cancel this");
    assertThat(admin.post(page + "/cancel", "").body()).contains("Not done", "nothing to cancel");
  }

  @Test
  void aCancelledOneSaysSo() {
    Delivery delivery = failed(503);
    assertThat(admin.post(LIST + "/" + delivery.id() + "/cancel", "").body())
        .contains("The delivery is cancelled.");
    assertThat(state()).isEqualTo(DeliveryState.CANCELLED);
  }

  @Test
  void manyAreRetriedTogether() {
    Delivery delivery = failed(503);
    assertThat(admin.post(LIST + "/retry", "id=" + delivery.id() + "&id=dlv_none").body())
        .contains("1 delivery is sent again. Not so: ");
    assertThat(admin.post(LIST + "/retry", "").body()).contains("Choose from 1 to 500");
    String filtered = "?status=delivered&type=license_created";
    assertThat(
            admin.send("POST", LIST + "/retry" + filtered, "csrf=" + admin.csrf).header("Location"))
        .as("the list that they were chosen from")
        .isEqualTo(LIST + filtered);
    assertThat(admin.get(LIST + filtered).body())
        .contains("action=\"" + LIST + "/retry?status=delivered&amp;type=license_created\"");
  }

  @Test
  void aHeldOneSaysWhyAndWhenARetryGoesOut() {
    Delivery delivery = failed(500);
    String page = LIST + "/" + delivery.id();
    assertThat(admin.get(page).body()).doesNotContain("a retry goes out");
    place.pause(delivery);
    assertThat(admin.get(page).body())
        .contains("until it is resumed", "is paused: it goes out once that is switched on");
    assertThat(admin.post(page + "/retry", "").body())
        .contains("The delivery is due at once, and waits. The endpoint is paused")
        .doesNotContain("is sent again now");
    assertThat(admin.get(LIST + "?status=held").body()).contains(delivery.id().toString());
  }

  @Test
  void aRetryAtAnEndpointThatRestsSaysWhenItGoesOut() {
    Response busy = new Response(429, Payload.of("busy"), false, null, "300");
    place.transport.answering(CRM, n -> Outcome.answered(busy, Duration.ofMillis(7)));
    Delivery delivery = publish("{}");
    String page = LIST + "/" + delivery.id();
    String words = "The endpoint rests until 12:05:00 UTC, as its answer asked for: a retry goes";
    Poll.until(SOON, () -> admin.get(page).body().contains(words));
    assertThat(admin.post(page + "/retry", "").body()).contains("due at once, and waits. " + words);
    assertThat(place.transport.requestsTo(CRM)).hasSize(1);
    assertThat(admin.get("/sites/default").body()).contains("Rests until 12:05:00 UTC");
    assertThat(admin.get("/sites/default/endpoints/" + delivery.endpoint()).body())
        .contains("Rests until 12:05:00 UTC, as its answer asked for.");
    assertThat(admin.get("/sites/default/retry-queue").body())
        .contains("Its endpoint: Rests until 12:05:00 UTC, as its answer asked for.");
    place.clock.advance(Duration.ofMinutes(5));
    Poll.until(SOON, () -> place.transport.requestsTo(CRM).size() == 2);
  }

  @Test
  void oneThatHookferryDisabledIsTheWorstAndSaysWhy() {
    Delivery delivery = failed(410);
    Poll.until(SOON, () -> admin.get("/sites/default").body().contains("Disabled by Hookferry"));
    assertThat(admin.get(LIST + "/" + delivery.id()).body())
        .contains("Hookferry disabled the endpoint: it goes out once that is switched on.");
  }

  private Delivery failed(int status) {
    place.transport.answering(CRM, status);
    return publish("{}");
  }

  private Delivery publish(String data) {
    place.endpoint(CRM, "*");
    place.publish("license_created", data);
    Poll.until(SOON, () -> place.deliveries().get(0).attempts() == 1);
    return place.deliveries().get(0);
  }

  private DeliveryState state() {
    return place.deliveries().get(0).state();
  }
}
