package dev.hookferry.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.Poll;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventRoutesTest {
  private static final String EVENTS = Served.DEFAULT + "/events";

  private final Served served = new Served();

  @AfterEach
  void close() {
    served.close();
  }

  @Test
  void anEventIsAcceptedDeliveredAndShown() {
    served.post(
        Served.DEFAULT + "/endpoints",
        "{\"url\":\"" + Served.URL + "\",\"eventTypes\":[\"license_*\"]}");

    Served.Answer accepted =
        served.post(EVENTS, "{\"type\":\"license_created\",\"data\":{\"n\": 1.10}}");

    assertThat(accepted.status()).isEqualTo(202);
    String id = accepted.json().path("id").asText();
    assertThat(id).startsWith("evt_");
    assertThat(accepted.body()).isEqualTo("{\"id\":\"" + id + "\",\"deliveries\":1}");
    Poll.until(Duration.ofSeconds(10), () -> delivered(id));
    assertThat(served.transport.requests().get(0).body().text()).contains("{\"n\": 1.10}");
    assertThat(served.get(EVENTS + "/" + id).body()).contains("{\"n\": 1.10}");
  }

  private boolean delivered(String id) {
    return served
        .get(EVENTS + "/" + id)
        .json()
        .at("/deliveries/0/status")
        .asText()
        .equals("delivered");
  }
}
