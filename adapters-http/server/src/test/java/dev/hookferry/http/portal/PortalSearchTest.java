package dev.hookferry.http.portal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Poll;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.event.NewEvent;
import dev.hookferry.http.Served;
import dev.hookferry.http.Served.Answer;
import dev.hookferry.id.SiteId;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Customers search their deliveries by the site's search fields, as far as payloads show them. */
class PortalSearchTest {
  private static final String LIST = "/deliveries?field=";

  private final PortalScene scene = new PortalScene("{\"enabled\":true}");
  private final Served served = scene.served;
  private final Endpoint mine = scene.mine;

  @AfterEach
  void close() {
    scene.close();
  }

  private void searchBy(String fields) {
    Answer set =
        served.send("PATCH", Served.DEFAULT + "/settings", "{\"searchFields\":[" + fields + "]}");
    assertThat(set.status()).as(set.body()).isEqualTo(200);
  }

  private List<String> found(String token, String asked) {
    Answer answer = scene.call(token, "GET", LIST + asked, null);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json().path("data").findValuesAsText("id");
  }

  @Test
  void findsDeliveriesOfTheCustomerAlone() {
    searchBy("\"order.id\",\"order.x\"");
    scene.publishOrders();
    String token = scene.token("");
    String own = scene.deliveryTo(mine);

    assertThat(found(token, "order.id:of-c-1")).containsExactly(own);
    assertThat(found(token, "order.x:1")).containsExactly(own);
    assertThat(found(token, "order.x:1&field=order.id:of-c-1")).containsExactly(own);
    assertThat(found(token, "order.id:of-c-2")).isEmpty();
    assertThat(found(token, "order.x:2")).isEmpty();
    Answer types = scene.call(token, "GET", "/event-types", null);
    assertThat(types.json().path("searchFields").toString())
        .isEqualTo("[\"order.id\",\"order.x\"]");
    Answer unknown = scene.call(token, "GET", LIST + "order.i:1", null);
    assertThat(unknown.status()).isEqualTo(400);
    assertThat(unknown.body())
        .contains("must be one of the fields to search by, which are order.id, order.x");
  }

  @Test
  void saysSinceWhenEventsAreSearchable() {
    scene.publishOrders();
    searchBy("\"order.id\"");
    String token = scene.token("");
    String cookie = scene.cookie("");
    assertThat(scene.call(token, "GET", LIST + "order.id:of-c-1", null).body())
        .contains("notIndexedBefore");
    String page = "/portal/deliveries?data=order.id:of-c-1";
    assertThat(scene.page(cookie, page).body())
        .containsPattern("Events from before <time [^>]+ data-full>[^<]+</time> may be missing");
    // Customers without older deliveries need no note, whatever others have.
    scene.endpoint("https://new.example/", "c-3");
    assertThat(scene.call(scene.tokenOf("c-3"), "GET", LIST + "order.id:of-c-1", null).body())
        .doesNotContain("notIndexedBefore");
  }

  @Test
  void pageSearchesAndOffersToRetryTheResults() {
    searchBy("\"order.id\"");
    scene.publishOrders();
    String cookie = scene.cookie("");
    String own = scene.deliveryTo(mine);
    String theirs = scene.deliveryTo(scene.theirs);

    Answer list = scene.page(cookie, "/portal/deliveries?data=order.id%3A%20of-c-1");
    assertThat(list.body()).contains(own, "order.id: of-c-1").doesNotContain(theirs);
    assertThat(list.body()).contains("/portal/deliveries/retry?data=order.id%3A+of-c-1");
    assertThat(scene.page(cookie, "/portal/deliveries?data=order.id:of-c-2").body())
        .doesNotContain(own, theirs);
    assertThat(scene.page(cookie, "/portal/deliveries?data=of-c-1").body()).contains(own);
  }

  @Test
  void aLongReferenceIsWholeAndLosesItsMiddleOnly() {
    searchBy("\"key\"");
    String key = "HF4T0-D0500-G3HJK-M8P91-121KI-YQJIV-SIQ6E-9EAB";
    NewEvent event =
        NewEvent.of("license_created", "{\"key\":\"" + key + "\"}")
            .labels(Map.of("customer", "c-1"));
    var unused = served.webhooks.publish(SiteId.DEFAULT, event).join();

    assertThat(scene.page(scene.cookie(""), "/portal/deliveries").body())
        .containsSubsequence(
            "title=\"" + key + "\"",
            "<span class=\"cut\">" + key.substring(0, key.length() - 6) + "</span>",
            "<span>E-9EAB</span>",
            "aria-label=\"Copy: " + key + "\"");
  }

  @Test
  void theNoteStaysAwayFromWhatReachesNoFurtherThanTheField() {
    scene.publishOrders();
    searchBy("\"order.id\"");
    served.clock.advance(Duration.ofMinutes(1));
    for (String customer : List.of("c-1", "c-2")) {
      NewEvent event =
          NewEvent.of("license_created", "{\"order\":{\"id\":\"new-" + customer + "\"}}")
              .labels(Map.of("customer", customer));
      var unused = served.webhooks.publish(SiteId.DEFAULT, event).join();
    }
    String cookie = scene.cookie("");
    String note = "may be missing";
    assertThat(search(cookie, "new-c-1").body()).contains("1 delivery<").doesNotContain(note);
    assertThat(search(cookie, "new-c-1&range=24h").body()).contains("1 delivery<", note);
    assertThat(search(cookie, "none").body()).contains("Nothing found for", note);
  }

  @Test
  void anEmptySearchSaysThatCaseMattersAndWhichCaseMatches() {
    searchBy("\"order.id\"");
    scene.publishOrders(
        customer -> "{\"order\":{\"id\":\"ORD-" + customer.toUpperCase(Locale.ROOT) + "\"}}");
    String cookie = scene.cookie("");
    String own = scene.deliveryTo(mine);

    assertThat(search(cookie, "ORD-C-1").body()).contains(own).doesNotContain("in the same case");
    for (String text : List.of("ord-c-1", "order.id:Ord-C-1")) {
      String found = search(cookie, text).body();
      assertThat(found)
          .contains(
              "Nothing found for “"
                  + text
                  + "”. Enter the whole value or id, in the same case:"
                  + " order.id, event id or delivery id.")
          .doesNotContain("No deliveries match these filters.", "class=\"chip\"");
      String name = text.startsWith("order") ? "order.id%3A" : "";
      assertThat(found)
          .contains("href=\"/portal/deliveries?q=" + name + "ORD-C-1\">Search for ")
          .contains("ORD-C-1 instead</a>");
    }
    assertThat(search(cookie, "ord-c-2").body())
        .contains("in the same case: order.id")
        .doesNotContain("ORD-C-2");
    assertThat(search(cookie, "ord-c-2&status=delivered").body())
        .contains("No deliveries match these filters.", "Nothing found for “ord-c-2”.");
    assertThat(scene.page(cookie, "/portal/deliveries?status=cancelled").body())
        .contains("No deliveries match these filters.")
        .doesNotContain("Nothing found");
  }

  @Test
  void undescribedTypesAreFoundUnlessTheirPayloadsHideTheField() {
    searchBy("\"id\"");
    served.send(
        "PATCH", Served.DEFAULT + "/settings", "{\"openCatalog\":true,\"envelope\":\"standard\"}");
    var unused =
        served
            .webhooks
            .endpoints()
            .change(SiteId.DEFAULT, mine.id(), EndpointSpec.change().types("*"));
    for (String type : List.of("order.paid", "order.hidden")) {
      NewEvent event =
          NewEvent.of(type, "{\"id\":\"" + type + "\"}").labels(Map.of("customer", "c-1"));
      var unusedReceipt = served.webhooks.publish(SiteId.DEFAULT, event).join();
    }
    Poll.until(() -> scene.all().size() == 2);
    String token = scene.token("");
    String hidden = "\"payloadByType\":{\"order.hidden\":{\"payload\":\"none\"}}}";
    for (String settings :
        List.of(
            "{\"payload\":\"full\"," + hidden,
            "{\"payload\":\"fields\",\"payloadFields\":[\"data.id\"]," + hidden)) {
      scene.portal(settings);
      assertThat(found(token, "id:order.paid")).as(settings).hasSize(1);
      assertThat(found(token, "id:order.hidden")).as(settings).isEmpty();
    }
    scene.portal(
        "{\"payload\":\"none\",\"payloadByType\":{\"order.paid\":{\"payload\":\"full\"}}}");
    assertThat(found(token, "id:order.paid")).hasSize(1);
    assertThat(found(token, "id:order.hidden")).isEmpty();
    scene.portal("{\"payload\":\"none\",\"payloadByType\":{\"unnamed\":{\"payload\":\"full\"}}}");
    assertThat(found(token, "id:order.paid")).isEmpty();
  }

  private Answer search(String cookie, String text) {
    return scene.page(cookie, "/portal/deliveries?q=" + text);
  }

  @Test
  void oneBoxFindsValuesEventsAndDeliveries() {
    searchBy("\"order.x\",\"order.id\"");
    scene.publishOrders();
    String cookie = scene.cookie("");
    String own = scene.deliveryTo(mine);
    String theirs = scene.deliveryTo(scene.theirs);

    for (String text :
        List.of("of-c-1", "order.id:of-c-1", "order.id%3A%20of-c-1", eventOf(mine))) {
      Answer found = search(cookie, text);
      assertThat(found.status()).as(text).isEqualTo(200);
      assertThat(found.body())
          .as(text)
          .contains(own, "1 delivery<")
          .doesNotContain("may be missing");
    }
    for (String text : List.of("of-c-2", "order.id:of-c-2", eventOf(scene.theirs), theirs, "x")) {
      Answer none = search(cookie, text);
      assertThat(none.status()).as(text).isEqualTo(200);
      assertThat(none.body())
          .as(text)
          .contains("Nothing found for “" + text + "”.")
          .doesNotContain(own, "/" + theirs, "0 deliveries");
    }
    assertThat(search(cookie, own).header("Location")).isEqualTo("/portal/deliveries/" + own);
    Answer review = scene.page(cookie, "/portal/deliveries/retry?q=" + theirs);
    assertThat(review.body()).contains("No matching delivery can be retried");
  }

  private String eventOf(Endpoint endpoint) {
    return scene.all().stream()
        .filter(one -> one.endpoint().equals(endpoint.id()))
        .findFirst()
        .orElseThrow()
        .event()
        .value();
  }

  @Test
  void theBoxNamesAllFields() {
    searchBy("\"a\",\"b\",\"c\",\"d\"");
    assertThat(scene.page(scene.cookie(""), "/portal/deliveries?status=failed").body())
        .contains("placeholder=\"a, b, c, d or id\"", ">Searches a, b, c, d, event ids, ");
  }

  @Test
  void anEMailAddressLosesItsEndRatherThanItsMiddle() {
    searchBy("\"email\"");
    NewEvent event =
        NewEvent.of("license_created", "{\"email\":\"buyer17@nordlicht.example\"}")
            .labels(Map.of("customer", "c-1"));
    var unused = served.webhooks.publish(SiteId.DEFAULT, event).join();
    assertThat(scene.page(scene.cookie(""), "/portal/deliveries").body())
        .contains("<span class=\"cut\">buyer17@nordlicht.example</span></span>");
  }

  @Test
  void aWrongFieldIsNamedAboveTheList() {
    searchBy("\"order.x\",\"order.id\"");
    scene.publishOrders();
    Answer wrong = search(scene.cookie(""), "ordr.id:1");

    assertThat(wrong.status()).isEqualTo(400);
    assertThat(wrong.body())
        .contains(
            "<title>Error: Deliveries",
            "<a href=\"#q\">Search</a>",
            "only these can be searched: order.x, order.id. Did you mean order.id?",
            "aria-invalid=\"true\" aria-describedby=\"q-error q-help\"")
        .doesNotContain("failed…", scene.deliveryTo(mine), "No deliveries match");
    assertThat(search(scene.cookie(",\"can\":[\"test\"]"), "a:b").body())
        .contains(
            "Enter the id of an event or a delivery, an event type, an endpoint or an HTTP status.",
            ">Searches event ids, delivery ids, event types, endpoints and HTTP statuses.<");
  }

  @Test
  void typesAndStatusesAreFilteredByPatternAndClass() {
    served.transport.responding(PortalScene.MINE, 404);
    scene.publishOrders();
    String cookie = scene.cookie("");
    String own = scene.deliveryTo(mine);

    for (String filter :
        List.of("type=license_*", "type=*", "code=4xx", "code=4XX&type=license_*", "code=404")) {
      assertThat(scene.page(cookie, "/portal/deliveries?" + filter).body())
          .as(filter)
          .contains(own, "1 delivery<");
    }
    for (String filter : List.of("type=order.*", "code=5xx", "code=2xx", "code=4xx&type=cust*")) {
      assertThat(scene.page(cookie, "/portal/deliveries?" + filter).body())
          .as(filter)
          .contains("No deliveries match these filters.")
          .doesNotContain("0 deliveries");
      assertThat(scene.page(cookie, "/portal/deliveries/retry?" + filter).body())
          .as(filter)
          .contains("No matching delivery can be retried");
    }
    assertThat(scene.page(cookie, "/portal/deliveries/retry?code=4xx").body())
        .contains("Send 1 pending delivery");
    assertThat(scene.page(cookie, "/portal/deliveries?type=a%20b&code=6xx").body())
        .contains("<a href=\"#type\">Event type</a>", "<a href=\"#code\">HTTP status</a>")
        .doesNotContain(own);
  }

  @Test
  void retriesOnlyWhatMatches() {
    served.transport.responding(PortalScene.MINE, 500);
    served.transport.responding(PortalScene.THEIRS, 500);
    served.send(
        "PATCH",
        Served.DEFAULT + "/settings",
        "{\"webHookMaxRetries\":0,\"searchFields\":[\"order.id\"]}");
    scene.publishOrders();
    String token = scene.token("");

    assertThat(retried(token, "of-c-2")).isZero();
    assertThat(retried(token, "of-c-1")).isEqualTo(1);
    Answer refused = retry(token, "{\"x\":\"1\"}");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body()).contains("must be one of the fields to search by");
  }

  private Answer retry(String token, String fields) {
    return scene.call(token, "POST", "/deliveries/retry", "{\"fields\":" + fields + "}");
  }

  private int retried(String token, String order) {
    Answer answer = retry(token, "{\"order.id\":\"" + order + "\"}");
    assertThat(answer.status()).as(answer.body()).isEqualTo(202);
    return answer.json().path("count").asInt();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"payload\":\"full\"} | true",
        "{\"payload\":\"none\"} | false",
        "{\"payload\":\"fields\",\"payloadFields\":[\"data.order.x\"]} | false",
        "{\"payload\":\"fields\",\"payloadFields\":[\"data.order.i\"]} | false",
        "{\"payload\":\"fields\",\"payloadFields\":[\"data.order.id\"]} | true",
        "{\"payload\":\"fields\",\"payloadFields\":[\"data.order\"]} | true",
        "{\"payload\":\"fields\",\"payloadFields\":[\"order.id\"]} | false",
        "{\"payload\":\"full\",\"payloadByType\":{\"license_created\":{\"payload\":\"none\"}}}"
            + " | false",
        "{\"payload\":\"none\",\"payloadByType\":{\"license_created\":{\"payload\":\"full\"}}}"
            + " | true",
        "{\"payload\":\"none\",\"payloadByType\":{\"license_deleted\":{\"payload\":\"full\"}}}"
            + " | false"
      })
  void aFieldThatPayloadsHideFindsNothing(String settings, boolean isFound) {
    searchBy("\"order.id\"");
    scene.publishOrders();
    scene.portal(settings);
    String token = scene.token("");
    Answer answer = scene.call(token, "GET", LIST + "order.id:of-c-1", null);
    assertThat(answer.body().contains(scene.deliveryTo(mine))).as(answer.body()).isEqualTo(isFound);
    assertThat(answer.body()).doesNotContain("of-c-1");
  }

  @Test
  void aLinkWithoutPayloadSearchesByNothing() {
    searchBy("\"order.id\"");
    scene.publishOrders();
    String token = scene.token(",\"can\":[\"test\"]");
    assertThat(scene.call(token, "GET", LIST + "order.id:of-c-1", null).status()).isEqualTo(400);
    assertThat(scene.call(token, "GET", "/event-types", null).json().path("searchFields"))
        .isEmpty();
    String cookie = scene.cookie(",\"can\":[\"test\"]");
    assertThat(scene.page(cookie, "/portal/deliveries").body()).doesNotContain("order.id");
  }
}
