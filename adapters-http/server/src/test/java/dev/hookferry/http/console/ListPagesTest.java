package dev.hookferry.http.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Poll;
import dev.hookferry.event.NewEvent;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The columns and filters that all lists share. */
class ListPagesTest {
  private static final String SITE = "/sites/default";
  private static final String CRM = "https://crm.example/hook";

  @RegisterExtension private final ConsoleFixture place = new ConsoleFixture();
  private final Person admin = place.admin();

  @BeforeEach
  void publish() {
    place.transport.responding(CRM, 503);
    place.endpoint(CRM, "*");
    place.publish("license_created", "{\"ActivationKey\":\"=KEY-1\",\"Rate\":1.10}");
    Poll.until(() -> place.deliveries().get(0).attempts() == 1);
  }

  @Test
  void chosenColumnsAreShownAndKept() {
    String event = place.deliveries().get(0).event().value();
    String plain = admin.get(SITE + "/deliveries").body();
    assertThat(plain).doesNotContain("=KEY-1", ">503</td>", event);
    assertThat(admin.get(SITE + "/deliveries?col=event&col=code&field=ActivationKey").body())
        .contains("=KEY-1</td>", ">503</td>", event);
    assertThat(admin.get(SITE + "/deliveries").body())
        .as("the cookie keeps the choice")
        .contains("=KEY-1</td>", ">503</td>", event);
    assertThat(admin.get(SITE + "/events").body()).contains("=KEY-1</td>");
    assertThat(admin.get(SITE + "/deliveries?field=Rate").body()).contains(">1.10</td>");
    assertThat(admin.get(SITE + "/deliveries?field=Missing").body()).contains("Missing</th>");
    assertThat(admin.get(SITE + "/deliveries?col=").body()).doesNotContain("=KEY-1", ">503</td>");
    assertThat(admin.get(SITE + "/deliveries").body()).doesNotContain("=KEY-1", ">503</td>");
  }

  @Test
  void aFilterByAnUnknownEndpointFindsNothingAndSaysWhy() {
    EndpointId removed = place.endpoint("https://gone.example/hook", "license_deleted").id();
    place.webhooks().endpoints().remove(SiteId.DEFAULT, removed);
    for (String list : List.of("/deliveries", "/retry-queue")) {
      for (String unknown : List.of("nobody", removed.toString())) {
        Person.Shown none = admin.get(SITE + list + "?endpoint=" + unknown);
        assertThat(none.status()).as(list + " " + unknown).isEqualTo(200);
        assertThat(none.body())
            .contains("<p>No endpoint has this id, name or URL.</p>", "Clear filters</a>")
            .doesNotContain("No deliveries match", "No waiting", "Correct the", "Please correct");
      }
      assertThat(admin.get(SITE + list + "?endpoint=nobody&code=x").body())
          .contains("HTTP status from 100 to 599", "Correct the filters to see deliveries.")
          .doesNotContain("No endpoint has this id");
    }
    assertThat(admin.get(SITE + "/deliveries/all?endpoint=nobody").header("Location"))
        .as("nothing is offered to be sent")
        .isEqualTo(SITE + "/deliveries?endpoint=nobody");
  }

  @Test
  void theFirstSearchFieldIsAColumnUntilSomeoneChoosesOthers() {
    var unused =
        place
            .webhooks()
            .settings()
            .update(SiteId.DEFAULT, site -> site.searchFields("customer.id", "ActivationKey"));
    place.publish("license_created", "{\"customer\":{\"name\":\"ACME\",\"id\":\"C-4711\"}}");
    Poll.until(() -> place.deliveries().size() == 2);
    for (String list : new String[] {"/deliveries", "/events", "/retry-queue"}) {
      assertThat(admin.get(SITE + list).body())
          .as(list)
          .contains("customer.id</th>", "data-label=\"customer.id\">C-4711</td>");
    }
    String endpoint = place.deliveries().get(0).endpoint().toString();
    assertThat(admin.get(SITE + "/endpoints/" + endpoint).body())
        .contains("customer.id</th>", "data-label=\"customer.id\">C-4711</td>");
    String chosen = "<span class=\"soft\">customer.id</span> C-4711";
    assertThat(admin.get(SITE + "/find?q=ACME").body()).contains(chosen);
    assertThat(admin.get(SITE + "/find?q=customer.id:C-4711").body())
        .as("not said twice")
        .contains("customer.id</code> is <code>C-4711<")
        .doesNotContain(chosen);
    assertThat(admin.get(SITE + "/deliveries?col=&field=").body()).doesNotContain("C-4711");
    assertThat(admin.get(SITE + "/events").body())
        .as("the choice holds for all lists")
        .doesNotContain("C-4711");
  }

  @Test
  void givenUpIsOneStatusToChoose() {
    String list = SITE + "/deliveries";
    assertThat(admin.get(list).body())
        .contains("value=\"given-up\"", "<span>given up</span>")
        .doesNotContain("value=\"exhausted\"", "value=\"poisoned\"");
    for (String both : new String[] {"status=given-up", "status=exhausted&status=poisoned"}) {
      assertThat(admin.get(list + "?range=24h&" + both).body())
          .as(both)
          .contains("value=\"given-up\" checked", "<span>given up</span><a href=\"" + list)
          .contains("<a href=\"" + list + "?range=24h\" aria-label=\"Remove the filter given up\"")
          .contains("No deliveries match these filters");
    }
    assertThat(admin.get(list + "?status=poisoned").body())
        .contains("value=\"poisoned\" checked", "given up: server crash</span>");
  }

  @Test
  void lessUsualFiltersAreFoldedAwayUnlessOneIsSet() {
    String list = SITE + "/deliveries";
    assertThat(admin.get(list).body())
        .contains(
            "id=\"more-filters\"><summary><span class=\"to-unfold\">More filters",
            "id=\"code\"",
            "id=\"event\"");
    assertThat(admin.get(list + "?status=pending").body()).contains("id=\"more-filters\">");
    assertThat(admin.get(list + "?code=5xx").body()).contains("id=\"more-filters\" open>");
    assertThat(admin.get(SITE + "/events").body())
        .contains("id=\"label\"")
        .doesNotContain("more-filters");
  }

  /** The review of all once opened the panel of the row that was open. */
  @Test
  void whatIsDoneWithAllOfAListLeavesItsOpenRow() {
    String row = place.deliveries().get(0).id().toString();
    for (String list : List.of("/deliveries", "/events", "/retry-queue")) {
      assertThat(admin.get(SITE + list + "?tests=no&open=" + row).body())
          .as(list)
          .containsPattern("/(all|export)\\?tests=no[&\"]")
          .doesNotContainPattern("/(all|export)\\?[^\"]*open=");
    }
  }

  @Test
  void aRowShowsTheWholeHost() {
    place.endpoint("https://a-rather-long-name.customer.example/in/7", "*");
    place.publish("license_created", "{}");
    assertThat(admin.get(SITE + "/deliveries").body())
        .contains(
            "<span class=\"host\">a-rather-long-name.customer.example</span>"
                + "<span class=\"cut\"></span><span class=\"end\">/in/7</span>");
  }

  @Test
  void idsAreCutInTheMiddleAndCopiedWhole() {
    String event = place.deliveries().get(0).event().value();
    String end = event.substring(event.length() - 6);
    assertThat(admin.get(SITE + "/events").body())
        .contains("<code class=\"id\" title=\"" + event + "\"><span class=\"cut\">")
        .contains("</span><span>" + end + "</span></code>", "data-copy-text=\"" + event + "\"");
    String given = "order-50005-".repeat(7);
    var unused =
        place
            .webhooks()
            .publish(SiteId.DEFAULT, NewEvent.of("license_created", "{}").id(given))
            .join();
    assertThat(admin.get(SITE + "/events").body())
        .as("a publisher's own, too")
        .contains("<code class=\"id given\" title=\"" + given + "\"><span class=\"cut\">order-");
  }

  @Test
  void aPatternStandsForTheTypesThatItMatches() {
    place.publish("customer_created", "{}");
    String all = SITE + "/deliveries";
    assertThat(admin.get(all).body())
        .contains("2 deliveries</strong>", "id=\"pattern-type\" name=\"type\"");
    assertThat(admin.get(all + "?type=license_*&type=").body())
        .contains("1 delivery</strong>", "value=\"license_*\" checked", "<span>license_*</span>");
    assertThat(admin.get(SITE + "/events?type=license_*&type=customer_created").body())
        .contains("2 events</strong>");
    assertThat(admin.get(SITE + "/retry-queue?type=customer_*").body())
        .contains("1 delivery</strong>");
    place.clock.advance(Duration.ofMinutes(1));
    assertThat(admin.get(SITE + "/deliveries/all?type=license_*").body())
        .as("all that match can be sent again")
        .contains("name=\"send\" value=\"pending\"", "license_*");
    assertThat(admin.get(all + "?type=none.*").body())
        .contains("Event type: no event type of this site matches none.*");
    assertThat(admin.get(all + "?type=a*b*").body()).contains("enter an event type, a prefix");
  }

  @Test
  void aPatternFindsTypesThatAnOpenSiteDoesNotDeclare() {
    var unused =
        place.webhooks().settings().changeByName(SiteId.DEFAULT, Map.of("openCatalog", true));
    place.publish("order.paid", "{}");
    assertThat(admin.get(SITE + "/deliveries?type=order.*").body())
        .contains("1 delivery</strong>")
        .contains("/deliveries/all?type=order.*\"");
    assertThat(admin.get(SITE + "/events?type=order.*&type=license_created").body())
        .contains("2 events</strong>");
    String named = SITE + "/deliveries/all?type=order.paid";
    assertThat(admin.get(SITE + "/deliveries/all?type=order.*").header("Location"))
        .as("a replay knows types only by name")
        .contains(named);
    place.clock.advance(Duration.ofMinutes(1));
    assertThat(admin.get(named).body()).contains("name=\"send\" value=\"pending\"");
    String cut = admin.get(named + "&newest=4&status=pending").body();
    assertThat(cut)
        .contains("Only 1 event type is chosen: those of the newest 4 deliveries that match.")
        .contains("href=\"" + SITE + "/deliveries/all?status=pending\" aria-label=\"Remove");
    assertThat(admin.get(named + "&newest=4&status=exhausted").body())
        .contains("those of the newest 4 deliveries", "<strong>Nothing to send</strong>");
    assertThat(admin.get(SITE + "/deliveries/all?type=none.*").header("Location"))
        .as("without names, all would match")
        .contains(SITE + "/deliveries?type=none.*");
  }

  @Test
  void eventsAreFilteredByWhatBecameOfThem() {
    String event = place.deliveries().get(0).event().value();
    place.transport.responding(CRM, 200);
    place.clock.advance(Duration.ofMinutes(6));
    Poll.until(() -> place.deliveries().get(0).attempts() == 2);
    place.transport.responding(CRM, 503);
    place.publish("customer_created", "{}");
    Poll.until(() -> place.deliveries().get(0).attempts() == 1);
    String list = SITE + "/events";

    assertThat(admin.get(list).body()).contains("2 events</strong>", ">Outcome</summary>");
    assertThat(admin.get(list + "?status=delivered").body())
        .contains("1 event</strong>", "/events/" + event + "\"", "value=\"delivered\" checked")
        .doesNotContain(">customer_created</a>");
    assertThat(admin.get(list + "?status=pending&status=given-up").body())
        .contains("1 event</strong>", ">customer_created</a>");
    assertThat(admin.get(list + "?status=pending&type=license_created").body())
        .contains("No events match these filters");
    assertThat(admin.get(list + "/export?status=delivered&as=csv").status()).isEqualTo(200);
  }

  @Test
  void eventsAreFilteredByTypesAndId() {
    place.publish("customer_created", "{}");
    String event = place.deliveries().get(0).event().value();
    String list = SITE + "/events";
    assertThat(admin.get(list).body()).contains("2 events</strong>");
    assertThat(admin.get(list + "?type=license_created&type=customer_created").body())
        .contains("2 events</strong>");
    assertThat(admin.get(list + "?type=license_created").body()).contains("1 event</strong>");
    assertThat(admin.get(list + "?event=" + event).body()).contains("1 event</strong>");
    assertThat(admin.get(list + "?event=none").body()).contains("No events match these filters");
    assertThat(admin.get(list + "?type=license_created&range=24h").body())
        .contains("Last 24 hours", "href=\"" + list + "?range=24h\"");
  }

  @Test
  void listsCanBeFilteredByOperationalEvents() {
    for (String list : new String[] {"/deliveries", "/events", "/retry-queue", "/find?q=KEY"}) {
      assertThat(admin.get(SITE + list).body())
          .as(list)
          .contains("name=\"type\" value=\"endpoint_failing\"");
    }
    assertThat(admin.get(SITE + "/replays").body()).contains("backlog_late");
    assertThat(admin.get(SITE + "/events?type=endpoint_failing").body())
        .contains("No events match these filters", "value=\"endpoint_failing\" checked");
  }

  @Test
  void theRetryQueueHasTheSameFilters() {
    String list = SITE + "/retry-queue";
    assertThat(admin.get(list + "?code=503&type=license_created").body())
        .contains("1 delivery</strong>", "HTTP 503");
    assertThat(admin.get(list + "?type=customer_created").body())
        .contains("No waiting deliveries match");
    assertThat(admin.get(list + "?state=held&type=customer_created").body())
        .contains("href=\"" + list + "?state=held\">Clear filters");
    assertThat(admin.get(list + "?code=abc").body()).contains("HTTP: enter an HTTP status");
  }

  @Test
  void anExportOfAnInvalidFilterIsTheListThatSaysSo() {
    assertThat(admin.get(SITE + "/deliveries/export?as=csv&status=lost").header("Location"))
        .isEqualTo(SITE + "/deliveries?status=lost");
    assertThat(admin.get(SITE + "/events/export?as=csv&range=1y").header("Location"))
        .isEqualTo(SITE + "/events?range=1y");
    assertThat(admin.get(SITE + "/events/export?as=csv&status=lost").header("Location"))
        .isEqualTo(SITE + "/events?status=lost");
  }
}
