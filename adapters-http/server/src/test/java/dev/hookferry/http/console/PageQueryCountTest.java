package dev.hookferry.http.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Poll;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.id.SiteId;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.EventQuery;
import dev.hookferry.query.PageRequest;
import dev.hookferry.store.QueryTimeoutException;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A page looks into the log as often for many things as for few, and seldom. */
class PageQueryCountTest {
  private static final String SITE = "/sites/default";

  private final ConsoleFixture place = new ConsoleFixture();
  private final Person admin = place.admin();

  @AfterEach
  void close() {
    place.close();
  }

  @Test
  void noPageNeedsMoreQueriesForMoreData() {
    var unusedEndpoint = place.endpoint("https://crm.example/hook", "license_created");
    Endpoint paused = place.endpoint("https://erp.example/hook", "license_created");
    var unused =
        place
            .hookferry
            .webhooks()
            .endpoints()
            .change(SiteId.DEFAULT, paused.id(), EndpointSpec.change().enabled(false));
    place.transport.responding("https://crm.example/hook", 503);
    publish(60); // more than a page, so that what matches is counted
    List<String> pages = pages();
    var few = looks(pages);
    publish(40);

    assertThat(looks(pages)).isEqualTo(few);
    assertThat(few.values()).allSatisfy(looks -> assertThat(looks).hasSizeLessThanOrEqualTo(8));
  }

  @Test
  void aLookThatTakesTooLongSaysWhatCanBeDone() {
    place.counted.fail(new QueryTimeoutException("it took long; ask for less", new Exception()));

    Person.Shown shown = admin.get(SITE + "/deliveries?type=license_created");

    assertThat(shown.status()).isEqualTo(503);
    assertThat(shown.body()).contains("This took too long", "It took long; ask for less.");
  }

  @Test
  void sendAndThePaletteWorkWithoutTheLog() {
    Endpoint crm = place.endpoint("https://crm.example/hook", "license_created");
    place.publish("license_created", "{\"ActivationKey\":\"A-1\"}");
    place.counted.fail(new QueryTimeoutException("it took long; ask for less", new Exception()));

    Person.Shown send = admin.get(SITE + "/send?type=license_created");
    assertThat(send.status()).isEqualTo(200);
    assertThat(send.body()).contains(">Sample payload.<");
    for (String text : List.of("crm", "retry crm")) {
      Person.Shown palette = admin.get(SITE + "/palette?q=" + FormValues.encoded(text));
      assertThat(palette.status()).as(text).isEqualTo(200);
    }
    assertThat(admin.get(SITE + "/palette?q=crm").body()).contains("/endpoints/" + crm.id());
  }

  private void publish(int count) {
    for (int i = 0; i < count; i++) {
      place.publish("license_created", "{\"ActivationKey\":\"KEY-" + i + "\"}");
    }
    Poll.until(() -> deliveries().stream().anyMatch(delivery -> delivery.attempts() > 0));
    Poll.until(() -> !place.webhooks().problems().all(SiteId.DEFAULT).isEmpty());
  }

  private List<Delivery> deliveries() {
    DeliveryQuery all = DeliveryQuery.ofSite(SiteId.DEFAULT).limit(PageRequest.MAX_LIMIT);
    return place.hookferry.webhooks().deliveries().list(all).data();
  }

  private List<String> pages() {
    Delivery delivery =
        deliveries().stream().filter(d -> d.attempts() > 0).findFirst().orElseThrow();
    String event =
        place
            .hookferry
            .webhooks()
            .events()
            .list(EventQuery.ofSite(SiteId.DEFAULT))
            .data()
            .get(0)
            .id()
            .value();
    return Stream.of(
            "",
            "/deliveries",
            "/deliveries?status=pending&endpoint=" + delivery.endpoint(),
            "/deliveries/" + delivery.id(),
            "/events",
            "/events/" + event,
            "/retry-queue",
            "/retry-queue?state=held",
            "/endpoints",
            "/endpoints/" + delivery.endpoint(),
            "/replays",
            "/server-properties",
            "/find?q=" + event,
            "/find?q=" + delivery.id())
        .map(page -> SITE + page)
        .toList();
  }

  private TreeMap<String, List<String>> looks(List<String> pages) {
    TreeMap<String, List<String>> looks = new TreeMap<>();
    pages.forEach(page -> looks.put(page, place.counted.of(() -> show(page))));
    return looks;
  }

  private void show(String page) {
    assertThat(admin.get(page).status()).as(page).isEqualTo(200);
  }
}
