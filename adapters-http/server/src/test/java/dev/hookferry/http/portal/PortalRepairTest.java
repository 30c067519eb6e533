package dev.hookferry.http.portal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Poll;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.event.NewEvent;
import dev.hookferry.http.Served;
import dev.hookferry.http.console.activity.Activity;
import dev.hookferry.id.SiteId;
import dev.hookferry.observe.EndpointHealth;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The pages lead a customer from a failure through a test to what failed before. */
class PortalRepairTest {
  private static final String ALL = ",\"can\":[\"test\",\"retry\",\"manage\",\"secrets\"]";
  private static final String OTHER = "https://other.example/hook";
  private static final String RETRY = "/portal/deliveries/retry?status=exhausted";

  private final PortalScene scene = new PortalScene("{\"enabled\":true}");
  private final Served served = scene.served;
  private final String endpoint = "/portal/endpoints/" + scene.mine.id();
  private final String cookie = scene.cookie(ALL);

  @BeforeEach
  void sendOnce() {
    scene.sendOnce();
  }

  @AfterEach
  void close() {
    scene.close();
  }

  private String page(String path) {
    return scene.page(cookie, path).body();
  }

  @Test
  void aTestThatArrivedLeadsToWhatFailedBefore() {
    served.transport.responding(PortalScene.MINE, 500);
    scene.publish("c-1", EndpointHealth.FAILING_AFTER);
    assertThat(page(RETRY)).contains("these will probably fail again", "class=\"note wait\"");
    served.transport.responding(PortalScene.MINE, 200);

    String tested = scene.posted(cookie, endpoint + "/test", "").body();
    assertThat(tested)
        .containsSubsequence(
            "class=\"note good\"",
            "The test arrived.",
            "10 deliveries failed</a> before this test.",
            "class=\"button first\" href=\"/portal/deliveries/retry",
            "Retry 10 failed deliveries…",
            "Send another test")
        .doesNotContain("more notice", "Once your endpoint works again");
    assertThat(page(endpoint))
        .contains(">test arrived</span>")
        .doesNotContain(">failing</span>")
        .contains("A test arrived, so your endpoint works again: retry the failed deliveries.");
    assertThat(page(RETRY))
        .contains("<p class=\"note good\">A test arrived ")
        .doesNotContain("probably fail again");
    assertThat(page("/portal/deliveries/" + scene.all().get(0).id()))
        .doesNotContain("Send a test first");
  }

  @Test
  void aFailingEndpointIsTestedBeforeAnythingIsSentAgain() {
    served.transport.responding(PortalScene.MINE, 500);
    scene.publish("c-1", EndpointHealth.FAILING_AFTER);

    String test = "action=\"" + endpoint + "/test\"";
    assertThat(page("/portal/"))
        .containsSubsequence(test, "<button class=\"first\">Send test</button>")
        .contains("<a class=\"button\" href=\"/portal/deliveries/retry?status=exhausted")
        .doesNotContain("button first");
    assertThat(page(endpoint))
        .contains("<button class=\"first\" name=\"type\" value=\"\">Send test</button>")
        .contains("<a class=\"button\" href=\"/portal/deliveries/retry?status=exhausted")
        .doesNotContain("button first");
    assertThat(page(RETRY))
        .contains("<h1>Retry 10 failed deliveries to mine.example/hook?</h1>")
        .containsSubsequence(
            "<button class=\"first\" form" + test + ">Send a test first</button>",
            "<button data-text=\"Retry #\"",
            ">Retry 10</button>");
    String delivery = "/portal/deliveries/" + scene.all().get(0).id();
    assertThat(page(delivery))
        .containsSubsequence(
            test, ">Send a test first</button>", delivery + "/retry\"", "<button class=\"\">Retry");
    String untesting = scene.cookie(",\"can\":[\"retry\"]");
    assertThat(scene.page(untesting, RETRY).body())
        .contains(">Retry 10</button>")
        .doesNotContain("Send a test first", "class=\"first\"");
    assertThat(scene.page(untesting, delivery).body())
        .contains("<button class=\"first\">Retry")
        .doesNotContain("Send a test first");
    assertThat(scene.page(untesting, "/portal/").body())
        .contains("Retry 10 failed deliveries…")
        .doesNotContain("Send test", "button first");
  }

  @Test
  void nothingIsTickedForTheOnlyEndpointWhileItFails() {
    served.transport.responding(PortalScene.MINE, 500);
    scene.publish("c-1", EndpointHealth.FAILING_AFTER);
    served.webhooks.settings().update(SiteId.DEFAULT, s -> s.retry(r -> r.maxRetries(3)));
    publishOne();
    Poll.until(() -> scene.all().stream().anyMatch(one -> one.state() == DeliveryState.PENDING));

    assertThat(page("/portal/deliveries/retry?range=24h"))
        .contains("<h1>Choose what to retry</h1>", "value=\"failed\" data-count=\"10\"><strong>")
        .contains(">Send a test first</button>", ">Retry selected</button>")
        .contains(">No delivery is selected.</strong>")
        .doesNotContain(" checked");
  }

  @Test
  void aTestThatArrivedSaysWhatIsPendingAndLetsItBeSentNow() {
    served.transport.responding(PortalScene.MINE, 500);
    scene.publish("c-1", EndpointHealth.FAILING_AFTER);
    served.webhooks.settings().update(SiteId.DEFAULT, s -> s.retry(r -> r.maxRetries(3)));
    publishOne();
    publishOne();
    Poll.until(() -> scene.all().stream().filter(one -> one.attempts() > 0).count() == 12);
    served.transport.responding(PortalScene.MINE, 200);

    String tested = scene.posted(cookie, endpoint + "/test", "").body();
    String send = "href=\"/portal/deliveries/retry?status=pending&amp;endpoint=" + scene.mine.id();
    assertThat(tested)
        .containsSubsequence(
            "10 deliveries failed</a> before this test.",
            "<p>2 pending deliveries will be sent automatically starting <time",
            "class=\"button first\" href=\"/portal/deliveries/retry?status=exhausted",
            "class=\"button\" " + send + "&amp;from=endpoint\">Send 2 pending now…</a>");
    assertThat(page("/portal/deliveries/retry?status=pending&endpoint=" + scene.mine.id()))
        .contains(
            "<h1>Send 2 pending deliveries to mine.example/hook now?</h1>", ">Send 2 now</button>");
    String testing = scene.cookie(",\"can\":[\"test\"]");
    assertThat(scene.posted(testing, endpoint + "/test", "").body())
        .contains("<p>2 pending deliveries will be sent")
        .doesNotContain("pending now");
    served.transport.responding(PortalScene.MINE, 500);
    assertThat(scene.posted(cookie, endpoint + "/test", "").body())
        .doesNotContain("pending deliveries will", "pending now");
  }

  @Test
  void theFirstPageLeadsToTheFormOfAFailingEndpoint() {
    served.transport.responding(PortalScene.MINE, 500);
    scene.publish("c-1", EndpointHealth.FAILING_AFTER);
    String edit = "<a class=\"button\" href=\"" + endpoint + "/edit\">Edit endpoint</a>";
    assertThat(page("/portal/")).containsSubsequence("class=\"note split bad\"", edit);
    assertThat(page(endpoint)).as("has a button of its own").doesNotContain("Edit endpoint");
    assertThat(scene.page(scene.cookie(""), "/portal/").body()).doesNotContain("Edit endpoint");
    String only = scene.cookie(",\"can\":[\"manage\"]");
    assertThat(scene.page(only, "/portal/").body()).contains(edit);
  }

  private void publishOne() {
    NewEvent event = NewEvent.of("license_created", "{}").labels(Map.of("customer", "c-1"));
    var unused = served.webhooks.publish(SiteId.DEFAULT, event).join();
  }

  @Test
  void aTestThatFailedBecauseOfTheUrlOffersToEditIt() {
    served.transport.responding(PortalScene.MINE, 404);
    assertThat(scene.posted(cookie, endpoint + "/test", "").body())
        .containsSubsequence("The test failed.", "/edit\">Edit URL</a>", "Send another test");
    served.transport.responding(PortalScene.MINE, 500);
    assertThat(scene.posted(cookie, endpoint + "/test", "").body())
        .contains("<button class=\"first\">Send another test</button>")
        .doesNotContain("Edit URL");
  }

  @Test
  void aTestThatFailedSaysTheReasonOnce() {
    String advice = "Your endpoint failed while it handled the request.";
    served.transport.responding(PortalScene.MINE, 500);
    scene.publish("c-1", EndpointHealth.FAILING_AFTER);
    assertThat(page(endpoint)).contains(advice, "Once your endpoint works", "Show this delivery");

    String tested = scene.posted(cookie, endpoint + "/test", "").body();
    assertThat(tested.split(advice, -1)).as("said once").hasSize(2);
    assertThat(tested.split("class=\"note ", -1)).as("notes").hasSize(2);
    assertThat(tested)
        .containsSubsequence(
            "The test failed.",
            advice,
            "<p class=\"in-brief\"><strong class=\"bad-text\">",
            "is failing",
            "10 deliveries failed</a> · <a href=\"/portal/deliveries/retry?status=exhausted",
            "&amp;from=endpoint\">Retry…</a></p>")
        .doesNotContain("Once your endpoint works", "Show this delivery");
  }

  @Test
  void whatWaitsForARetryCanBeSentOnceItsEndpointWorks() {
    served.webhooks.settings().update(SiteId.DEFAULT, s -> s.retry(r -> r.maxRetries(3)));
    served.transport.responding(PortalScene.MINE, 500);
    publishOne();
    Poll.until(() -> scene.all().stream().allMatch(one -> one.attempts() == 1));
    assertThat(page(endpoint)).doesNotContain("still waiting for its next attempt");
    served.transport.responding(PortalScene.MINE, 200);
    publishOne();
    Poll.until(() -> served.webhooks.endpoints().health(scene.mine).failures() == 0);
    Poll.until(() -> scene.all().stream().filter(one -> !one.state().isFinal()).count() == 1);

    assertThat(page(endpoint))
        .containsSubsequence(
            "<p>1 earlier delivery is still waiting for its next attempt, <time ",
            ">in ",
            "</time>. <a href=\"/portal/deliveries/retry?status=pending&amp;endpoint=",
            ">Send 1 pending now…</a></p>");
  }

  @Test
  void aPausedEndpointIsOneNoteWithItsCause() {
    served.transport.responding(PortalScene.MINE, 404);
    scene.publish("c-1", 2);
    var unused = scene.post(cookie, endpoint + "/pause", "");
    scene.publish("c-1", 3);

    String page = page(endpoint);
    assertThat(page.split("class=\"note ", -1)).as("notes").hasSize(2);
    assertThat(page)
        .containsSubsequence(
            "mine.example/hook has been paused since",
            "class=\"button first\" href=\"" + endpoint + "/edit\">Edit URL</a>",
            "<details class=\"ask calm\" id=\"resume\"><summary>Resume…</summary>",
            "action=\"" + endpoint + "/resume\"",
            "<p>Resuming sends the 3 deliveries on hold.</p>",
            "Deliveries per second",
            "id=\"rate-help\">The maximum rate",
            "Test the URL before you resume.",
            "<button>Resume</button></div></form></details>",
            "2 deliveries failed</a>",
            "3 on hold</a>",
            "Nothing accepts events at this URL.");
  }

  @Test
  void anEndpointThatWorksAgainIsNotBlamedForThePast() {
    Endpoint other = scene.endpoint(OTHER, "c-1");
    served.transport.responding(OTHER, 500);
    served.transport.responding(PortalScene.MINE, 404);
    scene.publish("c-1", 1);
    assertThat(page("/portal/"))
        .contains(
            "class=\"button first\" href=\"/portal/deliveries/retry?status=exhausted"
                + "&amp;from=home\">Retry 2 failed deliveries…</a>")
        .doesNotContain("works again");
    served.transport.responding(OTHER, 200);
    scene.publish("c-1", 1);
    Poll.until(() -> served.webhooks.endpoints().health(other).failures() == 0);

    assertThat(page("/portal/"))
        .containsSubsequence(
            "<div class=\"note split bad\">",
            other.id() + "\" dir=\"auto\">other.example/hook</a>: <b>works again</b>",
            "class=\"button first\" href=\"/portal/deliveries/retry?status=exhausted",
            ">working</span>",
            "<span class=\"cause back\"><b>works again</b><span class=\"soft\"> · ",
            "failed until ",
            "HTTP 500")
        .doesNotContain("<b>HTTP 500</b>");
  }

  @Test
  void nothingIsChosenWhereAllWouldProbablyFailAgain() {
    var unusedEndpoint = scene.endpoint(OTHER, "c-1");
    served.transport.responding(OTHER, 500);
    served.transport.responding(PortalScene.MINE, 500);
    scene.publish("c-1", EndpointHealth.FAILING_AFTER);

    assertThat(page("/portal/"))
        .contains(
            "<a class=\"button\" href=\"/portal/deliveries/retry?status=exhausted"
                + "&amp;from=home\">Choose what to retry…</a>")
        .doesNotContain(">Retry 20 failed");
    assertThat(page(RETRY + "&from=home"))
        .contains("<h1>Choose what to retry</h1>", "data-none=\"Retry selected\"")
        .contains("<p>These endpoints are still failing, so nothing is selected. You can still")
        .contains("data-tick-all hidden>Select all</button>", ">Retry selected</button>")
        .contains("data-none=\"No delivery is selected.\">No delivery is selected.</strong>")
        .contains("<p class=\"crumb back\"><a href=\"/portal/\">Home</a>")
        .doesNotContain("data-per=\"10\" checked");
  }

  @Test
  void aNewEndpointHasOneButtonForItsFirstTest() {
    String made =
        scene
            .posted(cookie, "/portal/endpoints/new", "url=https://made.example/hook&type=*")
            .body();
    assertThat(made).containsSubsequence("class=\"note ", "whsec_", "I have copied it");
    assertThat(made.split(">Send test</button>", -1)).as("buttons").hasSize(2);
    assertThat(made.split("cannot be resolved at present", -1).length)
        .as("said once, if the name cannot be resolved")
        .isLessThanOrEqualTo(2);
  }

  @Test
  void anEndpointWhoseOnlyTestFailedSaysSoAndComesFirst() {
    try (PortalScene seen =
        new PortalScene(Served.withActivity(new Activity()), "{\"enabled\":true}")) {
      String visitor = seen.cookie(ALL);
      Endpoint newer = seen.endpoint(OTHER, "c-1");
      assertThat(seen.page(visitor, "/portal/endpoints").body())
          .containsSubsequence(newer.id() + "\"", seen.mine.id() + "\"")
          .contains(">no traffic yet</span>");
      seen.served.transport.responding(PortalScene.MINE, 404);
      var unused = seen.post(visitor, "/portal/endpoints/" + seen.mine.id() + "/test", "");

      assertThat(seen.page(visitor, "/portal/endpoints").body())
          .containsSubsequence(
              ">test failed</span>",
              seen.mine.id() + "\"",
              "<b>HTTP 404</b><span class=\"soft\"> – check the URL</span>",
              ">no traffic yet</span>",
              newer.id() + "\"");
      assertThat(seen.page(visitor, "/portal/endpoints/" + seen.mine.id()).body())
          .contains(">test failed</span>");

      seen.served.transport.responding(PortalScene.MINE, 200);
      var again = seen.post(visitor, "/portal/endpoints/" + seen.mine.id() + "/test", "");
      assertThat(again.status()).isEqualTo(303);
      assertThat(seen.page(visitor, "/portal/endpoints").body())
          .contains("<span class=\"status good\" title=\"A test arrived. No event ")
          .contains(">test passed</span>", ">no traffic yet</span>");
      assertThat(seen.page(visitor, "/portal/event-types/license_created").body())
          .contains(">test passed</span>", "No deliveries.")
          .doesNotContain("All deliveries");
      assertThat(seen.page(visitor, "/portal/endpoints/" + newer.id()).body())
          .contains("No deliveries.")
          .doesNotContain("All deliveries");
    }
  }

  @Test
  void anErrorOpensOnlyThePartOfTheFormThatHasIt() {
    String blank = "&filter-path-0=&filter-operator-0=is&filter-value-0=";
    String refused = scene.post(cookie, "/portal/endpoints/new", "url=x&type=*" + blank).body();
    assertThat(refused)
        .contains("Please correct the following")
        .contains("<details class=\"more\" id=\"filter-group\"><summary>")
        .contains("<details class=\"more other-types\"><summary>");
    assertThat(scene.post(cookie, "/portal/endpoints/new", "url=x&row=filter-add" + blank).body())
        .contains("<details class=\"more\" id=\"filter-group\" open><summary>");
    assertThat(scene.post(cookie, "/portal/endpoints/new", "url=x&types=stock.*").body())
        .contains("<details class=\"more other-types\" open><summary>");
  }
}
