package com.example.orders;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.Webhooks;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.id.SiteId;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;

/** Has a database of its own, as other tests expect nobody else's orders. */
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = "spring.application.name=orders-portal")
class WebhooksPageTest {
  private static final String OTHERS = "http://127.0.0.1:1/others";

  @Autowired Webhooks webhooks;

  @Value("${local.server.port}")
  int port;

  private final HttpClient browser =
      HttpClient.newBuilder()
          .cookieHandler(new CookieManager())
          .followRedirects(HttpClient.Redirect.ALWAYS)
          .build();

  @Test
  void aCustomerSeesTheirOwnDeliveryOnlyAndSendsItAgain() throws Exception {
    webhooks.endpoints().create(SiteId.DEFAULT, EndpointSpec.to(OTHERS).types("order_*"));
    assertThat(order("customer-7", "tea").statusCode()).isEqualTo(200);
    assertThat(order("customer-8", "coffee").statusCode()).isEqualTo(200);

    HttpResponse<String> home = send("GET", "/webhooks", "");
    assertThat(home.statusCode()).isEqualTo(200);
    assertThat(home.uri().getPath()).isEqualTo("/portal/");
    assertThat(home.body()).contains("Orders");
    assertThat(send("GET", found(home.body(), "href=\"(/portal/assets/[^\"]+)\""), "").statusCode())
        .isEqualTo(200);

    Awaitility.await()
        .atMost(Duration.ofMinutes(5))
        .untilAsserted(
            () ->
                assertThat(send("GET", "/portal/deliveries", "").body())
                    .contains("order_created", "delivered"));
    String list = send("GET", "/portal/deliveries", "").body();
    assertThat(list).doesNotContain(OTHERS);
    String delivery = found(list, "href=\"(/portal/deliveries/[a-z]+_[a-z0-9]+)\"");
    String page = send("GET", delivery, "").body();
    assertThat(page).contains("tea");

    String token = found(page, "name=\"csrf\" value=\"([^\"]+)\"");
    HttpResponse<String> again = send("POST", delivery + "/retry", "confirmed=yes&csrf=" + token);
    assertThat(again.statusCode()).isEqualTo(200);
    Awaitility.await()
        .atMost(Duration.ofMinutes(5))
        .untilAsserted(() -> assertThat(send("GET", delivery, "").body()).contains("Attempt 2"));
  }

  @Test
  void withoutALinkNothingIsShown() throws Exception {
    assertThat(send("GET", "/portal/deliveries", "").statusCode()).isEqualTo(401);
  }

  private HttpResponse<String> order(String customer, String item) throws Exception {
    return send("POST", "/orders?customer=" + customer + "&item=" + item, "");
  }

  private HttpResponse<String> send(String method, String path, String form) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .method(method, HttpRequest.BodyPublishers.ofString(form))
            .build();
    return browser.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static String found(String text, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertThat(matcher.find()).as(pattern + " in " + text).isTrue();
    return matcher.group(1);
  }
}
