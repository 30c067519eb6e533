package dev.hookferry.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hookferry.contract.support.Poll;
import dev.hookferry.http.Served;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The order of deliveries, and the keys that it blocks. */
class BlockedKeyRoutesTest {
  private static final String ENDPOINT = Served.DEFAULT + "/endpoints/crm";
  private static final String KEYS = ENDPOINT + "/blocked-keys";

  private final Served served = new Served();

  @BeforeEach
  void register() {
    String body =
        """
        {"url":"%s","uid":"crm","eventTypes":["*"],"order":"by-key",
         "retry":{"maxRetries":0,"intervalSeconds":1}}
        """;
    assertThat(served.post(Served.DEFAULT + "/endpoints", body.formatted(Served.URL)).status())
        .isEqualTo(201);
  }

  @AfterEach
  void close() {
    served.close();
  }

  private void publish(String key) {
    String body = "{\"type\":\"license_created\",\"data\":{},\"orderingKey\":\"%s\"}";
    assertThat(served.post(Served.DEFAULT + "/events", body.formatted(key)).status())
        .isEqualTo(202);
  }

  private JsonNode deliveries(String status) {
    return served.get(Served.DEFAULT + "/deliveries?status=" + status).json().path("data");
  }

  private JsonNode blocked() {
    return served.get(KEYS).json().path("data");
  }

  private void block() {
    served.transport.responding(Served.URL, 500);
    publish("a/b é");
    Poll.until(() -> blocked().size() == 1);
    publish("a/b é");
  }

  @Test
  void listsABlockedKeyAndWhatWaitsBehindIt() {
    block();

    JsonNode key = blocked().get(0);
    assertThat(key.path("orderingKey").asText()).isEqualTo("a/b é");
    assertThat(key.path("attempts").asInt()).isEqualTo(1);
    assertThat(key.path("waiting").asInt()).isEqualTo(1);
    assertThat(key.path("blockedAt").asText()).isEqualTo("2026-01-01T12:00:00Z");
    JsonNode delivery = deliveries("blocked").get(0);
    assertThat(delivery.path("id")).isEqualTo(key.path("delivery"));
    assertThat(delivery.path("orderingKey").asText()).isEqualTo("a/b é");
    assertThat(delivery.path("reason").asText())
        .isEqualTo("blocks its ordering key a/b é: no retries left; retry or skip it");
    assertThat(delivery.path("nextAttemptAt").isNull()).isTrue();
    assertThat(deliveries("waiting").get(0).path("reason").asText())
        .isEqualTo("waits behind an earlier event with ordering key a/b é");
    assertThat(deliveries("pending")).isEmpty();
    assertThat(served.transport.requestsTo(Served.URL)).hasSize(1);
  }

  @Test
  void successfulRetryUnblocksTheKey() {
    block();
    served.transport.responding(Served.URL, 200);

    Served.Answer retried = served.post(KEYS + "/retry", "{\"orderingKey\":\"a/b é\"}");

    assertThat(retried.status()).isEqualTo(200);
    Poll.until(() -> deliveries("delivered").size() == 2);
    assertThat(blocked()).isEmpty();
  }

  @Test
  void aSkipSendsTheNextEvent() {
    block();
    served.transport.responding(Served.URL, 200);

    Served.Answer skipped = served.post(KEYS + "/skip", "{\"orderingKey\":\"a/b é\"}");

    assertThat(skipped.status()).isEqualTo(200);
    assertThat(skipped.json().path("status").asText()).isEqualTo("exhausted");
    Poll.until(() -> deliveries("delivered").size() == 1);
    assertThat(served.post(KEYS + "/skip", "{\"orderingKey\":\"a/b é\"}").status()).isEqualTo(404);
    assertThat(served.get("/api/v1/audit").body()).contains("delivery.skipped");
  }

  @Test
  void aKeyMustBeNamed() {
    assertThat(served.post(KEYS + "/skip", "{}").fields()).containsExactly("orderingKey");
    assertThat(served.post(KEYS + "/retry", "{\"orderingKey\":5}").status()).isEqualTo(400);
    assertThat(served.post(KEYS + "/retry", "{\"orderingKey\":\"free\"}").status()).isEqualTo(404);
    assertThat(served.get(Served.DEFAULT + "/endpoints/none/blocked-keys").status()).isEqualTo(404);
  }

  @Test
  void aWaitingDeliveryIsNotRetried() {
    block();
    String waiting = deliveries("waiting").get(0).path("id").asText();
    String path = Served.DEFAULT + "/deliveries/" + waiting;

    assertThat(served.post(path + "/retry", "{}").status()).isEqualTo(409);
    assertThat(served.post(path + "/cancel", "{}").json().path("status").asText())
        .isEqualTo("cancelled");
  }

  @Test
  void changesOfTheOrderLeaveTheRest() {
    assertThat(served.get(ENDPOINT).json().path("onExhaustion").asText()).isEqualTo("block");
    patch("{\"onExhaustion\":\"skip\"}");
    JsonNode skipping = patch("{\"description\":\"CRM\"}");
    assertThat(skipping.path("order").asText()).isEqualTo("by-key");
    assertThat(skipping.path("onExhaustion").asText()).isEqualTo("skip");
    JsonNode none = patch("{\"order\":\"none\"}");
    assertThat(none.path("onExhaustion").isNull()).isTrue();
    assertThat(patch("{\"order\":\"by-key\"}").path("onExhaustion").asText()).isEqualTo("block");
  }

  private JsonNode patch(String change) {
    Served.Answer changed = served.send("PATCH", ENDPOINT, change);
    assertThat(changed.status()).isEqualTo(200);
    return changed.json();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'order':'random'}|order|must be none or by-key",
        "{'order':'by-key','onExhaustion':'x'}|onExhaustion|must be block or skip",
        "{'order':'none','onExhaustion':'skip'}|onExhaustion|requires order by-key",
      })
  void refusesAnOrderThatMakesNoSense(String change, String field, String reason) {
    String before = served.get(ENDPOINT).body();
    Served.Answer refused = served.send("PATCH", ENDPOINT, change.replace('\'', '"'));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().at("/errors/0/field").asText()).isEqualTo(field);
    assertThat(refused.json().at("/errors/0/reason").asText()).startsWith(reason);
    assertThat(served.get(ENDPOINT).body()).isEqualTo(before);
  }
}
