package dev.hookferry.http.portal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.http.Served;
import dev.hookferry.http.Served.Answer;
import java.util.List;
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
  void tellsFromWhenOnItCanSearch() {
    scene.publishOrders();
    searchBy("\"order.id\"");
    String token = scene.token("");
    String cookie = scene.cookie("");
    assertThat(scene.call(token, "GET", LIST + "order.id:of-c-1", null).body())
        .contains("notIndexedBefore");
    String page = "/portal/deliveries?data=order.id:of-c-1";
    assertThat(scene.page(cookie, page).body()).contains("cannot be searched by this field");
    // Customers without older deliveries need no note, whatever others have.
    scene.endpoint("https://new.example/", "c-3");
    assertThat(scene.call(scene.tokenOf("c-3"), "GET", LIST + "order.id:of-c-1", null).body())
        .doesNotContain("notIndexedBefore");
  }

  @Test
  void aPageSearchesAndSendsAgainWhatItFound() {
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
    assertThat(scene.page(cookie, "/portal/deliveries?data=of-c-1").body())
        .contains("must be a field and its value, such as order:4711")
        .doesNotContain(own);
    assertThat(scene.page(cookie, "/portal/deliveries?data=order:1").body())
        .contains("must be one of the fields to search by");
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
    assertThat(scene.page(cookie, "/portal/deliveries").body())
        .doesNotContain("order.id", "name=\"data\"");
  }
}
