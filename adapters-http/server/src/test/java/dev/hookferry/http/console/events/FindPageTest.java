package dev.hookferry.http.console.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.access.Scope;
import dev.hookferry.contract.support.Poll;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.event.NewEvent;
import dev.hookferry.http.console.ConsoleFixture;
import dev.hookferry.http.console.Person;
import dev.hookferry.id.SiteId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FindPageTest {
  private static final String PAGE = "/sites/default/find";
  private static final String CRM = "https://crm.example/hook";

  /** The end of a link with its name: the URL without the scheme. */
  private static final String SHOWN = "\">crm.example/hook</a>";

  private static final Pattern FURTHER = Pattern.compile("href=\"([^\"]+)\">Search further back");

  @RegisterExtension private final ConsoleFixture place = new ConsoleFixture();
  private final Person admin = place.admin();

  @Test
  void theBoxKeepsWhatWasSearchedFor() {
    assertThat(admin.get(PAGE + "?q=so-1").body())
        .containsOnlyOnce("name=\"q\" type=\"search\"")
        .contains("id=\"find\" name=\"q\" type=\"search\" value=\"so-1\"");
    assertThat(admin.get("/sites/default/events?q=so-1").body())
        .contains("id=\"find\" name=\"q\" type=\"search\" value=\"\"");
  }

  @Test
  void emptySearchShowsWhatCanBeSearched() {
    assertThat(admin.get(PAGE).body())
        .contains("Idempotency key</dt>", "ActivationKey:HF4T0", " autofocus>");
    assertThat(admin.get(PAGE + "?q=abcd").body()).doesNotContain(" autofocus>");
    searchBy(SiteId.DEFAULT, "Order.Number");
    assertThat(admin.get(PAGE).body())
        .contains("<code>Order.Number:…</code>")
        .doesNotContain("HF4T0");
  }

  @Test
  void anEventThatWasDeliveredIsFoundByIdKeyAndDelivery() {
    Delivery delivery = publish(200);
    for (String asked : List.of("so-1", "Order%2F41", delivery.id().toString())) {
      assertThat(admin.get(PAGE + "?q=" + asked).body())
          .as(asked)
          .contains("1 delivery", "delivered</span>", SHOWN, "1 attempt · <time")
          .contains("/sites/default/events/so-1", "/deliveries/" + delivery.id());
    }
  }

  @Test
  void failedDeliveryShowsItsErrorAndNextAttempt() {
    publish(503);
    assertThat(admin.get(PAGE + "?q=so-1").body())
        .contains("pending</span>", SHOWN, ">in 5 min</time>")
        .contains("1 attempt, HTTP 503, next attempt <time");
  }

  @Test
  void heldAndCancelledDeliveriesSaySo() {
    Delivery delivery = publish(503);
    place.pause(delivery);
    assertThat(admin.get(PAGE + "?q=so-1").body())
        .contains("on hold</span>", SHOWN, "1 attempt, HTTP 503, endpoint paused")
        .doesNotContain("on hold: endpoint");
    var unused =
        place.hookferry.webhooks().deliveries().cancel(SiteId.DEFAULT, delivery.id()).join();
    assertThat(admin.get(PAGE + "?q=so-1").body()).contains("cancelled</span>", CRM);
  }

  @Test
  void givenUpDeliverySaysSoAndShowsItsError() {
    var unused =
        place
            .hookferry
            .webhooks()
            .settings()
            .update(SiteId.DEFAULT, s -> s.retry(r -> r.maxRetries(0)));
    publish(404);
    assertThat(admin.get(PAGE + "?q=so-1").body())
        .contains("given up</span>", SHOWN, "1 attempt, HTTP 404 · <time");
  }

  @Test
  void deliveryThatCrashesItsSenderIsParked() {
    place.transport.responding(
        CRM,
        n -> {
          throw new StackOverflowError("the answer of " + n);
        });
    place.endpoint(CRM, "*");
    place.publish("license_created", "{}");
    Poll.until(
        () -> {
          place.clock.advance(Duration.ofMinutes(10));
          return place.deliveries().get(0).state() == DeliveryState.POISONED;
        });
    // Whoever was signed in is out by now.
    assertThat(place.admin().get(PAGE + "?q=" + place.deliveries().get(0).id()).body())
        .contains("given up</span>", SHOWN, "sending it crashed the server twice · <time");
  }

  @Test
  void anIdThatNobodyKnowsIsNotFound() {
    publish(200);
    assertThat(admin.get(PAGE + "?q=evt_00000000000000000000000000").body())
        .contains("No event has this id or idempotency key, and no delivery has this id.");
  }

  @Test
  void findsEventsWhosePayloadIsASingleValue() {
    var unused =
        place.webhooks().settings().changeByName(SiteId.DEFAULT, Map.of("envelope", "raw"));
    place.publish("license_created", "\"Ingrid Berg\"");
    assertThat(admin.get(PAGE + "?q=ingrid").body())
        .contains("found by its payload")
        .doesNotContain("found by Ingrid");
  }

  @Test
  void unroutedEventSaysWhy() {
    place.publish("license_created", "{\"OrderID\":\"SO-0041207\"}");
    assertThat(admin.get(PAGE + "?q=0041207").body())
        .contains(
            "No deliveries: no endpoint was subscribed",
            "None is subscribed now.",
            "OrderID</code> is <code>SO-0041207");
    place.endpoint(CRM, "license_*");
    assertThat(admin.get(PAGE + "?q=0041207").body()).contains("1 is subscribed now");
    var unused =
        place.hookferry.webhooks().settings().update(SiteId.DEFAULT, s -> s.webHooksEnabled(false));
    assertThat(admin.get(PAGE + "?q=0041207").body()).contains("webHooksEnabled is off");
  }

  @Test
  void aTextIsFoundAtAnyDepthWhateverItsCase() {
    place.publish(
        "license_created", "{\"FullName\":\"Zo\\u00eb M\",\"Deep\":{\"X\":[\"hidden\"]}}");
    assertThat(admin.get(PAGE + "?q=ZO%C3%8B").body()).contains("FullName</code> is <code>Zoë M");
    for (String asked : List.of("hidden", "Envelope.Deep.X:hidden")) {
      assertThat(admin.get(PAGE + "?q=" + asked).body())
          .as(asked)
          .contains("Deep.X</code> is <code>hidden");
    }
    assertThat(admin.get(PAGE + "?q=nowhere").body())
        .contains(
            "Nothing found for “nowhere” in default",
            "anywhere in its payload",
            "Searched the payloads of all 1 events")
        .doesNotContain("not accepted here", "Search whole payloads");
    assertThat(admin.get(PAGE + "?q=zo").body())
        .contains("Nothing found for “zo” in default", "three characters")
        .doesNotContain("Searched the payloads");
  }

  @Test
  void continuedSearchWithoutMatchesDeniesNoEarlierMatch() {
    for (int i = 0; i < 60; i++) {
      place.publish("license_created", i < 50 ? "{}" : "{\"OrderID\":\"SO-0041207\"}");
    }
    String page = admin.get(PAGE + "?q=0041207").body();
    assertThat(page).contains("OrderID</code> is <code>SO-0041207");
    Matcher further = FURTHER.matcher(page);
    assertThat(further.find()).isTrue();
    assertThat(admin.get(further.group(1).replace("&amp;", "&")).body())
        .contains("Not found in the payloads", "No older event contains this text")
        .doesNotContain("Nothing found for", "No event has this id");
  }

  @Test
  void partialSearchMakesNoClaimAndCanContinue() {
    NewEvent oldest = NewEvent.of("license_created", "{\"OrderID\":\"SO-0041207\"}");
    var published =
        place
            .hookferry
            .webhooks()
            .publish(SiteId.DEFAULT, oldest.id("so-1").idempotencyKey("Order/41"))
            .join();
    for (int batch = 0; batch < 3; batch++) {
      List<NewEvent> events =
          java.util.stream.IntStream.range(0, 500)
              .mapToObj(i -> NewEvent.of("license_created", "{}"))
              .toList();
      var unused = place.hookferry.webhooks().publishAll(SiteId.DEFAULT, events).join();
    }
    String page = admin.get(PAGE + "?q=0041207").body();
    assertThat(page)
        .contains("Not found so far", "payloads of 1,000 events, back to", "have not been searched")
        .contains("data-further=\"yes\"", "id=\"searched\" data-read=\"1000\" data-oldest=\"2")
        .doesNotContain("No retained event", "of all", "Nothing found");
    Matcher further = FURTHER.matcher(page);
    assertThat(further.find()).isTrue();
    assertThat(admin.get(further.group(1).replace("&amp;", "&")).body())
        .contains("OrderID</code> is <code>SO-0041207", "payloads of all 501 events further")
        .doesNotContain("Search further back");
    for (String name : List.of(published.id().value(), "Order%2F41")) {
      assertThat(admin.get(PAGE + "?q=" + name).body())
          .as("%s is found among the oldest events", name)
          .contains("/sites/default/events/so-1");
    }
  }

  @Test
  void filtersNarrowWhatIsFound() {
    place.publish("license_created", "{\"OrderID\":\"SO-0041207\",\"Key\":\"AB-7\"}");
    place.publish("license_deleted", "{\"OrderID\":\"SO-0041207\",\"Key\":\"AB-8\"}");
    String both = admin.get(PAGE + "?q=0041207&field=Key").body();
    assertThat(both).contains(">2 events<", "AB-7", "AB-8");

    String one = admin.get(PAGE + "?q=0041207&type=license_deleted&field=Key").body();
    assertThat(one).contains(">1 event<", "AB-8").doesNotContain("AB-7");
    assertThat(one).contains("name=\"q\" value=\"0041207\"", "Clear filters");
    assertThat(admin.get(PAGE + "?q=0041207&type=license_revoked").body())
        .contains("No retained event that matches the filters contains this text");
    Person.Shown wrong = admin.get(PAGE + "?q=0041207&label=x");
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(wrong.body()).contains("label").doesNotContain("Not found");
  }

  @Test
  void anIdIsFoundOnlyIfItMatchesTheFilters() {
    Delivery delivery = publish(200);
    String type = "&type=license_renewed";
    for (String asked : List.of("so-1", "Order%2F41", delivery.id().toString())) {
      assertThat(admin.get(PAGE + "?q=" + asked + type).body())
          .as(asked)
          .doesNotContain("1 delivery")
          .contains("No event that matches the filters has this id, idempotency key or delivery.");
    }
  }

  @Test
  void escapesTheSearchText() {
    assertThat(admin.get(PAGE + "?q=%3Cscript%3Ealert(1)%3C%2Fscript%3E").body())
        .contains("value=\"&lt;script")
        .doesNotContain("<script>alert");
  }

  @Test
  void anAdminSearchesAllSites() {
    SiteId other = new SiteId("other");
    var unused = place.hookferry.webhooks().sites().create(other);
    searchBy(other, "Key");
    var published =
        place
            .hookferry
            .webhooks()
            .publish(other, NewEvent.of("license_created", "{\"Key\":\"AB-7\"}").id("o-1"))
            .join();
    String here = admin.get(PAGE + "?q=Key:AB-7").body();
    Matcher all = Pattern.compile("href=\"([^\"]+)\">Search all sites").matcher(here);
    assertThat(all.find()).isTrue();
    assertThat(admin.get(all.group(1).replace("&amp;", "&")).body())
        .contains("site other, <code>Key</code> is <code>AB-7", "Searched 2 sites")
        .contains("/sites/other/events/" + published.id());
    Person reader = place.person(SiteId.DEFAULT, Scope.READ);
    assertThat(reader.get(PAGE + "?q=Key:AB-7").body()).doesNotContain("all sites");
    assertThat(reader.get(PAGE + "?q=Key:AB-7&from=sites.").body()).doesNotContain("/events/o-1");
  }

  @Test
  void aSearchOfAllSitesLeadsToThePayloadsOfTheOthers() {
    SiteId other = new SiteId("other");
    var unused = place.webhooks().sites().create(other);
    NewEvent event = NewEvent.of("license_created", "{\"OrderID\":\"SO-0041207\"}").id("o-1");
    var unusedToo = place.webhooks().publish(other, event).join();

    String all = admin.get(PAGE + "?q=0041207&from=sites.").body();

    String there = "/sites/other/find?q=0041207";
    assertThat(all)
        .contains("Not found by id, key or search field", "<a href=\"" + there + "\">other</a>")
        .contains("but not the payloads of other sites than default")
        .doesNotContain("Not found in any site", "\">default</a></li>");
    assertThat(admin.get(there).body()).contains("/sites/other/events/o-1");
    assertThat(admin.get(PAGE + "?q=zz&from=sites.").body()).doesNotContain("other-sites");
  }

  private void searchBy(SiteId site, String... fields) {
    var unused = place.hookferry.webhooks().settings().update(site, s -> s.searchFields(fields));
  }

  @Test
  void anEventNamesTheEndpointsThatDidNotGetIt() {
    publish(200);
    place.endpoint("https://erp.example/hook", "license_deleted");
    var unused =
        place
            .webhooks()
            .endpoints()
            .create(
                SiteId.DEFAULT,
                EndpointSpec.to("https://big.example/hook")
                    .types("license_created")
                    .filter("{\"Seats\":{\"$gte\":10}}")
                    .description("Big orders"));
    assertThat(admin.get(PAGE + "?q=so-1").body())
        .contains("delivered</span>", CRM, "<summary>Not sent to 2 endpoints</summary>")
        .contains("\">erp.example/hook</a> <span class=\"soft\">not subscribed to license_created")
        .contains("/events/so-1?url=Big+orders\">Send to…<span")
        .contains(
            "Big orders</a> <span class=\"soft\">its filter does not match: Seats must be at least"
                + " 10")
        .doesNotContain("and <a");
    for (int i = 0; i < 10; i++) {
      place.endpoint("https://more.example/" + i, "license_deleted");
    }
    String page = admin.get(PAGE + "?q=so-1").body();
    assertThat(page).contains("Not sent to 12 endpoints", "Big orders", ">2 more</a>");
    assertThat(page.split("not subscribed to", -1)).hasSize(10);
  }

  @Test
  void aFoundDeliveryThatWasGivenUpIsRetriedAtOnce() {
    var unused =
        place
            .webhooks()
            .settings()
            .changeByName(SiteId.DEFAULT, java.util.Map.of("webHookMaxRetries", 0));
    Delivery delivery = publish(500);
    Poll.until(() -> place.deliveries().get(0).state() == DeliveryState.EXHAUSTED);
    String path = "/sites/default/deliveries/" + delivery.id();
    assertThat(admin.get(PAGE + "?q=so-1").body())
        .containsSubsequence(
            "<a class=\"state-link\" href=\"" + path + "\"><span class=\"status bad",
            "<a href=\"" + path + "\" data-open>1 attempt, HTTP 500",
            "action=\"" + path + "/retry\"",
            "<button>Retry<span")
        .doesNotContain("Timeline");
    assertThat(place.person(SiteId.DEFAULT, Scope.READ).get(PAGE + "?q=so-1").body())
        .contains("given up</span>")
        .doesNotContain("<button>Retry", "Send to…");
  }

  @Test
  void anotherSitesEventIsNotFound() {
    publish(200);
    var unused = place.hookferry.webhooks().sites().create(new SiteId("other"));
    Person other = place.person(new SiteId("other"), Scope.READ);
    assertThat(other.get("/sites/other/find?q=so-1").body())
        .contains("Nothing found for “so-1” in other");
    assertThat(other.get(PAGE + "?q=so-1").status()).isEqualTo(404);
  }

  private Delivery publish(int status) {
    place.transport.responding(CRM, status);
    place.endpoint(CRM, "*");
    NewEvent event = NewEvent.of("license_created", "{}").id("so-1").idempotencyKey("Order/41");
    var unused = place.hookferry.webhooks().publish(SiteId.DEFAULT, event).join();
    Poll.until(() -> place.deliveries().get(0).attempts() == 1);
    return place.deliveries().get(0);
  }
}
