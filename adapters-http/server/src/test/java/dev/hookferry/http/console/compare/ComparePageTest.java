package dev.hookferry.http.console.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Poll;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.delivery.Response;
import dev.hookferry.event.Payload;
import dev.hookferry.http.console.ConsoleFixture;
import dev.hookferry.http.console.Person;
import dev.hookferry.id.SiteId;
import dev.hookferry.query.AttemptQuery;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ComparePageTest {
  private static final String CRM = "https://crm.example/hook";

  @RegisterExtension private final ConsoleFixture place = new ConsoleFixture();
  private final Person admin = place.admin();

  private static Outcome reply(int status, String body) {
    Response response = new Response(status, Payload.of(body), false, "application/json", null);
    return Outcome.responded(response, Duration.ofMillis(41));
  }

  private String path(int attempts) {
    place.endpoint(CRM, "*");
    place.publish("license_created", "{}");
    for (int number = 1; number < attempts; number++) {
      int made = number;
      Poll.until(() -> place.deliveries().get(0).attempts() == made);
      place.clock.advance(Duration.ofMinutes(10));
    }
    Poll.until(() -> place.deliveries().get(0).attempts() == attempts);
    return "/sites/default/deliveries/" + place.deliveries().get(0).id();
  }

  @Test
  void theTwoNewestAreComparedInWordsAndLineByLine() {
    place.transport.responding(
        CRM,
        n ->
            n == 1
                ? Outcome.failed(OutcomeKind.TIMEOUT, "no response", Duration.ofSeconds(15))
                : n == 2 ? reply(503, "{\"a\":1,\"b\":2}") : reply(200, "{\"a\":1,\"c\":\"<3>\"}"));
    String path = path(3);
    assertThat(place.admin().get(path).body()).contains("/compare?second=", "Compare…");

    String page = place.admin().get(path + "/compare").body();
    assertThat(page)
        .contains(
            "The outcome changed from HTTP 503 to HTTP 200.",
            "Attempt 3 took 41 ms, attempt 2 took 41 ms.")
        .contains("The request has the same headers, except for those that always differ.")
        .containsPattern(
            "<summary>\\d headers that differ in every attempt: [^<]*webhook-timestamp")
        .containsPattern("</details>\\s*<p class=\"soft small inset\">The other \\d are identical.")
        .contains("The response has the same headers.")
        .contains("The response body differs in 1 line.")
        .contains("<span class=\"removed\">−   \"b\": 2</span>")
        .contains("+   \"c\": \"&lt;3&gt;\"</span>", "<span class=\"same\">  {</span>")
        .doesNotContain("<script>");
  }

  @Test
  void othersAreChosenByTheUrlWithTheEarlierOneFirst() {
    place.transport.responding(
        CRM,
        n ->
            n == 1
                ? Outcome.failed(OutcomeKind.TIMEOUT, "no response", Duration.ofSeconds(15))
                : reply(503, "busy"));
    String path = path(3);
    Delivery delivery = place.deliveries().get(0);
    List<String> ids =
        place
            .webhooks()
            .deliveries()
            .attempts(AttemptQuery.ofSite(SiteId.DEFAULT).delivery(delivery.id()))
            .data()
            .stream()
            .map(attempt -> attempt.id().toString())
            .toList();
    String page =
        place.admin().get(path + "/compare?first=" + ids.get(0) + "&second=" + ids.get(2)).body();
    assertThat(page)
        .contains(
            "The outcome changed from timeout to HTTP 503.",
            "Attempt 3 took 41 ms, attempt 1 took 15 s.")
        .contains("There was no response to attempt 1.")
        .contains("<option value=\"" + ids.get(2) + "\" selected>Attempt 1, timeout</option>");
    String same = place.admin().get(path + "/compare").body();
    assertThat(same).contains("Both ended with HTTP 503.", "The response body is the same.");
  }

  @Test
  void oneAttemptIsNotCompared() {
    place.transport.responding(CRM, 204);
    String path = path(1);
    assertThat(admin.get(path).body()).doesNotContain("Compare…");
    assertThat(admin.get(path + "/compare").body())
        .contains("Two attempts are needed; this delivery has one.");
    assertThat(admin.get("/sites/default/deliveries/none/compare").status()).isEqualTo(404);
  }
}
