package dev.hookferry.http.portal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.event.NewEvent;
import dev.hookferry.http.Served;
import dev.hookferry.http.Served.Answer;
import dev.hookferry.id.SiteId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A customer looks an event up that some endpoints did not get, and reads why. */
class PortalUnsentTest {
  private static final String LIST = "/portal/deliveries?q=";

  private final PortalScene scene = new PortalScene("{\"enabled\":true}");
  private final Served served = scene.served;

  @BeforeEach
  void open() {
    var unused =
        served
            .webhooks
            .settings()
            .changeByName(
                SiteId.DEFAULT,
                Map.of(
                    "openCatalog",
                    true,
                    "envelope",
                    "standard",
                    "searchFields",
                    List.of("order.id")));
  }

  @AfterEach
  void close() {
    scene.close();
  }

  private Endpoint endpoint(EndpointSpec asked) {
    return served
        .webhooks
        .endpoints()
        .create(SiteId.DEFAULT, asked.labels(Map.of("customer", "c-1")))
        .endpoint();
  }

  private void publish(String id, String customer, String data) {
    NewEvent event = NewEvent.of("order.created", data).id(id).labels(Map.of("customer", customer));
    var unused = served.webhooks.publish(SiteId.DEFAULT, event).join();
  }

  private Endpoint filtered() {
    return endpoint(
        EndpointSpec.to("https://mine.example/big")
            .types("*")
            .description("Big orders")
            .filter("{\"order.total\":{\"$gt\":100}}"));
  }

  private JsonNode routing(String token, String event, Endpoint endpoint) {
    Answer answer = scene.call(token, "GET", "/events/" + event + "/routing", null);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    for (JsonNode one : answer.json().path("data")) {
      if (one.path("endpoint").asText().equals(endpoint.id().toString())) {
        return one;
      }
    }
    throw new AssertionError(answer.body());
  }

  @Test
  void theListSaysForEachEndpointWhyItGotNothing() {
    filtered();
    publish("ORD-1", "c-1", "{\"order\":{\"id\":\"4711\",\"total\":40}}");
    publish("ORD-2", "c-1", "{\"order\":{\"id\":\"4712\"}}");
    served.clock.advance(Duration.ofMinutes(5));
    endpoint(EndpointSpec.to("https://mine.example/late").types("*").description("Late"));
    String cookie = scene.cookie("");
    String page = scene.page(cookie, LIST + "ORD-1").body();
    assertThat(page)
        .contains(
            "Not sent to 3 endpoints",
            "<code>order.created</code> · <code>ORD-1</code>",
            "not subscribed to order.created",
            ">Big orders</a></dt><dd>its filter requires “order.total is greater than 100”; here"
                + " it is 40</dd>",
            ">Late</a></dt><dd>created or changed afterwards <a href=\"/portal/endpoints/",
            "/missed?range=custom&amp;zone=UTC&amp;since=2026-01-01T12:00&amp;until=2026-01-01T12:01\"")
        .doesNotContain("theirs.example");
    assertThat(scene.page(cookie, LIST + "order.id:4711").body())
        .contains("Not sent to 3 endpoints");
    assertThat(scene.page(cookie, LIST + "4712").body())
        .contains("“order.total is greater than 100”; this field is missing here");
    assertThat(scene.page(cookie, LIST + "ORD-1&endpoint=" + scene.mine.id()).body())
        .contains("Not sent to 1 endpoint")
        .doesNotContain("its filter requires");
    assertThat(scene.page(scene.cookie(",\"locale\":\"de\""), LIST + "ORD-1").body())
        .contains("der Filter verlangt „order.total ist größer als 100“; hier ist der Wert 40");
    assertThat(scene.page(scene.cookie(",\"locale\":\"fr\""), LIST + "ORD-1").body())
        .contains("son filtre exige « order.total est supérieur à 100 » ; ici, la valeur est 40");
  }

  @Test
  void aProgramReadsTheSame() {
    Endpoint big = filtered();
    publish("ORD-1", "c-1", "{\"order\":{\"id\":\"4711\",\"total\":40}}");
    String token = scene.token("");
    JsonNode unsubscribed = routing(token, "ORD-1", scene.mine);
    assertThat(unsubscribed.path("outcome").asText()).isEqualTo("not_subscribed");
    assertThat(unsubscribed.path("reason").asText()).isEqualTo("not subscribed to order.created");
    JsonNode kept = routing(token, "ORD-1", big);
    assertThat(kept.path("outcome").asText()).isEqualTo("filter");
    assertThat(kept.path("path").asText()).isEqualTo("order.total");
    assertThat(kept.path("clause").asText()).isEqualTo("{\"$gt\":100}");
    assertThat(kept.path("found").asText()).isEqualTo("40");
    assertThat(scene.call(token, "GET", "/events/nowhere/routing", null).status()).isEqualTo(404);
  }

  @Test
  void aValueThatPayloadsHideIsNotShown() {
    Endpoint big = filtered();
    publish("ORD-1", "c-1", "{\"order\":{\"id\":\"4711\",\"total\":40}}");
    String reader = ",\"can\":[\"test\"]";
    assertThat(scene.page(scene.cookie(reader), LIST + "ORD-1").body())
        .contains("its filter requires “order.total is greater than 100”</dd>");
    JsonNode kept = routing(scene.token(reader), "ORD-1", big);
    assertThat(kept.has("found")).isFalse();
    assertThat(kept.path("reason").asText()).doesNotContain("40");
    scene.portal("{\"enabled\":true,\"payload\":\"fields\",\"payloadFields\":[\"data.order.id\"]}");
    assertThat(routing(scene.token(""), "ORD-1", big).has("found")).isFalse();
    assertThat(scene.page(scene.cookie(""), LIST + "4711").body())
        .contains("its filter requires “order.total is greater than 100”</dd>");
    scene.portal("{\"enabled\":true,\"payload\":\"none\"}");
    assertThat(scene.page(scene.cookie(""), LIST + "4711").body()).doesNotContain("did not get");
  }

  @Test
  void anEventOfAnotherCustomerDoesNotExist() {
    publish("ORD-9", "c-2", "{\"order\":{\"id\":\"4719\",\"total\":40}}");
    String cookie = scene.cookie("");
    for (String text : new String[] {"ORD-9", "4719", "order.id:4719"}) {
      assertThat(scene.page(cookie, LIST + text).body()).doesNotContain("did not get");
    }
    assertThat(scene.call(scene.token(""), "GET", "/events/ORD-9/routing", null).status())
        .isEqualTo(404);
    NewEvent unlabelled = NewEvent.of("order.created", "{}").id("ORD-8");
    var unused = served.webhooks.publish(SiteId.DEFAULT, unlabelled).join();
    assertThat(scene.page(cookie, LIST + "ORD-8").body()).doesNotContain("did not get");
  }

  @Test
  void aDeliveryLeadsToAllOfItsEvent() {
    scene.publishOrders();
    String cookie = scene.cookie("");
    assertThat(scene.page(cookie, "/portal/deliveries/" + scene.deliveryTo(scene.mine)).body())
        .contains("<a href=\"" + LIST, ">Show all deliveries of this event</a>");
  }
}
