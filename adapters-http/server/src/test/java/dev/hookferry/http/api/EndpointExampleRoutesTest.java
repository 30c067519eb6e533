package dev.hookferry.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hookferry.http.Served;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EndpointExampleRoutesTest {
  private static final String ENDPOINTS = "/api/v1/sites/default/endpoints";

  private final Served served = new Served();

  @AfterEach
  void stop() {
    served.close();
  }

  @Test
  void aTestSendsTheExampleOfAnEventType() {
    String endpoint = "{\"url\":\"" + Served.URL + "\",\"eventTypes\":[\"customer_*\"]}";
    String id = served.post(ENDPOINTS, endpoint).json().path("id").asText();
    String test = ENDPOINTS + "/" + id + "/test";
    served.transport.responding(Served.URL, 503);

    JsonNode attempt = served.post(test, "{\"type\":\"license_released\"}").json();

    assertThat(attempt.path("eventType").asText()).isEqualTo("license_released");
    assertThat(served.transport.requests().get(0).body().text()).contains("ActivationKey");
    String delivery = attempt.path("delivery").asText();
    assertThat(served.get("/api/v1/sites/default/deliveries/" + delivery).json().path("status"))
        .hasToString("\"exhausted\"");
    assertThat(served.post(test, "{\"type\":\"order.paid\"}").status()).isEqualTo(404);
    assertThat(served.post(test, "{\"type\":\"a b\"}").json().at("/errors/0/field").asText())
        .isEqualTo("type");
    assertThat(served.post(test, "{\"types\":\"test\"}").status()).isEqualTo(400);
    assertThat(served.transport.requests()).hasSize(1);
  }
}
