package dev.hookferry.http.console.deliveries;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Poll;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.http.console.ConsoleFixture;
import dev.hookferry.http.console.Person;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.replay.ReplayJob;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RetryMatchingPageTest {
  private static final String ALL = "/sites/default/deliveries/all?status=exhausted";
  private static final String CHOICE = "<summary>Choose endpoints</summary>";

  @RegisterExtension private final ConsoleFixture place = new ConsoleFixture();
  private final Person admin = place.admin();

  @Test
  void offersTheEndpointsWithTheirStatesAndNumbers() {
    var unused =
        place.webhooks().settings().changeByName(SiteId.DEFAULT, Map.of("webHookMaxRetries", 0));
    Endpoint crm = place.endpoint("https://crm.example/hook", "license_created");
    place.transport.responding("https://crm.example/hook", 500);
    exhausted("license_created", 1);
    assertThat(admin.get(ALL).body()).as("to one endpoint").doesNotContain(CHOICE);

    Endpoint erp = place.endpoint("https://erp.example/hook", "customer_created");
    place.transport.responding("https://erp.example/hook", 500);
    exhausted("customer_created", 3);
    place.pause(erp.id());

    assertThat(admin.get(ALL).body())
        .containsSubsequence(
            CHOICE,
            "name=\"status\" value=\"exhausted\"",
            "value=\"" + erp.id() + "\" checked><span dir=\"auto\">erp.example/hook · paused · 3<",
            "value=\"" + crm.id() + "\" checked><span dir=\"auto\">crm.example/hook",
            " · 1<");
    assertThat(admin.get(ALL + "&endpoint=" + erp.id()).body())
        .contains("<b>3 deliveries</b>", "<span>created at any time</span></li>")
        .doesNotContain(CHOICE);
  }

  @Test
  void eachEndpointOfTheFilterGetsAReplayOfItsOwn() {
    var unused =
        place.webhooks().settings().changeByName(SiteId.DEFAULT, Map.of("webHookMaxRetries", 0));
    for (String host : List.of("crm.example", "erp.example", "mail.host.net", "idle.example")) {
      place.endpoint("https://" + host + "/hook", host.startsWith("idle") ? "none" : "*");
      place.transport.responding("https://" + host + "/hook", 500);
    }
    exhausted("license_created", 1, 3);
    exhausted("license_created", 1, 3);

    String filtered = ALL + "&endpoint=.example";
    assertThat(admin.get(filtered).body())
        .contains("<b>4 deliveries</b>", "each has a replay of its own", ">Retry 4 deliveries<");
    String form = "since=1970-01-01T00:00:00Z&until=2027-01-01T00:00:00Z&rate=1&send=exhausted";
    assertThat(admin.post(filtered, form).body()).contains("2 replays started.");
    List<ReplayJob> jobs = place.webhooks().replays().list(SiteId.DEFAULT);
    assertThat(jobs)
        .extracting(job -> place.webhooks().endpoints().get(SiteId.DEFAULT, endpoint(job)))
        .extracting(one -> one.url().text())
        .containsExactlyInAnyOrder("https://crm.example/hook", "https://erp.example/hook");
  }

  @Test
  void tickedEndpointsAreTheFilterUnlessAllAreTicked() {
    var unused =
        place.webhooks().settings().changeByName(SiteId.DEFAULT, Map.of("webHookMaxRetries", 0));
    List<Endpoint> three =
        Stream.of("a", "b", "c")
            .map(host -> place.endpoint("https://" + host + ".example/hook", "*"))
            .toList();
    three.forEach(one -> place.transport.responding(one.url().text(), 500));
    exhausted("license_created", 2, 3);
    String offered = ALL + "&among=.example&offered=3";
    String two = "&endpoint=" + three.get(0).id() + "&endpoint=" + three.get(2).id();

    assertThat(admin.get(offered + two).header("Location")).isEqualTo(ALL + two);
    assertThat(admin.get(offered + two + "&endpoint=" + three.get(1).id()).header("Location"))
        .isEqualTo(ALL + "&endpoint=.example");
    for (String none : List.of(offered, ALL + "&offered=3")) {
      assertThat(admin.get(admin.get(none).header("Location")).body())
          .contains("Select at least one endpoint.");
    }

    assertThat(admin.get(ALL + two).body())
        .contains("to https://a.example/hook", "to https://c.example/hook")
        .contains(">Retry 4 deliveries<")
        .doesNotContain("https://b.example");
    assertThat(admin.get("/sites/default/deliveries?status=exhausted" + two).body())
        .as("the list keeps both, whatever else is filtered")
        .contains(
            "type=\"hidden\" name=\"endpoint\" value=\"" + three.get(0).id(),
            "type=\"hidden\" name=\"endpoint\" value=\"" + three.get(2).id(),
            "name=\"endpoint\" value=\"\" placeholder=\"2 endpoints\"",
            ">4 deliveries<")
        .doesNotContain(">https://b.example");
    String form = "since=1970-01-01T00:00:00Z&until=2027-01-01T00:00:00Z&rate=1&send=exhausted";
    assertThat(admin.post(ALL + two, form).body()).contains("2 replays started.");
    assertThat(place.webhooks().replays().list(SiteId.DEFAULT))
        .extracting(RetryMatchingPageTest::endpoint)
        .containsExactlyInAnyOrder(three.get(0).id(), three.get(2).id());
  }

  @Test
  void whatCannotBeSentNowIsExplainedForSeveralEndpoints() {
    for (String host : List.of("crm.example", "erp.example")) {
      place.pause(place.endpoint("https://" + host + "/hook", "*").id());
    }
    place.publish("license_created", "{}");
    assertThat(admin.get("/sites/default/deliveries/all?endpoint=.example").body())
        .contains("on hold")
        .doesNotContain("No delivery matches this filter");
  }

  private static EndpointId endpoint(ReplayJob job) {
    return Objects.requireNonNull(job.window().endpoint());
  }

  @Test
  void endpointsOfATooWideFilterMustBeChosen() {
    for (int i = 0; i < 26; i++) {
      String url = "https://host" + i + ".example/hook";
      place.endpoint(url, "*");
      place.transport.responding(url, 500);
    }
    place.transport.responding("https://host0.example/hook", 500);
    place.publish("license_created", "{}");
    assertThat(admin.get("/sites/default/deliveries?endpoint=.example&status=pending").body())
        .contains(">Retry…<");
    String filtered = ALL + "&endpoint=.example";
    assertThat(admin.get(filtered).body())
        .contains("Choose endpoints", "matches 26 endpoints", "host25.example/hook</span>");
    String form = "since=1970-01-01T00:00:00Z&until=2027-01-01T00:00:00Z&rate=1&send=exhausted";
    assertThat(admin.post(filtered, form).body())
        .contains("Choose up to 25 endpoints: the filter matches more.");
    assertThat(place.webhooks().replays().list(SiteId.DEFAULT)).isEmpty();
  }

  @Test
  void endpointsWithTheSameNameAreOfferedSeparately() {
    var unused =
        place.webhooks().settings().changeByName(SiteId.DEFAULT, Map.of("webHookMaxRetries", 0));
    for (String type : List.of("license_created", "customer_created")) {
      String url = "https://shop.example/" + type;
      place.transport.responding(url, 500);
      var shop =
          place
              .webhooks()
              .endpoints()
              .create(SiteId.DEFAULT, EndpointSpec.to(url).types(type).description("Shop"));
      exhausted(type, 1);
      assertThat(admin.get(ALL + "&endpoint=" + shop.endpoint().id()).body())
          .contains("1 delivery");
    }
    assertThat(admin.get(ALL).body().split(">Shop[^<]* · 1</span>", -1)).hasSize(3);
  }

  private void exhausted(String type, int count) {
    exhausted(type, count, 1);
  }

  private void exhausted(String type, int count, int endpoints) {
    long before = ended();
    for (int i = 0; i < count; i++) {
      place.publish(type, "{}");
    }
    Poll.until(() -> ended() == before + (long) count * endpoints);
    place.clock.advance(Duration.ofMinutes(1));
  }

  private long ended() {
    return place.deliveries().stream()
        .filter(one -> one.state() == DeliveryState.EXHAUSTED)
        .count();
  }
}
