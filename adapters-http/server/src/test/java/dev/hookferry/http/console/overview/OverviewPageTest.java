package dev.hookferry.http.console.overview;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Poll;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.http.console.ConsoleFixture;
import dev.hookferry.http.console.Person;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import dev.hookferry.testing.ScriptedTransport;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class OverviewPageTest {
  private static final String CRM = "https://crm.example/hook";
  private static final String MAIL = "https://mail.example/in";

  private static final Pattern TILE =
      Pattern.compile(
          "<span title=\"Of the deliveries[^>]*>[^<]*</span> <small>([0-9]+ of [0-9]+)<");
  private static final Pattern ROW =
      Pattern.compile("title=\"Deliveries that were given up[^\"]*\">([0-9]+) of ([0-9]+)<");

  @RegisterExtension private final ConsoleFixture place = new ConsoleFixture();
  private final Person admin = place.admin();

  @Test
  void showsTheNextStepOfAnEmptySite() {
    assertThat(admin.get("/sites/default").body())
        .contains("Three steps", "Add an endpoint")
        .doesNotContain("No endpoint is registered yet");
  }

  @Test
  void showsTheWorstFirstAndWhatWentWrong() {
    place.endpoint(MAIL, "license_created");
    place.endpoint(CRM, "license_created");
    place.transport.responding(MAIL, 200);
    place.transport.responding(CRM, 503);
    place.publish("license_created", "{}");
    Poll.until(() -> page().contains("1 delivered, 1 failed"));
    assertThat(page())
        .containsPattern(
            "rate limited</span>[\\s\\S]*" + CRM + "[\\s\\S]*responded with 503[\\s\\S]*" + MAIL)
        .contains(
            "50%",
            "<small>1 of 2</small>",
            "deliveries given up or being retried",
            "data-label=\"Waiting\"");
  }

  @Test
  void countsConsecutiveFailuresAndForgetsThemAtASuccess() {
    place.endpoint(CRM, "*");
    place.transport.responding(CRM, n -> ScriptedTransport.status(n < 11 ? 500 : 200));
    for (int i = 0; i < 9; i++) {
      place.publish("license_created", "{}");
    }
    Poll.until(() -> page().contains("0 delivered, 9 failed"));
    assertThat(page()).as("equal failures in a row are one").contains("× 9</span>");
    assertThat(page())
        .as("nine failures do not make it failing")
        .contains("retrying</span>", ">HTTP 500 · 9 failures in a row<")
        .doesNotContain("working</span>");
    place.publish("license_created", "{}");
    Poll.until(() -> page().contains("10 failures in a row"));
    assertThat(page()).contains("failing</span>");
    place.publish("license_created", "{}");
    // The engine may know of a success before the counts of older failures have arrived.
    Poll.until(() -> page().contains("1 delivered, 10 failed"));
    assertThat(page()).contains("working</span>").doesNotContain("in a row");
  }

  @Test
  void tenEndpointsAreShownThoseThatNeedAttentionFirst() {
    for (int i = 10; i < 20; i++) {
      place.endpoint("https://c" + i + ".example/hook", "customer_created");
    }
    assertThat(page()).contains(">All endpoints</a>").doesNotContain("that need attention first");
    place.endpoint(CRM, "license_created");
    assertThat(page())
        .contains(">All 11 endpoints</a>", "10 of 11, those that need attention first", "c19.ex")
        .doesNotContain(CRM);
    place.transport.responding(CRM, 410);
    place.publish("license_created", "{}");
    Poll.until(() -> page().contains("disabled</span>"));
    assertThat(page()).contains(CRM).doesNotContain("c19.example");
  }

  @Test
  void testIsNotCountedAsADelivery() {
    var endpoint = place.endpoint(CRM, "*");
    place.transport.responding(CRM, 200);
    var unused = place.hookferry.webhooks().endpoints().test(SiteId.DEFAULT, endpoint.id()).join();
    assertThat(page()).contains("0 delivered, 0 failed", "no traffic yet");
  }

  @Test
  void saysThatAPausedOneIsPaused() {
    var endpoint = place.endpoint(CRM, "*");
    var unused =
        place
            .hookferry
            .webhooks()
            .endpoints()
            .change(SiteId.DEFAULT, endpoint.id(), EndpointSpec.change().enabled(false));
    place.publish("license_created", "{}");
    Poll.until(() -> page().contains("headline wait"));
    assertThat(page())
        .contains("<b>1 delivery is on hold: 1 endpoint is paused</b>", "Nothing else is waiting<")
        .contains("href=\"/sites/default/deliveries?status=held\">View deliveries</a>")
        .doesNotContain("Everything is being delivered");
    assertThat(admin.get("/sites/default/switch").body())
        .contains("1 of 1 paused")
        .doesNotContain("working");
  }

  @Test
  void heldDeliveriesAreMentionedBesideOtherProblems() {
    place.pause(place.endpoint(MAIL, "customer_created").id());
    place.publish("customer_created", "{}");
    place.publish("customer_created", "{}");
    place.endpoint(CRM, "license_created");
    place.transport.responding(CRM, 500);
    for (int i = 0; i < 10; i++) {
      place.publish("license_created", "{}");
    }
    Poll.until(() -> page().contains("1 of 2 endpoints is not working"));
    assertThat(page())
        .as("said aside")
        .contains(
            "<p class=\"aside\"><a href=\"/sites/default/endpoints?state=paused\">"
                + "2 deliveries are on hold: 1 endpoint is paused</a></p>");
  }

  @Test
  void deliveriesWaitingForARetryingEndpointAreMentioned() {
    place.endpoint(MAIL, "customer_created");
    place.endpoint(CRM, "license_created");
    place.transport.responding(MAIL, 500);
    place.transport.responding(CRM, 500);
    place.publish("customer_created", "{}");
    for (int i = 0; i < 10; i++) {
      place.publish("license_created", "{}");
    }
    Poll.until(() -> page().contains("1 of 2 endpoints is not working"));
    String aside = "<p class=\"aside\">1 delivery waits for mail.example/in (retrying)</p>";
    Poll.until(() -> page().contains(aside));
    assertThat(page())
        .contains(">10 deliveries waiting for it</a> · No delivery from the last 24 hours was ");
  }

  @Test
  void failuresThatMayPassAreNotPassedOver() {
    place.endpoint(CRM, "license_created");
    place.transport.responding(CRM, 500);
    place.publish("license_created", "{}");
    Poll.until(() -> page().contains("The last attempts to 1 of 1 endpoint failed"));
    assertThat(page())
        .contains(
            "headline wait",
            ">1 delivery is waiting</a> · No delivery from the last 24 hours was given up")
        .doesNotContain("Everything is being delivered");
  }

  @Test
  void notifiesOnlyViewersOfTheSite() {
    AtomicInteger told = new AtomicInteger();
    AtomicInteger toldOther = new AtomicInteger();
    Runnable end = place.activity.feed(SiteId.DEFAULT).open(told::incrementAndGet);
    place.activity.feed(new SiteId("other")).open(toldOther::incrementAndGet);
    place.publish("license_created", "{}");
    Poll.until(() -> told.get() > 0);
    end.run();
    int before = told.get();
    place.publish("license_created", "{}");
    assertThat(told).hasValue(before);
    assertThat(toldOther).hasValue(0);
  }

  @Test
  void failingEndpointsAndTheirDeliveriesAreInTheFirstSentence() {
    place.endpoint(MAIL, "customer_created");
    Endpoint crm = place.endpoint(CRM, "license_created");
    place.transport.responding(CRM, 500);
    for (int i = 0; i < 10; i++) {
      place.publish("license_created", "{}");
    }
    String list =
        "/sites/default/deliveries?status=pending&amp;status=held&amp;status=waiting&amp;endpoint="
            + crm.id();
    String queue = "<a href=\"" + list + "\">10 deliveries waiting for it</a> · ";
    Poll.until(() -> page().contains(queue));
    assertThat(page())
        .as("red, though no delivery is lost yet")
        .contains("headline bad", "<b>1 of 2 endpoints is not working</b>")
        .contains(queue + "No delivery from the last 24 hours was given up</p>")
        .contains("href=\"/sites/default/problems\">View problems</a>");
  }

  @Test
  void eachNumberBelowTheFirstSentenceLeadsToItsList() {
    place.endpoint(CRM, "license_created");
    place.transport.responding(CRM, 500);
    for (int i = 0; i < 9; i++) {
      place.publish("license_created", "{}");
    }
    Poll.until(() -> page().contains("9 failures in a row"));
    setNoRetries();
    place.publish("license_created", "{}");
    Poll.until(() -> page().contains("1 given up from the last 24 hours"));
    Poll.until(() -> page().contains("HTTP 500 since 12:00 UTC · 10 failures"));
    assertThat(page())
        .containsSubsequence(
            "<b>1 of 1 endpoint is not working</b>",
            "\">9 deliveries waiting for it</a> · ",
            "/deliveries?status=exhausted&amp;status=poisoned&amp;since=",
            "\">1 given up from the last 24 hours</a></p>",
            CRM + "</a>: HTTP 500 since 12:00 UTC · 10 failures · 9 waiting · 1 given up</li>")
        .doesNotContain("attempts failed", "No delivery from", "class=\"aside\"");
  }

  @Test
  void failedTestsAreNotCountedAsLost() {
    setNoRetries();
    Endpoint crm = place.endpoint(CRM, "license_created");
    place.transport.responding(CRM, 500);
    place.publish("license_created", "{}");
    var unusedTest =
        place.webhooks().endpoints().test(SiteId.DEFAULT, crm.id(), EventType.TEST).join();
    Poll.until(
        () ->
            page().contains("1 delivery from the last 24 hours was given up, to 1 of 1 endpoint"));

    Matcher review = Pattern.compile("href=\"([^\"]*)\">View deliveries").matcher(page());
    assertThat(review.find()).isTrue();
    assertThat(admin.get(review.group(1).replace("&amp;", "&")).body())
        .contains("1 delivery", "test deliveries excluded");
  }

  @Test
  void answersItsOwnQuestionFirst() {
    place.endpoint(MAIL, "license_created");
    place.transport.responding(MAIL, 200);
    place.publish("license_created", "{}");
    Poll.until(() -> page().contains("1 delivered, 0 failed"));
    assertThat(page()).contains("headline good", "Everything is being delivered");

    setNoRetries();
    place.endpoint(CRM, "license_created");
    place.transport.responding(CRM, 500);
    place.publish("license_created", "{}");
    place.publish("license_created", "{}");
    Poll.until(
        () ->
            page()
                .contains(
                    "2 deliveries from the last 24 hours were given up, to 1 of 2 endpoints"));
    assertThat(page())
        .contains(
            "headline bad",
            "/deliveries?status=exhausted&amp;status=poisoned&amp;since=2025-12-31T12%3A00")
        .contains(
            "/deliveries/all?status=exhausted&amp;status=poisoned&amp;since=",
            ">Retry 2 given-up deliveries…<")
        .doesNotContain("Everything is being delivered");
    assertThat(admin.get("/sites/default/replays?status=exhausted&since=2025-12-31T12%3A00").body())
        .contains("value=\"2025-12-31T12:00\"", "value=\"exhausted\" selected");
  }

  /** The charts of a site and of its endpoints have slots of different lengths. */
  @Test
  void theFailureRateIsTheSumOfTheRows() {
    setNoRetries();
    place.endpoint(CRM, "license_created");
    place.endpoint(MAIL, "customer_created");
    place.transport.responding(CRM, 500);
    place.transport.responding(MAIL, 200);
    place.clock.advance(Duration.ofMinutes(3));
    place.publish("license_created", "{}");
    place.publish("license_created", "{}");
    place.publish("customer_created", "{}");
    Poll.until(() -> page().contains("1 delivered, 2 failed"));
    assertThat(failureRate()).isEqualTo("2 of 3").isEqualTo(sumOfRows());

    place.clock.advance(Duration.ofMinutes(30));
    for (Delivery one : place.deliveries()) {
      if (one.state() == DeliveryState.EXHAUSTED) {
        var unusedRetry = place.webhooks().deliveries().retry(SiteId.DEFAULT, one.id()).join();
      }
    }
    Poll.until(() -> page().contains("1 delivered, 4 failed"));
    assertThat(failureRate()).as("they failed again").isEqualTo("2 of 3").isEqualTo(sumOfRows());

    place.clock.advance(Duration.ofMinutes(28));
    assertThat(failureRate()).isEqualTo(sumOfRows());
    assertThat(page())
        .contains("title=\"Of the deliveries first attempted or delivered in the last");
  }

  private void setNoRetries() {
    var unused =
        place
            .webhooks()
            .settings()
            .changeByName(SiteId.DEFAULT, java.util.Map.of("webHookMaxRetries", 0));
  }

  private String failureRate() {
    Matcher tile = TILE.matcher(page());
    return tile.find() ? tile.group(1) : "0 of 0";
  }

  private String sumOfRows() {
    Matcher row = ROW.matcher(page());
    int failed = 0;
    int all = 0;
    while (row.find()) {
      failed += Integer.parseInt(row.group(1));
      all += Integer.parseInt(row.group(2));
    }
    return failed + " of " + all;
  }

  @Test
  void countsADeliveryOnceHoweverOftenItWasTried() {
    place.endpoint(CRM, "*");
    place.transport.responding(CRM, n -> ScriptedTransport.status(n < 3 ? 500 : 200));
    place.publish("license_created", "{}");
    Poll.until(() -> page().contains("0 delivered, 1 failed"));
    assertThat(page())
        .contains("100%", "1 of 1", "1 delivery is waiting<", "oldest waiting")
        .contains(
            ">deliveries given up or being retried</span>", "<span class=\"window\">1 h</span>")
        .contains("/deliveries?status=delivered&amp;range=1h");
    place.clock.advance(Duration.ofMinutes(5));
    Poll.until(() -> page().contains("0 delivered, 2 failed"));
    assertThat(page()).contains("100%", "1 of 1").doesNotContain("of 2");
    place.clock.advance(Duration.ofMinutes(5));
    Poll.until(() -> page().contains("1 delivered, 2 failed"));
    assertThat(page()).contains("0%", "0 of 1");
  }

  @Test
  void internalFailureIsShownAndNotBlamedOnTheReceiver() {
    place.activity.fault("the name server did not answer", new IllegalStateException());
    assertThat(page()).contains("Hookferry itself has a problem", "the name server did not answer");
    assertThat(
            place
                .person(SiteId.DEFAULT, dev.hookferry.access.Scope.READ)
                .get("/sites/default")
                .body())
        .contains("Hookferry itself has a problem", "1 failure in the last 5 minutes")
        .doesNotContain("the name server did not answer");
    place.clock.advance(Duration.ofMinutes(6));
    assertThat(page()).doesNotContain("Hookferry itself");
  }

  private String page() {
    return admin.get("/sites/default").body();
  }
}
