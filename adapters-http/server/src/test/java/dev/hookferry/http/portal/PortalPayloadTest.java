package dev.hookferry.http.portal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.http.Served;
import dev.hookferry.http.Served.Answer;
import dev.hookferry.id.SiteId;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortalPayloadTest {
  private final PortalScene scene = new PortalScene("{\"enabled\":true}");
  private final Served served = scene.served;
  private final Endpoint mine = scene.mine;

  @AfterEach
  void close() {
    scene.close();
  }

  @Test
  void anEventTypeHasARuleOfItsOwn() {
    scene.publishOrders();
    String token = scene.token("");
    String path = "/deliveries/" + scene.deliveryTo(mine);
    scene.portal("{\"payloadByType\":{\"license_created\":{\"payload\":\"none\"}}}");
    assertThat(scene.call(token, "GET", path, null).body()).doesNotContain("of-c-1", "\"payload\"");
    scene.portal(
        "{\"payload\":\"none\",\"payloadByType\":{\"license_created\":"
            + "{\"payload\":\"fields\",\"payloadFields\":[\"data.order.x\"]}}}");
    assertThat(scene.call(token, "GET", path, null).json().path("payload").toString())
        .isEqualTo("{\"data\":{\"order\":{\"x\":1}}}");
    scene.portal("{\"payloadByType\":{\"license_deleted\":{\"payload\":\"full\"}}}");
    assertThat(scene.call(token, "GET", path, null).body()).doesNotContain("\"payload\"");
    scene.portal("{\"payloadByType\":{\"license_created\":{\"payload\":\"full\"}}}");
    assertThat(scene.call(token, "GET", path, null).body()).contains("of-c-1");
    String without = scene.token(",\"can\":[\"test\"]");
    assertThat(scene.call(without, "GET", path, null).body())
        .doesNotContain("of-c-1", "\"payload\"");
  }

  @Test
  void numbersAreShownAsTheyWereSent() {
    scene.publishOrders(unused -> "{\"price\":12345678901234567890.12,\"tax\":1.10,\"big\":1e400}");
    scene.portal("{\"payload\":\"fields\",\"payloadFields\":[\"data\"]}");

    String path = "/deliveries/" + scene.deliveryTo(mine);
    assertThat(scene.call(scene.token(""), "GET", path, null).body())
        .contains("\"price\":12345678901234567890.12,\"tax\":1.10,\"big\":1E+400");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"license_craeted\":{\"payload\":\"none\"}}"
            + "|portal.payloadByType.license_craeted|is not a known event type",
        "{\"license_created\":{\"payload\":\"some\"}}"
            + "|portal.payloadByType.license_created.payload|must be full, fields or none",
        "{\"license_created\":{}}"
            + "|portal.payloadByType.license_created.payload|must be full, fields or none",
        "{\"license_created\":{\"payload\":\"fields\"}}"
            + "|portal.payloadByType.license_created.payloadFields|must name what is shown",
        "{\"license_created\":{\"payload\":\"fields\",\"payloadFields\":[\"$.a\"]}}"
            + "|portal.payloadByType.license_created.payloadFields[0]|must be like data.order",
        "{\"license_created\":{\"payload\":\"none\",\"field\":1}}"
            + "|portal.payloadByType.license_created.field|is not a known field",
        "{\"license_created\":\"none\"}|portal.payloadByType.license_created|must be an object",
        "{\"a-\":{\"payload\":\"none\"}}"
            + "|portal.payloadByType.a-|must be the name of an event type",
        "[]|portal.payloadByType|must be an object"
      })
  void aRuleThatCannotHoldIsRefusedAndChangesNothing(String example) {
    String[] parts = example.split("\\|", -1);
    Answer refused =
        served.send(
            "PATCH",
            Served.DEFAULT + "/settings",
            "{\"portal\":{\"payload\":\"none\",\"payloadByType\":" + parts[0] + "}}");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body()).contains("\"" + parts[1] + "\"", parts[2]);
    assertThat(served.get(Served.DEFAULT + "/settings").body()).doesNotContain("\"none\"");
  }

  @Test
  void aPageHidesThePayloadOfATypeWhereverItWouldBe() {
    scene.publishOrders();
    String cookie = scene.cookie("");
    String delivery = "/portal/deliveries/" + scene.deliveryTo(mine);
    assertThat(scene.page(cookie, delivery).body()).contains("of-c-1", "--data-binary");
    scene.portal("{\"payloadByType\":{\"license_created\":{\"payload\":\"none\"}}}");
    assertThat(scene.page(cookie, delivery).body())
        .contains(
            "<p>The payload of this event type is not shown here."
                + " Your endpoint received it in full.</p>");
    for (String page : List.of(delivery, "/portal/deliveries", "/portal/", "/portal/event-types")) {
      assertThat(scene.page(cookie, page).body())
          .as(page)
          .doesNotContain("of-c-1", "--data-binary");
    }
    scene.portal(
        "{\"payloadByType\":{\"license_created\":"
            + "{\"payload\":\"fields\",\"payloadFields\":[\"type\"]}}}");
    assertThat(scene.page(cookie, delivery).body())
        .contains("license_created")
        .doesNotContain("of-c-1", "--data-binary", "not shown here");
  }

  @Test
  void aHiddenPayloadOfAPendingDeliveryWillArriveInFull() {
    scene.portal(
        "{\"theme\":{\"productName\":\"Northwind\"},"
            + "\"payloadByType\":{\"license_created\":{\"payload\":\"none\"}}}");
    EndpointSpec paused = EndpointSpec.change().enabled(false);
    var unused = served.webhooks.endpoints().change(SiteId.DEFAULT, mine.id(), paused);
    scene.publish("c-1", 1);
    String delivery = "/portal/deliveries/" + scene.deliveryTo(mine);

    assertThat(scene.page(scene.cookie(""), delivery).body())
        .contains(
            "<p>Northwind does not show the payload of this event type here."
                + " Your endpoint will receive it in full.</p>");
    assertThat(scene.page(scene.cookie(",\"locale\":\"de\""), delivery).body())
        .contains(
            "<p>Northwind zeigt den Inhalt dieses Ereignistyps hier nicht an."
                + " Ihr Endpunkt erhält ihn vollständig.</p>");
  }
}
