package dev.hookferry.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests absent, null, empty and read-only fields of endpoints, as clients send them. */
class UnsetFieldsTest {
  private static final String ENDPOINTS = Served.DEFAULT + "/endpoints";

  private final Served served = new Served();

  @AfterEach
  void close() {
    served.close();
  }

  /** Generated clients write null, or nothing, for what was not set; both change nothing. */
  @Test
  void nullsInAChangeKeepPresentValues() {
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

  @Test
  void anEndpointSentBackAsItWasReadChangesNothing() {
    served.transport.unresolvable("crn.example");
    Served.Answer made =
        served.post(
            ENDPOINTS,
            "{\"url\":\"https://crn.example/\",\"eventTypes\":[\"*\",\"license_*\"],"
                + "\"headers\":{\"Authorization\":\"Bearer abc\"},\"qlmSecret\":\"own\","
                + "\"enabled\":false}");
    String id = made.json().path("id").asText();
    String read = served.get(ENDPOINTS + "/" + id).body();
    Served.Answer same = change(id, read);
    assertThat(same.status()).isEqualTo(200);
    assertThat(same.body()).isEqualTo(read).doesNotContain("warnings");

    JsonNode moved = change(id, read.replace("crn.example", "crm.example")).json();
    assertThat(moved.path("url").asText()).isEqualTo("https://crm.example/");
  }

  @Test
  void aChangeOfTheUrlWarnsAndItsReplyCanBeSentBack() {
    served.transport.unresolvable("crn.example");
    String id =
        served
            .post(ENDPOINTS, "{\"url\":\"" + Served.URL + "\",\"eventTypes\":[\"*\"]}")
            .json()
            .path("id")
            .asText();
    Served.Answer mistyped = change(id, "{\"url\":\"https://crn.example/x\"}");
    assertThat(mistyped.json().path("warnings").toString())
        .isEqualTo("[\"the name crn.example does not resolve at this moment\"]");
    Served.Answer again = change(id, mistyped.body());
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.json().has("warnings")).isFalse();
  }

  @Test
  void onlyReadOnlyFieldsAndASecretAreRefused() {
    String id =
        served
            .post(ENDPOINTS, "{\"url\":\"" + Served.URL + "\",\"eventTypes\":[\"*\"]}")
            .json()
            .path("id")
            .asText();
    Served.Answer created = change(id, "{\"createdAt\":\"2026-01-01T00:00:00Z\"}");
    assertThat(created.status()).isEqualTo(400);
    assertThat(created.body()).contains("\"field\":\"createdAt\",\"reason\":\"is read-only\"");
    assertThat(change(id, "{\"description\":\"a\",\"secret\":\"whsec_x\"}").fields())
        .containsExactly("secret");
  }

  private Served.Answer change(String id, String body) {
    return served.send("PATCH", ENDPOINTS + "/" + id, body);
  }
}
