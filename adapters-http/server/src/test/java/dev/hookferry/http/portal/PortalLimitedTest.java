package dev.hookferry.http.portal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Poll;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.Response;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.event.NewEvent;
import dev.hookferry.event.Payload;
import dev.hookferry.http.Served;
import dev.hookferry.id.SiteId;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An endpoint that responded with 429 and Retry-After gets nothing before that time. */
class PortalLimitedTest {
  private static final String WORKS = "https://works.example/hook";
  private static final String BROKEN = "https://broken.example/hook";
  private static final String RETRY = "/portal/deliveries/retry";
  private static final String UNTIL = "datetime=\"2026-01-01T12:10:00Z\"";

  private final PortalScene scene = new PortalScene("{\"enabled\":true}");
  private final Served served = scene.served;
  private final String cookie = scene.cookie("");
  private final String endpoint = "/portal/endpoints/" + scene.mine.id();

  @BeforeEach
  void askForAPause() {
    served.webhooks.settings().update(SiteId.DEFAULT, s -> s.retry(r -> r.maxRetries(3)));
    Response pause = new Response(429, Payload.empty(), false, null, "600");
    served.transport.responding(
        PortalScene.MINE, n -> Outcome.responded(pause, Duration.ofMillis(7)));
    publish();
    Poll.until(() -> served.transport.requestsTo(PortalScene.MINE).size() == 1);
    Poll.until(() -> scene.all().get(0).attempts() == 1);
  }

  @AfterEach
  void close() {
    scene.close();
  }

  private void publish() {
    NewEvent event = NewEvent.of("license_created", "{}").labels(Map.of("customer", "c-1"));
    var unused = served.webhooks.publish(SiteId.DEFAULT, event).join();
  }

  private String page(String path) {
    return scene.page(cookie, path).body();
  }

  @Test
  void itsDeliveryLeadsToTheEndpointBecauseARetryWouldWait() {
    String delivery = "/portal/deliveries/" + scene.deliveryTo(scene.mine);
    assertThat(page(delivery))
        .contains("Rate limited.", "href=\"" + endpoint + "\">Go to endpoint</a>")
        .doesNotContain(">Retry</button>");

    String retried = scene.post(cookie, delivery + "/retry", "").header("Location");
    assertThat(page(retried))
        .contains("Not sent yet: rate limited. It will be sent when the limit ends.");
    assertThat(served.transport.requestsTo(PortalScene.MINE)).as("the retry waits").hasSize(1);

    served.clock.advance(Duration.ofMinutes(9).plusSeconds(30));
    String later = scene.cookie("");
    assertThat(scene.page(later, delivery).body()).contains(">Retry</button>");
  }

  @Test
  void itIsNotTickedAndSaysUntilWhen() {
    assertThat(page(RETRY + "?status=pending"))
        .contains(
            ">Choose what to retry</h1>", "It is retried automatically once the rate limit ends.")
        .contains("value=\"" + scene.mine.id() + "\" data-per=\"1\" aria-label")
        .containsSubsequence("Rate limited until <time", UNTIL, "If selected, these will be sent")
        .contains(">Retry selected</button>")
        .doesNotContain("You can send it now", ">Send 1 now<");

    Endpoint broken = scene.endpoint(BROKEN, "c-1");
    served.transport.responding(BROKEN, 500);
    publish();
    Poll.until(() -> scene.all().stream().filter(one -> one.attempts() == 1).count() == 2);
    assertThat(page(RETRY + "?status=pending"))
        .contains("value=\"" + broken.id() + "\" data-per=\"1\" checked", ">Retry 1</button>")
        .contains("value=\"" + scene.mine.id() + "\" data-per=\"2\" aria-label");
  }

  @Test
  void theOutcomeSaysWhenTheyAreSent() {
    String form = "all=yes&kind=pending&by-endpoint=yes&endpoint=" + scene.mine.id();
    String sent = scene.post(cookie, RETRY + "?status=pending", form).header("Location");
    assertThat(page(sent))
        .contains("note wait", "1 not sent yet.")
        .containsSubsequence(
            "mine.example/hook is rate limited. 1 delivery will be sent from <time", UNTIL)
        .doesNotContain("Retrying… The outcome", "is failing");
    for (String locale : new String[] {"de", "fr"}) {
      String other = scene.cookie(",\"locale\":\"" + locale + "\"");
      assertThat(scene.page(other, sent).body())
          .containsAnyOf(
              "ist gedrosselt. 1 Zustellung wird ab <time",
              "a un débit limité. 1 livraison sera envoyée à partir de <time");
    }
  }

  @Test
  void itsPageAndTheFirstPageSayWhenSendingContinues() {
    for (String path : new String[] {endpoint, "/portal/"}) {
      assertThat(page(path))
          .containsSubsequence(
              "<div class=\"note split wait\">",
              "mine.example/hook is rate limited until <time",
              UNTIL,
              ": HTTP 429.",
              "1 delivery is pending</a>.",
              "Your endpoint asks for fewer requests.");
    }
  }

  @Test
  void aTestThatArrivesOffersNothingThatWouldWait() {
    served.transport.responding(PortalScene.MINE, 200);
    assertThat(scene.posted(cookie, endpoint + "/test", "").body())
        .contains("The test arrived.")
        .doesNotContain("pending now…");
  }

  @Test
  void itCountsAmongTheEndpointsThatDidNotReceiveAll() {
    var unused = scene.endpoint(BROKEN, "c-1");
    var unusedOther = scene.endpoint(WORKS, "c-1");
    served.transport.responding(BROKEN, 410);
    publish();
    Poll.until(() -> served.transport.requestsTo(BROKEN).size() == 1);
    Poll.until(() -> scene.all().stream().noneMatch(one -> one.attempts() == 0 && isOpen(one)));

    assertThat(page("/portal/"))
        .contains("<div class=\"note split bad\">", "2 endpoints did not receive all events.")
        .containsSubsequence(
            "<ul class=\"worst\">",
            ">mine.example/hook</a>: <b class=\"wait-text\">HTTP 429</b>",
            "sending continues at",
            UNTIL,
            ">2 pending</a>",
            "</ul>");
  }

  private boolean isOpen(Delivery delivery) {
    return !delivery.state().isFinal() && !delivery.endpoint().equals(scene.mine.id());
  }
}
