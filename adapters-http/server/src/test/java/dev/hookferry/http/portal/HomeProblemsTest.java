package dev.hookferry.http.portal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Poll;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.Response;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.event.NewEvent;
import dev.hookferry.event.Payload;
import dev.hookferry.http.Served;
import dev.hookferry.id.SiteId;
import dev.hookferry.limit.SendLimits;
import dev.hookferry.limit.SendRate;
import dev.hookferry.observe.EndpointHealth;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several endpoints that fail are one sentence and a line each, not a notice each. */
class HomeProblemsTest {
  private static final String GONE = "https://gone.example/hook";
  private static final String ONCE = "https://once.example/hook";
  private static final String ALL = ",\"can\":[\"retry\",\"manage\"]";

  private final PortalScene scene = new PortalScene("{\"enabled\":true}");
  private final Served served = scene.served;

  @BeforeEach
  void sendOnce() {
    scene.sendOnce();
  }

  @AfterEach
  void close() {
    scene.close();
  }

  private void publish(int count) {
    for (int i = 0; i < count; i++) {
      NewEvent event = NewEvent.of("license_created", "{}").labels(Map.of("customer", "c-1"));
      var unused = served.webhooks.publish(SiteId.DEFAULT, event).join();
    }
    Poll.until(
        () ->
            scene.all().stream()
                .allMatch(
                    one ->
                        one.state().isFinal()
                            || one.state() == DeliveryState.HELD
                            || one.attempts() > 0));
  }

  private String home(String more) {
    return scene.page(scene.cookie(more), "/portal/").body();
  }

  @Test
  void anEndpointThatAskedForAPauseSaysSo() {
    served.webhooks.settings().update(SiteId.DEFAULT, s -> s.retry(r -> r.maxRetries(3)));
    Response pause = new Response(429, Payload.empty(), false, null, "600");
    served.transport.responding(
        PortalScene.MINE, n -> Outcome.responded(pause, Duration.ofMillis(7)));
    publish(1);

    assertThat(home(ALL))
        .containsSubsequence(
            "is rate limited until ",
            "datetime=\"2026-01-01T12:10:00Z\"",
            ": HTTP 429.",
            ">rate limited</span>",
            "mine.example/hook</a>");
    assertThat(home(ALL + ",\"locale\":\"de\"")).contains("mine.example/hook ist bis <time");
  }

  /** It once read "rate limited", whatever its receiver responded. */
  @Test
  void anEndpointWithARateOfItsOwnIsRetryingWhileItsAttemptsFail() {
    served.webhooks.settings().update(SiteId.DEFAULT, s -> s.retry(r -> r.maxRetries(3)));
    served.transport.responding(PortalScene.MINE, 500);
    publishToOneWithARate();
    Poll.until(() -> scene.all().stream().anyMatch(one -> one.attempts() == 1));
    EndpointHealth health = served.webhooks.endpoints().health(scene.mine);
    assertThat(health.state()).isEqualTo(EndpointHealth.State.RATE_LIMITED);
    assertThat(health.failures()).isEqualTo(1);

    Map<String, List<String>> words =
        Map.of(
            "en", List.of(">retrying</span>", "last attempt failed: HTTP 500"),
            "de", List.of(">wird erneut versucht</span>", "letzter Versuch fehlgeschlagen: HTTP"),
            "fr", List.of(">nouvelles tentatives</span>", "dernière tentative échouée"));
    words.forEach(
        (locale, expected) -> {
          String more = ALL + ",\"locale\":\"" + locale + "\"";
          String page =
              scene.page(scene.cookie(more), "/portal/endpoints/" + scene.mine.id()).body();
          assertThat(page).contains(expected);
          assertThat(home(more)).contains(expected);
        });
  }

  private void publishToOneWithARate() {
    SendLimits slow = SendLimits.NONE.rate(SendRate.parse("1/min"));
    var unused =
        served
            .webhooks
            .endpoints()
            .change(SiteId.DEFAULT, scene.mine.id(), EndpointSpec.change().limits(slow));
    for (int i = 0; i < 3; i++) {
      NewEvent event = NewEvent.of("license_created", "{}").labels(Map.of("customer", "c-1"));
      var unusedEvent = served.webhooks.publish(SiteId.DEFAULT, event).join();
    }
  }

  @Test
  void anEndpointIsNotBlamedForItsOwnRate() {
    publishToOneWithARate();
    Poll.until(() -> scene.all().stream().anyMatch(one -> one.state() == DeliveryState.DELIVERED));

    String page = scene.page(scene.cookie(ALL), "/portal/endpoints/" + scene.mine.id()).body();
    assertThat(page)
        .contains(">rate limited</span>", "at most 1 per minute; the rest follow in turn")
        .doesNotContain("last response");
    assertThat(home(ALL)).contains("at most 1 per minute; the rest follow in turn");
    String french = scene.page(scene.cookie(ALL + ",\"locale\":\"fr\""), "/portal/").body();
    assertThat(french).contains("au plus 1 par minute\u202f; le reste suit à son tour");
  }

  @Test
  void singleFailingEndpointIsMentionedOnce() {
    served.webhooks.settings().update(SiteId.DEFAULT, s -> s.retry(r -> r.maxRetries(3)));
    served.transport.responding(PortalScene.MINE, 400);
    publish(EndpointHealth.FAILING_AFTER);

    String home = home("");

    assertThat(home.split("class=\"note ", -1)).as("notes").hasSize(2);
    assertThat(home)
        .containsSubsequence(
            "<div class=\"note split bad\">",
            "mine.example/hook is failing",
            "status=pending&amp;tests=no&amp;endpoint=" + scene.mine.id(),
            ">10 deliveries are pending</a>. They will be retried automatically.",
            "</div>")
        .doesNotContain("from the last 24 hours", "class=\"totals\"")
        .contains(">Pending</th>");
  }

  @Test
  void theNavigationLeadsToTheEndpoints() {
    assertThat(home("")).contains("<a href=\"/portal/endpoints\">Endpoints</a>");
    String page = scene.page(scene.cookie(ALL), "/portal/endpoints").body();
    assertThat(page)
        .contains("<h1>Endpoints</h1>", "href=\"/portal/endpoints/" + scene.mine.id())
        .contains("aria-current=\"page\">Endpoints</a>", "href=\"/portal/endpoints/new\"")
        .doesNotContain(scene.theirs.id().toString());
    assertThat(scene.page(scene.cookie(""), "/portal/endpoints").body())
        .doesNotContain("/portal/endpoints/new");
  }

  @Test
  void oneMoreEndpointThanAreSaidHasItsOwnLine() {
    served.transport.responding(PortalScene.MINE, 400);
    for (int more = 1; more <= 3; more++) {
      addFailing(more);
    }
    publish(1);
    Poll.until(() -> scene.all().stream().allMatch(one -> one.state().isFinal()));
    String four = home(ALL);
    assertThat(four.replaceFirst("(?s).*<ul class=\"worst\">(.*?)</ul>.*", "$1").split("<li>", -1))
        .as("four lines")
        .hasSize(5);
    assertThat(four).contains("4 endpoints failed.").doesNotContain("see the list below");

    addFailing(4);
    publish(1);
    Poll.until(() -> scene.all().stream().allMatch(one -> one.state().isFinal()));
    assertThat(home(ALL))
        .contains("5 endpoints failed.", "2 more endpoints need attention; see the list below.");
  }

  @Test
  void whatHelpsStandsBelowTheCauseInTheCellOfTheEndpoint() {
    Endpoint gone = scene.endpoint(GONE, "c-1");
    served.transport.responding(GONE, 410);
    served.transport.responding(PortalScene.MINE, 400);
    publish(1);
    Poll.until(() -> !served.webhooks.endpoints().get(SiteId.DEFAULT, gone.id()).enabled());

    String cell = home(ALL).replaceFirst("(?s).*" + gone.id() + "\" title(.*?)</td>.*", "$1");
    assertThat(cell)
        .containsSubsequence(
            "<b>HTTP 410</b>", "class=\"acts\"", "/edit\">Edit URL</a>", ">Resume…</a>")
        .doesNotContain("<form");
  }

  private void addFailing(int number) {
    String url = "https://failing.example/" + number;
    served.transport.responding(url, 400);
    var unused = scene.endpoint(url, "c-1");
  }

  @Test
  void eachEndpointHasItsCauseItsCountAndWhatHelps() {
    served.transport.responding(PortalScene.MINE, 400);
    served.transport.responding(GONE, 410);
    publish(EndpointHealth.FAILING_AFTER);
    assertThat(home(ALL)).contains("mine.example/hook is failing").doesNotContain("\"cause\"");
    Endpoint gone = scene.endpoint(GONE, "c-1");
    Endpoint once = scene.endpoint(ONCE, "c-1");
    Endpoint works = scene.endpoint("https://works.example/hook", "c-1");
    served.transport.responding(ONCE, 503);
    publish(1);
    Poll.until(() -> !served.webhooks.endpoints().get(SiteId.DEFAULT, gone.id()).enabled());
    String home = home(ALL);
    assertThat(home)
        .contains("<strong>13 deliveries to 3 endpoints failed.</strong>")
        .containsSubsequence(
            "<ul class=\"worst\">",
            "<b>HTTP 400</b><span class=\"then\"><span class=\"join\"> – </span>check its log",
            "status=exhausted&amp;tests=no&amp;endpoint=" + scene.mine.id() + "\">11 failed</a>",
            " – </span>the URL no longer exists",
            " – </span>check whether it is up",
            "</ul>")
        .containsSubsequence("Created in the last 24 hours:", "range=24h\">13 failed</a>")
        .doesNotContain("is failing", "was disabled");
    assertThat(home.replaceFirst("(?s).*<table class=\"cards mine\">", ""))
        .containsSubsequence(
            "/portal/endpoints/" + scene.mine.id(),
            "<b>HTTP 400</b>",
            "retry?status=exhausted&amp;endpoint=" + scene.mine.id(),
            "/portal/endpoints/" + gone.id(),
            "<b>HTTP 410</b>",
            "/portal/endpoints/" + gone.id() + "/edit\">Edit URL</a>",
            "/portal/endpoints/" + gone.id() + "?resume=ask#resume\">Resume…</a>",
            "/portal/endpoints/" + once.id(),
            "<b>HTTP 503</b>",
            "/portal/endpoints/" + works.id());
    assertThat(home("")).doesNotContain("#resume\"");
    assertThat(home(ALL + ",\"locale\":\"de\""))
        .contains("13 Zustellungen an 3 Endpunkte sind fehlgeschlagen.");
  }
}
