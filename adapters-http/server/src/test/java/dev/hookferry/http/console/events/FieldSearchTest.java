package dev.hookferry.http.console.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.event.NewEvent;
import dev.hookferry.http.console.ConsoleFixture;
import dev.hookferry.http.console.Person;
import dev.hookferry.id.SiteId;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Finds events by the search fields of their site. */
class FieldSearchTest {
  private static final String PAGE = "/sites/default/find";
  private static final Pattern FURTHER = Pattern.compile("href=\"([^\"]+)\">Search further back");

  @RegisterExtension private final ConsoleFixture place = new ConsoleFixture();
  private final Person admin = place.admin();

  @Test
  void aSearchFieldIsLookedUpInAllEvents() {
    searchBy("Key");
    place.clock.advance(Duration.ofMinutes(1));
    for (int i = 0; i < 25; i++) {
      place.publish("license_created", "{\"Key\":\"AB-7\",\"No\":\"n" + i + "\"}");
    }
    place.publish("license_created", "{\"Key\":\"AB-77\"}");

    String page = admin.get(PAGE + "?q=key:AB-7").body();
    assertThat(page).contains("Key</code> is <code>AB-7<", "Searched all events by Key.");
    assertThat(admin.get(PAGE + "?q=key%3DAB-7").body()).contains("Key</code> is <code>AB-7<");
    assertThat(page.split("Key</code> is", -1)).hasSize(21);
    Matcher older = Pattern.compile("href=\"([^\"]+)\">Older events").matcher(page);
    assertThat(older.find()).isTrue();
    String rest = admin.get(older.group(1).replace("&amp;", "&")).body();
    assertThat(rest.split("Key</code> is", -1)).hasSize(6);
    assertThat(rest).doesNotContain("Older events", "Search further back");
    assertThat(admin.get(PAGE + "?q=Key:AB-8").body())
        .contains("<strong>No event with Key AB-8 in default<", "The whole value must be the same.")
        .doesNotContain("Search further back", "0 events", "has this id");
    assertThat(admin.get(PAGE + "?q=No:n7").body()).contains("No</code> is <code>n7<");
  }

  @Test
  void aValueAloneIsLookedUpInEverySearchField() {
    searchBy("Key", "Order");
    place.clock.advance(Duration.ofMinutes(1));
    place.publish("license_created", "{\"Key\":\"AB-7\",\"Order\":\"SO-1\"}");
    place.publish("license_created", "{\"Order\":\"AB-7\"}");
    for (int batch = 0; batch < 3; batch++) {
      List<NewEvent> others =
          IntStream.range(0, 500).mapToObj(i -> NewEvent.of("license_created", "{}")).toList();
      var unused = place.webhooks().publishAll(SiteId.DEFAULT, others).join();
    }

    assertThat(admin.get(PAGE + "?q=SO-1").body())
        .contains(
            ">1 event found in Order<",
            "Order</code> is <code>SO-1<",
            "Searched all events by Key and Order.")
        .contains("?q=SO-1&amp;from=payloads\">Search all payloads")
        .doesNotContain("so far", "Search further back");
    String list = "/sites/default/deliveries?data=Order%3ASO-1\">Show as deliveries<";
    assertThat(admin.get(PAGE + "?q=Order:SO-1").body())
        .contains(">1 event<", list)
        .doesNotContain("Search all payloads");
    assertThat(admin.get(PAGE + "?q=AB-7").body())
        .contains(
            ">2 events found in Key, Order<",
            "Key</code> is <code>AB-7<",
            "Order</code> is <code>AB-7<")
        .doesNotContain("Show as deliveries");
    assertThat(admin.get(PAGE + "?q=AB-7&from=sites.").body())
        .contains("Key</code> is <code>AB-7<");
    assertThat(admin.get(PAGE + "?q=Order:SO-1&type=license_created").body())
        .as("with a filter")
        .contains(">1 event<")
        .doesNotContain("Show as deliveries");
    assertThat(admin.get(PAGE + "?q=SO-1&from=payloads").body())
        .contains("Not found so far", "payloads of 1,000 events, back to");
    assertThat(admin.get(PAGE + "?q=SO-").body()).as("part of it").contains("Not found so far");
  }

  @Test
  void aValueAloneIsPagedThroughOneFieldAfterTheOther() {
    searchBy("Key", "Order");
    place.clock.advance(Duration.ofMinutes(1));
    for (int i = 0; i < 25; i++) {
      String field = i < 3 ? "Order" : "Key";
      place.publish("license_created", "{\"" + field + "\":\"AB-7\"}");
    }

    String page = admin.get(PAGE + "?q=AB-7").body();
    assertThat(page).contains(">20+ events<");
    Matcher older = Pattern.compile("href=\"([^\"]+)\">Older events").matcher(page);
    assertThat(older.find()).isTrue();
    String rest = admin.get(older.group(1).replace("&amp;", "&")).body();
    assertThat(rest.split("Key</code> is <code>AB-7", -1)).hasSize(3);
    assertThat(rest.split("Order</code> is <code>AB-7", -1)).hasSize(4);
  }

  @Test
  void theHitsOfAValueAreNewestFirstAndShownOnce() {
    searchBy("Key", "Order");
    place.clock.advance(Duration.ofMinutes(1));
    place.publish("license_created", "{\"Key\":\"AB-7\",\"Order\":\"AB-7\"}");
    for (int i = 0; i < 20; i++) {
      place.clock.advance(Duration.ofSeconds(1));
      place.publish("license_created", "{\"Key\":\"AB-7\"}");
    }
    place.clock.advance(Duration.ofSeconds(1));
    place.publish("license_created", "{\"Order\":\"AB-7\"}");

    String page = admin.get(PAGE + "?q=AB-7").body();
    Matcher older = Pattern.compile("href=\"([^\"]+)\">Older events").matcher(page);
    assertThat(older.find()).isTrue();
    String rest = admin.get(older.group(1).replace("&amp;", "&")).body();
    assertThat(rest.split("</code> is <code>AB-7", -1)).as("one by each field").hasSize(3);
    assertThat(rest.indexOf("Order</code> is <code>AB-7"))
        .as("the newest of the page first")
        .isPositive()
        .isLessThan(rest.indexOf("Key</code> is <code>AB-7"));
  }

  @Test
  void distinguishesSearchFieldsThatDifferOnlyInCase() {
    searchBy("Id", "id");
    place.clock.advance(Duration.ofMinutes(1));
    place.publish("license_created", "{\"Id\":\"A-1\",\"id\":\"B-2\"}");

    assertThat(admin.get(PAGE + "?q=id:B-2").body()).contains("id</code> is <code>B-2<");
    assertThat(admin.get(PAGE + "?q=Id:A-1").body()).contains("Id</code> is <code>A-1<");
    assertThat(admin.get(PAGE + "?q=Id:B-2").body()).contains("No event with Id B-2 in default");
    assertThat(admin.get(PAGE + "?q=ID:B-2").body())
        .as("either, so the data is read")
        .contains("id</code> is <code>B-2<", "payloads of all 1 events");
  }

  @Test
  void aFewEventsOlderThanTheIndexAreScanned() {
    place.publish("license_created", "{\"Key\":\"AB-7\"}");
    place.publish("license_created", "{\"Key\":\"AB-77\"}");
    place.clock.advance(Duration.ofMinutes(1));
    searchBy("Key");
    place.publish("license_created", "{\"Key\":\"AB-7\"}");

    String page = admin.get(PAGE + "?q=Key:AB-7").body();
    assertThat(page)
        .contains(">2 events<", "Key</code> is <code>AB-7<")
        .contains(
            "Searched all events by Key, and 2 from before it became a search field (2026-01-01"
                + " 12:01 UTC) by their payloads.")
        .doesNotContain("AB-77", "Search further back", "accepted since");
    assertThat(admin.get(PAGE + "?q=Key:AB-9").body())
        .contains("<strong>No event with Key AB-9 in default<", "and 2 from before")
        .doesNotContain("Search further back");
  }

  @Test
  void manyEventsFromBeforeTheIndexAreSearchedFurtherBack() {
    place.publish("license_created", "{\"Key\":\"AB-7\"}");
    List<NewEvent> others =
        IntStream.range(0, 210).mapToObj(i -> NewEvent.of("license_created", "{}")).toList();
    var unused = place.webhooks().publishAll(SiteId.DEFAULT, others).join();
    place.clock.advance(Duration.ofMinutes(1));
    searchBy("Key");
    place.clock.advance(Duration.ofMinutes(1));
    place.publish("license_created", "{\"Key\":\"AB-8\"}");

    String page = admin.get(PAGE + "?q=Key:AB-7").body();
    assertThat(page)
        .contains("Not found so far", "No event accepted since", "have not been searched yet")
        .contains("class=\"button first\" href=\"/sites/default/find?q=Key")
        .doesNotContain("No retained event");
    Matcher further = FURTHER.matcher(page);
    assertThat(further.find()).isTrue();
    assertThat(admin.get(further.group(1).replace("&amp;", "&")).body())
        .contains("Key</code> is <code>AB-7<", "payloads of all 211 events further");
    assertThat(admin.get(PAGE + "?q=Key:AB-8").body())
        .contains("Key</code> is <code>AB-8<", ">1 event so far<")
        .contains("class=\"button\" href=\"/sites/default/find?q=Key", "Search further back");
  }

  @Test
  void theSearchFieldsAreChangedThere() {
    assertThat(admin.get(PAGE).body()).contains("Fields, separated by commas");
    assertThat(admin.post(PAGE + "/fields", "fields=Key%2C+customer.id").body())
        .contains("The search fields were saved", "<option value=\"customer.id:\">");
    assertThat(admin.post(PAGE + "/fields", "fields=a%3Ab").body())
        .contains("Not done", "must be the name of a payload field");
    assertThat(place.hookferry.webhooks().settings().get(SiteId.DEFAULT).searchFields().names())
        .containsExactly("Key", "customer.id");
  }

  private void searchBy(String... fields) {
    var unused = place.webhooks().settings().update(SiteId.DEFAULT, s -> s.searchFields(fields));
  }
}
