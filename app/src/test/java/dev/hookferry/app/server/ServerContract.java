package dev.hookferry.app.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.app.client.ApiException;
import dev.hookferry.app.receiver.Received;
import dev.hookferry.contract.support.Threads;
import dev.hookferry.event.EventCatalog;
import dev.hookferry.id.EventType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/** The parity with QLM and the rest of the wire's promises, end to end, on one store. */
interface ServerContract extends SecrecyContract, DeliveryRulesContract, PortalRaceContract {
  String DATA =
      "{\"Big\":19999999999999999999,\"Rate\":1.10,\"Null\":null,\"Z\":1,\"A\":[1, 2],"
          + "\"Name\":\"Zo\\u00eb é\"}";

  @Test
  default void carriesAllEightEventsToWhoeverQlmsPropertiesName() {
    Tenant tenant = fixture().tenant();
    Inbox inbox = fixture().inbox();
    String crm = tenant.path("crm").text();
    String mail = tenant.path("mail").text();
    ObjectNode properties = JsonNodeFactory.instance.objectNode();
    for (EventType type : EventCatalog.QLM_EVENTS) {
      properties.put(type.name(), inbox.url(crm));
    }
    properties.put("license_created", inbox.url(crm) + " ; " + inbox.url(mail) + ";");
    properties.put("webHookSecretKey", "s3cr3t");
    tenant.putProperties(properties);

    JsonNode seen = tenant.get("server-properties");
    assertThat(seen.path("license_created").asText())
        .isEqualTo(inbox.url(crm) + ";" + inbox.url(mail));
    assertThat(seen.toString()).doesNotContain("s3cr3t");
    assertThat(tenant.list("endpoints")).hasSize(2);

    Map<String, String> ids = new TreeMap<>();
    for (EventType type : EventCatalog.QLM_EVENTS) {
      String body = "{\"type\":\"" + type.name() + "\",\"data\":" + DATA + "}";
      ids.put(type.name(), tenant.publish(body).path("id").asText());
    }
    List<Received> requests = inbox.await(crm, 8);
    inbox.await(mail, 1);
    tenant.awaitDeliveries("delivered", 9);

    assertThat(requests).hasSize(8).allSatisfy(request -> assertQlmEvent(request, ids));
    assertThat(requests)
        .extracting(Received::type)
        .containsExactlyInAnyOrderElementsOf(ids.keySet());
    assertThat(tenant.list("attempts")).hasSize(9);
  }

  private static void assertQlmEvent(Received request, Map<String, String> ids) {
    Signed.assertQlm(request, "s3cr3t");
    JsonNode body = Tenant.json(request.body().text().replace('\'', ' '));
    String object = request.type().startsWith("license") ? "LicenseInfo" : "CustomerInfo";
    assertThat(request.header("content-type")).isEqualTo("application/json");
    assertThat(request.event()).isEqualTo(ids.get(request.type()));
    assertThat(body.path("EventType").asText()).isEqualTo(request.type());
    assertThat(body.has(object)).isTrue();
    assertThat(request.body().text()).contains("\"" + object + "\":" + DATA);
  }

  @Test
  default void retriesExactlyAsOftenAsAskedWithTheSameBytes() {
    Tenant tenant = fixture().tenant();
    Inbox inbox = fixture().inbox();
    String flaky = tenant.path("flaky").text();
    String dead = tenant.path("dead").text();
    inbox.responding(flaky, n -> n > 2 ? 200 : 500);
    inbox.responding(dead, n -> 503);
    tenant.endpoint(inbox.url(flaky), "license_created");
    tenant.endpoint(inbox.url(dead), "license_created");
    String id = tenant.publish("{\"type\":\"license_created\",\"data\":{}}").path("id").asText();
    tenant.awaitDeliveries("delivered", 1);
    tenant.awaitDeliveries("exhausted", 1);

    for (String path : List.of(flaky, dead)) {
      List<Received> requests = inbox.at(path);
      assertThat(requests).extracting(Received::attempt).containsExactly("1", "2", "3");
      assertThat(requests).extracting(Received::event).containsOnly(id);
      assertThat(requests).extracting(Received::body).containsOnly(requests.get(0).body());
      for (int i = 1; i < requests.size(); i++) {
        Instant before = requests.get(i - 1).at();
        // A second, as asked, on a machine that may be busy; the default is five minutes.
        assertThat(Duration.between(before, requests.get(i).at()))
            .isBetween(Duration.ofMillis(900), Duration.ofMinutes(1));
      }
    }
    assertThat(tenant.list("attempts")).hasSize(6);
    JsonNode exhausted = tenant.deliveries("exhausted").get(0);
    assertThat(exhausted.path("attempts").asInt()).isEqualTo(3);
    assertThat(tenant.get("events", id).path("deliveries")).hasSize(2);
  }

  @Test
  default void sendsAnEventThatNobodyWantedToALaterEndpoint() {
    Tenant tenant = fixture().tenant();
    Inbox inbox = fixture().inbox();
    String path = tenant.path("later").text();
    String id = tenant.publish("{\"type\":\"license_created\",\"data\":{}}").path("id").asText();
    String to = tenant.endpoint(inbox.url(path), "customer_created").path("id").asText();

    JsonNode replayed = tenant.post("{'endpoints':['" + to + "']}", "events", id, "replay");

    assertThat(inbox.await(path, 1)).extracting(Received::event).containsExactly(id);
    tenant.awaitDeliveries("delivered", 1);
    JsonNode delivery = tenant.get("events", id).at("/deliveries/0");
    assertThat(delivery.path("id")).isEqualTo(replayed.at("/deliveries/0/id"));
    assertThat(delivery.path("createdAt")).isEqualTo(tenant.get("events", id).path("acceptedAt"));
  }

  @Test
  default void refusesAWrongChangeAsAWholeAndNamesEverything() {
    Tenant tenant = fixture().tenant();
    JsonNode before = tenant.get("server-properties");
    ObjectNode wrong = JsonNodeFactory.instance.objectNode();
    wrong.put("license_created", "ftp://x/y;" + fixture().inbox().url("/ok"));
    wrong.put("license_deleted", "not a url");
    wrong.put("webHookMaxRetries", -1);
    wrong.put("nonsense", "1");
    assertThatThrownBy(() -> tenant.putProperties(wrong))
        .asInstanceOf(InstanceOfAssertFactories.type(ApiException.class))
        .satisfies(e -> assertThat(e.status()).isEqualTo(400))
        .satisfies(
            e ->
                assertThat(String.valueOf(e.getMessage()))
                    .contains(
                        "license_created", "license_deleted", "webHookMaxRetries", "nonsense"));
    assertThat(tenant.get("server-properties")).isEqualTo(before);
    assertThat(tenant.list("endpoints")).isEmpty();
  }

  @Test
  default void isSilentWhileDisabledAndLosesNothingPending() {
    Tenant tenant = fixture().tenant();
    Inbox inbox = fixture().inbox();
    String path = tenant.path("hook").text();
    inbox.responding(path, n -> n == 1 ? 500 : 200);
    tenant.endpoint(inbox.url(path), "*");
    tenant.publish("{\"type\":\"license_created\",\"data\":{\"n\":1}}");
    inbox.await(path, 1);
    tenant.changeSettings("{'webHooksEnabled': false}");
    JsonNode receipt = tenant.publish("{\"type\":\"license_created\",\"data\":{\"n\":2}}");
    assertThat(receipt.path("deliveries").asInt()).isZero();
    tenant.awaitDeliveries("held", 1);
    assertThat(inbox.at(path)).hasSize(1);
    tenant.changeSettings("{'webHooksEnabled': true}");
    tenant.awaitDeliveries("delivered", 1);
    assertThat(inbox.at(path))
        .hasSize(2)
        .extracting(Received::event)
        .doesNotContain(receipt.path("id").asText());
  }

  @Test
  default void acceptsTheSameEventOnce() {
    Tenant tenant = fixture().tenant();
    Inbox inbox = fixture().inbox();
    String path = tenant.path("hook").text();
    tenant.endpoint(inbox.url(path), "*");
    String event = "{\"type\":\"license_created\",\"data\":{\"x\":2},\"id\":\"order-1\"}";
    JsonNode first = tenant.publish(event);
    JsonNode again = tenant.publish(event);
    assertThat(again.path("repeated").asBoolean()).isTrue();
    JsonNode unmarked = ((ObjectNode) again).without("repeated");
    assertThat(unmarked).isEqualTo(first);
    assertThatThrownBy(() -> tenant.publish(event.replace('2', '3')))
        .asInstanceOf(InstanceOfAssertFactories.type(ApiException.class))
        .extracting(ApiException::status)
        .isEqualTo(409);
    tenant.awaitDeliveries("delivered", 1);
    assertThat(tenant.list("deliveries")).hasSize(1);
    assertThat(inbox.at(path)).hasSize(1);
  }

  /** Two events that no endpoint wants, of one millisecond, differ in nothing but content. */
  @Test
  default void acceptsOneOfTwoContentsThatArriveAtOnceWithOneId() throws Exception {
    Tenant tenant = fixture().tenant();
    for (int i = 0; i < 50; i++) {
      String event = "{\"type\":\"license_created\",\"data\":%d,\"id\":\"order-" + i + "\"}";
      Queue<Integer> statuses = new ConcurrentLinkedQueue<>();
      List<Callable<Void>> pair = new ArrayList<>();
      for (int content = 0; content < 2; content++) {
        String body = event.formatted(content);
        pair.add(
            () -> {
              statuses.add(status(tenant, body));
              return null;
            });
      }
      Threads.atOnce(pair);
      assertThat(statuses).containsExactlyInAnyOrder(202, 409);
    }
  }

  private static int status(Tenant tenant, String event) {
    try {
      var unused = tenant.publish(event);
      return 202;
    } catch (ApiException e) {
      return e.status();
    }
  }

  @Test
  default void signsByStandardWebhooksWithBothSecretsOfARotation() {
    Tenant tenant = fixture().tenant();
    Inbox inbox = fixture().inbox();
    String path = tenant.path("std").text();
    JsonNode endpoint =
        tenant.post(
            "{'url': '" + inbox.url(path) + "', 'eventTypes': ['*'], 'signatures': ['standard']}",
            "endpoints");
    String old = endpoint.path("secret").asText();
    String rotated =
        tenant
            .post("{}", "endpoints", endpoint.path("id").asText(), "rotate-secret")
            .path("secret")
            .asText();
    tenant.publish("{\"type\":\"customer_created\",\"data\":{}}");
    Received request = inbox.await(path, 1).get(0);
    assertThat(request.header("webhook-signature").split(" "))
        .containsExactlyInAnyOrder(
            Signed.standard(request, old), Signed.standard(request, rotated));
    assertThat(request.headers()).doesNotContainKey("x-qlm-signature");
  }

  @Test
  default void refusesAccessWithoutAValidKey() {
    Tenant tenant = fixture().tenant();
    for (String key : new String[] {null, "hf_0000000000000000000000_000000", "wrong"}) {
      assertThatThrownBy(() -> fixture().client(key).get(tenant.path("events")))
          .asInstanceOf(InstanceOfAssertFactories.type(ApiException.class))
          .extracting(ApiException::status)
          .isEqualTo(401);
    }
  }

  @Test
  default void sendsAgainWhatWasExhausted() {
    Tenant tenant = fixture().tenant();
    Inbox inbox = fixture().inbox();
    tenant.changeSettings("{'webHookMaxRetries': 0}");
    String path = tenant.path("hook").text();
    inbox.responding(path, n -> n == 1 ? 500 : 200);
    tenant.endpoint(inbox.url(path), "*");
    tenant.publish("{\"type\":\"license_created\",\"data\":{}}");
    tenant.awaitDeliveries("exhausted", 1);
    String id = tenant.deliveries("exhausted").get(0).path("id").asText();
    tenant.post("{}", "deliveries", id, "retry");
    tenant.awaitDeliveries("delivered", 1);
    assertThat(inbox.at(path)).extracting(Received::attempt).containsExactly("1", "2");
  }
}
