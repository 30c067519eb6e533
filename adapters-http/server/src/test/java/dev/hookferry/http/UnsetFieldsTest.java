package dev.hookferry.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests absent, null and empty fields of endpoints, as generated clients send them. */
class UnsetFieldsTest {
  private static final String ENDPOINTS = Served.DEFAULT + "/endpoints";

  private final Served served = new Served();

  @AfterEach
  void close() {
    served.close();
  }

  /** Generated clients write null, or nothing, for what was not set; both change nothing. */
  @Test
  void nullsInAChangeLeaveWhatThereIs() {
    Served.Answer made =
        served.post(
            ENDPOINTS,
            "{\"url\":\""
                + Served.URL
                + "\",\"eventTypes\":[\"*\"],\"headers\":{\"X-Team\":\"blue\"},"
                + "\"signatures\":[\"qlm\"],\"enabled\":false}");
    JsonNode changed =
        change(
                made.json().path("id").asText(),
                "{\"description\":\"CRM\",\"url\":null,\"eventTypes\":null,\"headers\":null,"
                    + "\"secretHeaders\":null,\"signatures\":null,\"enabled\":null,"
                    + "\"retry\":{\"maxRetries\":1,\"intervalSeconds\":5,\"backoff\":null}}")
            .json();
    assertThat(changed.path("description").asText()).isEqualTo("CRM");
    for (String field : List.of("url", "eventTypes", "headers", "signatures", "enabled")) {
      assertThat(changed.path(field)).as(field).isEqualTo(made.json().path(field));
    }
  }

  @Test
  void anEmptyListOfSignaturesMeansBoth() {
    Served.Answer made =
        served.post(
            ENDPOINTS, "{\"url\":\"" + Served.URL + "\",\"eventTypes\":[\"*\"],\"signatures\":[]}");
    assertThat(made.json().path("signatures")).hasSize(2);
    String id = made.json().path("id").asText();
    assertThat(change(id, "{\"signatures\":[\"qlm\"]}").json().path("signatures")).hasSize(1);
    assertThat(change(id, "{\"signatures\":[]}").json().path("signatures")).hasSize(2);
    assertThat(change(id, "{\"headers\":{\"X-A\":\"b\"}}").json().path("headers")).hasSize(1);
    assertThat(change(id, "{\"headers\":{}}").json().path("headers")).isEmpty();
  }

  private Served.Answer change(String id, String body) {
    return served.send("PATCH", ENDPOINTS + "/" + id, body);
  }
}
