package dev.hookferry.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hookferry.contract.support.Poll;
import dev.hookferry.http.Served;
import dev.hookferry.id.SiteId;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Lists by a prefix of event types, in a site that accepts types of the site default, and others.
 */
class TypePatternTest {
  private static final String ACME = "/api/v1/sites/acme";

  private final Served served = new Served();

  @BeforeEach
  void publish() {
    served.webhooks.sites().create(new SiteId("acme"));
    assertThat(
            served
                .send(
                    "PATCH",
                    ACME + "/settings",
                    "{\"openCatalog\":true,\"portal\":{\"enabled\":true}}")
                .status())
        .isEqualTo(200);
    assertThat(
            served
                .send("PUT", Served.DEFAULT + "/event-types/order.paid", "{\"description\":\"x\"}")
                .status())
        .isEqualTo(200);
    var unused =
        served.post(ACME + "/endpoints", "{\"url\":\"" + Served.URL + "\",\"eventTypes\":[\"*\"]}");
    for (String type : new String[] {"order.paid", "order.other", "license_created"}) {
      assertThat(served.post(ACME + "/events", "{\"type\":\"" + type + "\",\"data\":{}}").status())
          .isEqualTo(202);
    }
    Poll.until(() -> served.get(ACME + "/attempts").json().path("data").size() == 3);
  }

  @AfterEach
  void close() {
    served.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/events", "/deliveries", "/attempts"})
  void findsTypesThatTheSiteDoesNotDeclare(String list) {
    assertThat(types(served.get(ACME + list + "?type=order.*").json()))
        .containsExactlyInAnyOrder("order.other", "order.paid");
    assertThat(types(served.get(ACME + list + "?type=order.o*&type=license_created").json()))
        .containsExactlyInAnyOrder("license_created", "order.other");
    assertThat(types(served.get(ACME + list + "?type=none.*").json())).isEmpty();
  }

  @Test
  void thePortalFindsThemToo() {
    String url =
        served.post(ACME + "/portal-links", "{\"subject\":\"c\"}").json().path("url").asText();
    String code = url.replaceAll(".*/", "");
    String token =
        served
            .post("/api/v1/portal/session", "{\"code\":\"" + code + "\"}")
            .json()
            .path("token")
            .asText();
    Served.Answer found =
        served.send(
            "GET",
            "/api/v1/portal/deliveries?type=order.*",
            null,
            request -> request.setHeader("Authorization", "Bearer " + token));
    assertThat(types(found.json())).containsExactlyInAnyOrder("order.other", "order.paid");
  }

  private static List<String> types(JsonNode page) {
    List<String> ofEvents = page.path("data").findValuesAsText("type");
    return ofEvents.isEmpty() ? page.path("data").findValuesAsText("eventType") : ofEvents;
  }
}
