package dev.hookferry.http.portal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.LogQueryRecorder;
import dev.hookferry.contract.support.Poll;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.event.NewEvent;
import dev.hookferry.http.Served;
import dev.hookferry.http.Served.Answer;
import dev.hookferry.id.SiteId;
import dev.hookferry.observe.EndpointHealth;
import dev.hookferry.portal.PortalAccess;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.Page;
import dev.hookferry.retry.RetrySettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Bounds of what a page looks up and of what is sent again at once, from the form to the store. */
class PortalBoundsTest {
  private static final int MAX_CAUSES = 10;
  private static final String RETRY = "/portal/deliveries/retry";
  private static final String FAILED = "?status=exhausted";

  private final LogQueryRecorder counted = new LogQueryRecorder();
  private final PortalScene scene =
      new PortalScene(new Served(options -> options, counted::around), "{\"enabled\":true}");
  private final Served served = scene.served;
  private final String cookie = scene.cookie("");

  @BeforeEach
  void neverRetry() {
    RetrySettings retry = RetrySettings.of(0, Duration.ofHours(1));
    var unused = served.webhooks.settings().update(SiteId.DEFAULT, s -> s.retry(retry));
  }

  @AfterEach
  void close() {
    scene.close();
  }

  private void publish(String customer, int count) {
    CompletableFuture.allOf(
            IntStream.range(0, count)
                .mapToObj(i -> NewEvent.of("license_created", "{}"))
                .map(event -> event.labels(Map.of("customer", customer)))
                .map(event -> served.webhooks.publish(SiteId.DEFAULT, event))
                .toArray(CompletableFuture[]::new))
        .join();
  }

  private List<Delivery> all(DeliveryQuery query) {
    List<Delivery> all = new ArrayList<>();
    Page<Delivery> page = served.webhooks.deliveries().list(query.limit(500));
    all.addAll(page.data());
    while (page.next() != null) {
      page = served.webhooks.deliveries().list(query.limit(500).after(page.next()));
      all.addAll(page.data());
    }
    return all;
  }

  private List<Delivery> failed() {
    return all(DeliveryQuery.ofSite(SiteId.DEFAULT).state(DeliveryState.EXHAUSTED));
  }

  private static int count(String page, String part) {
    return page.split(part, -1).length - 1;
  }

  @Test
  void noMoreThanTenCausesAreLookedUp() {
    int failing = MAX_CAUSES + 2;
    served.transport.responding(PortalScene.MINE, 400);
    for (int i = 1; i < failing; i++) {
      String url = "https://mine.example/hook-" + i;
      served.transport.responding(url, 400);
      var unused = scene.endpoint(url, "c-1");
    }
    int most = failing * EndpointHealth.FAILING_AFTER;
    publish("c-1", EndpointHealth.FAILING_AFTER);
    Poll.until(() -> failed().size() == most);

    String home = scene.page(cookie, "/portal/").body();
    assertThat(home)
        .contains(most + " deliveries to " + failing + " endpoints failed.")
        .contains("9 more endpoints need attention; see the list below.");
    assertThat(count(home, "<li><a href=\"/portal/endpoints/ep_")).isEqualTo(3);
    assertThat(count(home, "class=\"cause\"><b>HTTP 400</b>")).isEqualTo(MAX_CAUSES);

    List<String> looks = new ArrayList<>();
    List<String> review = new ArrayList<>();
    looks.addAll(counted.of(() -> review.add(scene.page(cookie, RETRY + FAILED).body())));
    assertThat(count(review.get(0), "Still failing: HTTP 400 – ")).isEqualTo(MAX_CAUSES);
    assertThat(count(review.get(0), "Still failing – ")).isEqualTo(2);
    assertThat(looks).filteredOn("attempts"::equals).hasSize(MAX_CAUSES);
  }

  private List<Delivery> oldestFirst() {
    return failed().stream()
        .filter(one -> one.endpoint().equals(scene.mine.id()))
        .sorted(Comparator.comparing(one -> one.id().toString()))
        .toList();
  }

  @Test
  void theNewestFiveHundredOfTheScopeAreSentAgainAtOnce() {
    int mine = PortalAccess.MAX_RETRIES + 7;
    served.transport.responding(PortalScene.MINE, 400);
    served.transport.responding(PortalScene.THEIRS, 400);
    publish("c-1", mine);
    publish("c-2", 3);
    Poll.until(() -> failed().size() == mine + 3);
    List<Delivery> before = oldestFirst();
    served.transport.responding(PortalScene.MINE, 200);
    served.transport.responding(PortalScene.THEIRS, 200);

    assertThat(scene.page(cookie, "/portal/deliveries" + FAILED).body())
        .contains("<strong>507 deliveries</strong>", ">Retry these 507…</a>");
    assertThat(scene.page(cookie, RETRY + FAILED).body())
        .contains(">500 deliveries will be sent to your endpoint.</strong>", ">Retry 500<")
        .contains("At most 500 are sent at once, the newest first.");
    Answer sent = scene.post(cookie, RETRY + FAILED, "all=yes&kind=failed");
    assertThat(sent.status()).as(sent.body()).isEqualTo(303);
    Poll.until(() -> served.transport.requestsTo(PortalScene.MINE).size() == mine + 500);
    Poll.until(() -> failed().size() == 7 + 3);

    assertThat(failed())
        .filteredOn(one -> one.endpoint().equals(scene.mine.id()))
        .extracting(Delivery::id)
        .containsExactlyInAnyOrderElementsOf(
            before.subList(0, 7).stream().map(Delivery::id).toList());
    assertThat(served.transport.requestsTo(PortalScene.THEIRS)).hasSize(3);
    String outcome = scene.page(cookie, sent.header("Location")).body();
    assertThat(outcome)
        .contains(
            "Retried deliveries</h1>", "<strong>500 of 500 delivered.<", ">Showing 50 of 500.")
        .contains("7 more deliveries match and were not retried: the limit is 500 per retry");
    assertThat(rowsBeforeAndBehindShowAll(outcome)).containsExactly(50, 500);
    String others = linkToOthers(outcome);
    assertThat(others).startsWith(RETRY + FAILED).contains("&until=");
    assertThat(scene.page(cookie, others).body()).contains("Retry 7 failed deliveries");
    Answer rest = scene.call(scene.token(""), "POST", "/deliveries/retry", "{}");
    assertThat(rest.json().path("count").asInt()).isEqualTo(7);
  }

  @Test
  void namesACauseOnlyIfAllFailuresShareIt() {
    int mine = 53;
    served.transport.responding(PortalScene.MINE, 400);
    publish("c-1", mine);
    Poll.until(() -> failed().size() == mine);
    Answer sent = scene.post(cookie, RETRY + FAILED, "all=yes&kind=failed");
    Poll.until(() -> failed().stream().filter(one -> one.attempts() == 2).count() == mine);
    assertThat(scene.page(cookie, sent.header("Location")).body())
        .contains("None of the 53 arrived: mine.example/hook still responds with HTTP 400.")
        .contains("<summary><strong>HTTP 400</strong></summary>");

    served.transport.responding(PortalScene.MINE, 404);
    Delivery oldest =
        failed().stream().min(Comparator.comparing(one -> one.id().toString())).orElseThrow();
    var unused = served.webhooks.deliveries().retry(SiteId.DEFAULT, oldest.id()).join();
    Poll.until(() -> failed().stream().anyMatch(one -> one.attempts() == 3));
    assertThat(scene.page(cookie, sent.header("Location")).body())
        .contains("None of the 53 arrived.", "Showing 50 of 53")
        .doesNotContain("still responds", "<strong>HTTP 400</strong>");
  }

  @Test
  void othersOfTheSameMillisecondAreSentAgainOnce() {
    int mine = PortalAccess.MAX_RETRIES + 7;
    served.transport.responding(PortalScene.MINE, 400);
    publish("c-1", mine);
    Poll.until(() -> failed().size() == mine);
    Answer sent = scene.post(cookie, RETRY + FAILED, "all=yes&kind=failed");
    Poll.until(() -> served.transport.requestsTo(PortalScene.MINE).size() == mine + 500);
    Poll.until(() -> failed().size() == mine);

    String others = linkToOthers(scene.page(cookie, sent.header("Location")).body());
    assertThat(scene.page(cookie, others).body()).contains("Retry 7 failed deliveries");
    var unused = scene.post(cookie, others, "all=yes&kind=failed");
    Poll.until(() -> served.transport.requestsTo(PortalScene.MINE).size() == mine + 507);
    assertThat(failed()).extracting(Delivery::attempts).containsOnly(2);
  }

  private static String linkToOthers(String page) {
    Matcher link = Pattern.compile("id=\"sent-left\">[^<]*<a href=\"([^\"]*)\"").matcher(page);
    assertThat(link.find()).isTrue();
    return link.group(1).replace("&amp;", "&");
  }

  /** Follows the link that shows all rows, which leads back to the same list. */
  private List<Integer> rowsBeforeAndBehindShowAll(String outcome) {
    Matcher link = Pattern.compile("<a href=\"([^\"]+)\">Show all</a>").matcher(outcome);
    assertThat(link.find()).isTrue();
    String path = link.group(1).replace("&amp;", "&");
    assertThat(path).contains("&show=all", FAILED.substring(1));
    List<String> pages = new ArrayList<>();
    List<String> looks = counted.of(() -> pages.add(scene.page(cookie, path).body()));
    assertThat(looks).as("read together").doesNotContain("delivery").hasSizeLessThan(20);
    return List.of(rows(outcome), rows(pages.get(0)));
  }

  private static int rows(String outcome) {
    return outcome.split("data-cell=\"status\"", -1).length - 1;
  }
}
