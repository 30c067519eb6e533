package dev.hookferry.http.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Poll;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.Response;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.event.Payload;
import dev.hookferry.http.console.activity.ChartSpan;
import dev.hookferry.http.console.activity.EndpointHistory;
import dev.hookferry.http.console.activity.EndpointHistory.Slot;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class EndpointFiguresTest {
  private static final String LIST = "/sites/default/endpoints";
  private static final Pattern ROW = Pattern.compile("<tr id=\"(ep_[0-9a-z]+)\"");

  @RegisterExtension private final ConsoleFixture place = new ConsoleFixture();
  private final Person admin = place.admin();

  @Test
  void anEndpointsPageShowsWhatWasSentToItByResponseAndType() {
    Endpoint crm = place.endpoint("https://crm.example/hook", "*");
    sent(2);
    awaitAttempts(crm, 2);
    place.transport.responding("https://crm.example/hook", 500);
    place.publish("license_deleted", "{}");
    awaitAttempts(crm, 3);
    String page = admin.get(LIST + "/" + crm.id() + "?span=1h").body();
    assertThat(page)
        .contains(
            ">Deliveries first attempted</abbr></h2>", "2 delivered, 1 failed in the last hour")
        .contains("33.3% of 3 attempts failed in the last hour")
        .contains("endpoint=" + crm.id() + "&amp;range=1h&amp;code=500\">HTTP 500")
        .contains("range=1h&amp;type=license_deleted\">license_deleted")
        .contains("created by ", "As a table", ">all events<")
        .as("waiting ones are not attempted, and events are not counted")
        .doesNotContain(">Events</h2>", ">Deliveries</h2>");
    assertThat(page)
        .as("what is not known has no row")
        .containsSubsequence(
            ">Failure rate</abbr>",
            "<small>1 of 3</small></div>",
            "<b>1</b><span>Waiting</span> <small>oldest ",
            "<span>Next attempt</span>",
            "<th scope=\"row\">Before sending</th>",
            "<th scope=\"row\">Receiver</th>")
        .doesNotContain("<th scope=\"row\">On hold</th>", "p50 / p95");
    assertThat(admin.get(LIST + "/" + crm.id() + "?span=30d").body())
        .contains("2 delivered, 1 failed in the last 30 days");
  }

  @Test
  void showsTheLastSuccessAsFarAsKnown() {
    String crm = "https://crm.example/hook";
    String page = LIST + "/" + place.endpoint(crm, "license_created").id();
    String fact = "<dt>Last success</dt><dd>";
    assertThat(admin.get(page).body()).contains(fact + "never</dd>");
    place.clock.advance(Duration.ofDays(40));
    Person later = place.admin();
    assertThat(later.get(page).body())
        .as("no counts are kept of the time before")
        .contains(fact + "none in the last 30 days</dd>");
    place.transport.responding(crm, 200);
    place.publish("license_created", "{}");
    Poll.until(() -> later.get(page).body().contains(fact + "just now</dd>"));
  }

  @Test
  void theSevenPartsOfARangeAddUpToItsTotal() {
    Endpoint crm = place.endpoint("https://crm.example/hook", "*");
    for (int i = 0; i < 30; i++) {
      sent(1);
      place.clock.advance(Duration.ofMinutes(47));
    }
    awaitAttempts(crm, 30);
    for (ChartSpan span : ChartSpan.ALL) {
      EndpointHistory history = place.activity.history(crm.id(), span, place.clock.instant());
      List<Slot> seven = history.seven();
      assertThat(seven).as(span.code()).hasSizeBetween(6, 8);
      assertThat(seven.stream().mapToInt(Slot::attempts).sum()).isEqualTo(history.attempts());
    }
  }

  @Test
  void theListIsSortedByAnyHeadFilteredAndDividedIntoPages() {
    for (int i = 0; i < 60; i++) {
      place.endpoint("https://h" + (10 + i) + ".example/in", "license_created");
    }
    Endpoint bad = place.endpoint("https://z.example/in", "customer_created");
    place.transport.responding("https://z.example/in", 503);
    place.publish("customer_created", "{}");
    awaitAttempts(bad, 1);
    for (String sort : List.of("failed", "sent", "waiting", "state", "p95")) {
      assertThat(rows("?sort=" + sort).get(0)).as(sort).isEqualTo(bad.id().toString());
    }
    List<String> usual = rows("");
    assertThat(usual.get(0)).as("needs a person").isEqualTo(bad.id().toString());
    List<String> named = rows("?sort=name");
    assertThat(named).hasSize(50).doesNotContain(bad.id().toString());
    assertThat(usual.subList(1, 50)).as("the others by name").isEqualTo(named.subList(0, 49));
    assertThat(rows("?sort=-name").get(0)).isEqualTo(bad.id().toString());
    assertThat(rows("?sort=name&page=2")).hasSize(11).contains(bad.id().toString());
    assertThat(rows("?q=z.ex")).containsExactly(bad.id().toString());
    assertThat(rows("?state=paused")).isEmpty();
    assertThat(rows("?state=rate+limited")).containsExactly(bad.id().toString());
    assertThat(rows("?state=working")).isEmpty();
    assertThat(rows("?state=no+traffic+yet")).hasSize(50).doesNotContain(bad.id().toString());
    assertThat(admin.get(LIST).body()).contains("<option>no traffic yet</option>");
    assertThat(admin.get(LIST + "?sort=failed").body())
        .contains("aria-sort=\"descending\"")
        .contains("\"95 of 100 responses were faster; accurate to ±41%\">Receiver p95<")
        .doesNotContain("≈");
  }

  @Test
  void anEmptySiteSaysWhatToDoFirst() {
    assertThat(admin.get("/sites/default").body())
        .contains("Three steps to the first delivery", "Add an endpoint")
        .doesNotContain("Response time");
    Endpoint crm = place.endpoint("https://crm.example/hook", "*");
    assertThat(admin.get("/sites/default").body()).contains("Send a test");
    sent(1);
    awaitAttempts(crm, 1);
    assertThat(admin.get("/sites/default").body())
        .contains("Response time")
        .doesNotContain("Three steps");
  }

  @Test
  void anEndpointsPageHasEachShareOfTimeOnItsOwn() {
    Endpoint crm = place.endpoint("https://crm.example/hook", "*");
    place.pause(crm.id());
    sent(1);
    place.clock.advance(Duration.ofMinutes(1));
    place.admin().post(LIST + "/" + crm.id() + "/resume", "");
    awaitAttempts(crm, 1);

    assertThat(admin.get(LIST + "/" + crm.id()).body())
        .containsPattern("Before sending</th><td class=\"num\">[^<]*\\d")
        .contains("On hold</th><td class=\"num\">over 52 s</td><td class=\"num\">over 52 s<")
        .containsPattern("Receiver</th><td class=\"num\">[^<]*\\d");
  }

  @Test
  void recentDeliveriesBeginWithThoseAttemptedLast() {
    Endpoint crm = place.endpoint("https://crm.example/hook", "*");
    Response busy = new Response(429, Payload.of("busy"), false, null, "300");
    place.transport.responding(
        "https://crm.example/hook", n -> Outcome.responded(busy, Duration.ofMillis(7)));
    sent(1);
    awaitAttempts(crm, 1);
    String attempted = place.deliveries().get(0).id().toString();
    sent(12);

    String page = admin.get(LIST + "/" + crm.id()).body();
    assertThat(page).containsSubsequence("Recent deliveries", "<tr id=\"" + attempted, "HTTP 429");
    assertThat(page.split("<tr id=\"dlv_", -1)).as("ten rows").hasSize(11);
  }

  private void sent(int count) {
    for (int i = 0; i < count; i++) {
      place.publish("license_created", "{}");
    }
  }

  private void awaitAttempts(Endpoint endpoint, int count) {
    Poll.until(
        () ->
            place.activity.history(endpoint.id(), ChartSpan.MONTH, place.clock.instant()).attempts()
                >= count);
  }

  private List<String> rows(String query) {
    Matcher rows = ROW.matcher(admin.get(LIST + query).body());
    return rows.results().map(row -> row.group(1)).toList();
  }
}
