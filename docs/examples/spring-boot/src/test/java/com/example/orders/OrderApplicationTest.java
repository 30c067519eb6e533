package com.example.orders;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.Webhooks;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.id.SiteId;
import dev.hookferry.query.DeliveryQuery;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;

@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class OrderApplicationTest {
  @Autowired Webhooks webhooks;

  @Value("${local.server.port}")
  int port;

  @Test
  void oneOrderIsDeliveredAndTheOtherRolledBack() throws Exception {
    assertThat(post("%20")).isEqualTo(500);
    assertThat(post("tea")).isEqualTo(200);

    Awaitility.await()
        .atMost(Duration.ofMinutes(5))
        .untilAsserted(
            () ->
                assertThat(webhooks.deliveries().list(DeliveryQuery.ofSite(SiteId.DEFAULT)).data())
                    .extracting(Delivery::state)
                    .containsExactly(DeliveryState.DELIVERED));
  }

  private int post(String item) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + port + "/orders?customer=customer-7&item=" + item);
    HttpRequest request =
        HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.noBody()).build();
    return HttpClient.newHttpClient()
        .send(request, HttpResponse.BodyHandlers.ofString())
        .statusCode();
  }
}
