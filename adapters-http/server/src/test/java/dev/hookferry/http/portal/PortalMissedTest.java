package dev.hookferry.http.portal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.audit.AuditAction;
import dev.hookferry.contract.support.Poll;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.http.Served;
import dev.hookferry.http.Served.Answer;
import dev.hookferry.query.AuditQuery;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A customer sends an endpoint the events that it never got. */
class PortalMissedTest {
  private static final String LATER = "https://mine.example/later";

  private final PortalScene scene = new PortalScene("{\"enabled\":true}");
  private final Served served = scene.served;

  @AfterEach
  void close() {
    scene.close();
  }

  private String missed(Endpoint endpoint) {
    return "/portal/endpoints/" + endpoint.id() + "/missed";
  }

  private static String hidden(Answer page, String name) {
    String value =
        page.body().replaceFirst("(?s).*name=\"" + name + "\" value=\"([^\"]*T[^\"]*Z)\".*", "$1");
    assertThat(value).as(page.body()).endsWith("Z");
    return value;
  }

  @Test
  void theyAreCountedFirstAndThenSentToThisEndpointAlone() {
    scene.publish(customer -> "{\"of\":\"" + customer + "\"}");
    served.clock.advance(Duration.ofMinutes(1));
    Endpoint later = scene.endpoint(LATER, "c-1");
    String cookie = scene.cookie("");
    assertThat(scene.page(cookie, "/portal/endpoints/" + later.id()).body())
        .containsSubsequence(
            "<summary>More</summary>",
            "href=\"" + missed(later) + "\">Send missed events…</a>",
            "</details>");
    assertThat(scene.page(cookie, missed(later)).body())
        .contains("<h1>Send missed events to mine.example/later</h1>", "Count events")
        .doesNotContain("class=\"first\">Send ");

    Answer counted = scene.page(cookie, missed(later) + "?range=24h");
    assertThat(counted.body())
        .contains("Send 1 missed event to mine.example/later?", "at most 10 per second")
        .contains("class=\"first\">Send 1 event</button>");
    assertThat(served.transport.requestsTo(LATER)).isEmpty();
    assertThat(scene.page(cookie, missed(scene.mine) + "?range=24h").body())
        .contains("Nothing was missed in this period.");

    String period = "since=" + hidden(counted, "since") + "&until=" + hidden(counted, "until");
    String shown = scene.post(cookie, missed(later), period).header("Location");
    Poll.until(() -> served.transport.requestsTo(LATER).size() == 1);
    Poll.until(() -> !scene.page(cookie, shown).body().contains("data-follow"));
    assertThat(scene.page(cookie, shown).body())
        .containsSubsequence(
            "id=\"missed-progress\"",
            "<div class=\"note good\"><p>1 missed event was sent.",
            "href=\"/portal/deliveries?endpoint=" + later.id() + "\">Show deliveries</a>");
    assertThat(scene.page(cookie, "/portal/endpoints/" + later.id()).body())
        .doesNotContain("missed-progress");
    assertThat(served.transport.requestsTo(LATER).get(0).body().text()).contains("c-1");
    assertThat(served.transport.requestsTo(PortalScene.MINE)).hasSize(1);
    assertThat(served.webhooks.audit().list(AuditQuery.ALL).data())
        .anySatisfy(
            entry -> {
              assertThat(entry.action()).isEqualTo(AuditAction.REPLAY_STARTED);
              assertThat(entry.actor().name()).isEqualTo("portal:c-1 \"Ada\"");
            });
  }

  @Test
  void othersAndLinksWithoutTheRightFindNoDoor() {
    String cookie = scene.cookie("");
    assertThat(scene.page(cookie, missed(scene.theirs)).status()).isEqualTo(404);
    String period = "since=2026-01-01T00:00:00Z&until=2026-01-02T00:00:00Z";
    assertThat(scene.post(cookie, missed(scene.theirs), period).status()).isEqualTo(404);
    String reader = scene.cookie(",\"can\":[\"test\"]");
    assertThat(scene.page(reader, "/portal/endpoints/" + scene.mine.id()).body())
        .doesNotContain("Send missed events");
    assertThat(scene.page(reader, missed(scene.mine)).status()).isEqualTo(403);
    assertThat(scene.post(reader, missed(scene.mine), period).status()).isEqualTo(403);
  }

  @Test
  void aPeriodNeedsABeginning() {
    String cookie = scene.cookie("");
    Answer open = scene.page(cookie, missed(scene.mine) + "?range=custom&until=2026-01-02T00:00");
    assertThat(open.status()).isEqualTo(400);
    assertThat(open.body()).contains("<a href=\"#since\">From</a>: <span>This is missing.");
    assertThat(scene.post(cookie, missed(scene.mine), "").status()).isEqualTo(400);
  }
}
