package dev.hookferry.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hookferry.contract.support.Poll;
import dev.hookferry.http.Served;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProblemRoutesTest {
  private static final String PROBLEMS = Served.DEFAULT + "/problems";
  private static final String UNTIL = "{\"until\":\"2026-01-02T00:00:00Z\"}";

  private final Served served = new Served();
  private String sap = "";

  @BeforeEach
  void fail() {
    served.transport.responding(Served.URL, 401);
    String endpoint =
        "{\"url\":\""
            + Served.URL
            + "\",\"uid\":\"sap\",\"description\":\"SAP\",\"eventTypes\":[\"*\"]}";
    sap = served.post(Served.DEFAULT + "/endpoints", endpoint).json().path("id").asText();
    served.post(Served.DEFAULT + "/events", "{\"type\":\"license_created\",\"data\":{}}");
    Poll.until(() -> served.get(PROBLEMS).json().path("data").size() == 1);
  }

  @AfterEach
  void close() {
    served.close();
  }

  @Test
  void problemsAreListedWithTheirNotes() {
    JsonNode problem = served.get(PROBLEMS).json().at("/data/0");
    assertThat(problem.path("endpoint").asText()).isEqualTo(sap);
    assertThat(problem.path("url").asText()).isEqualTo(Served.URL);
    assertThat(problem.path("description").asText()).isEqualTo("SAP");
    assertThat(problem.path("cause").asText()).isEqualTo("401");
    assertThat(problem.path("since").asText()).isEqualTo("2026-01-01T12:00:00Z");
    assertThat(problem.path("failureCount").asInt()).isEqualTo(1);
    assertThat(problem.path("waiting").asInt()).isEqualTo(1);
    assertThat(problem.path("status").asText()).isEqualTo("open");
    assertThat(problem.path("acknowledged").isNull()).isTrue();
    assertThat(problem.path("health").path("failures").asInt()).isEqualTo(1);
  }

  @Test
  void aProblemIsAcknowledgedMutedAndUnmuted() {
    served.clock.advance(Duration.ofSeconds(1));
    JsonNode known = served.post(PROBLEMS + "/sap/acknowledge", "{\"cause\":\"401\"}").json();
    assertThat(known.path("by").asText()).isEqualTo("test");
    assertThat(statuses("acknowledged")).isEqualTo(1);

    JsonNode muted = served.post(PROBLEMS + "/" + sap + "/mute", UNTIL).json();
    assertThat(muted.path("until").asText()).isEqualTo("2026-01-02T00:00:00Z");
    assertThat(statuses("muted")).isEqualTo(1);
    assertThat(statuses("open")).isZero();

    assertThat(served.post(PROBLEMS + "/sap/unmute", "").status()).isEqualTo(204);
    assertThat(statuses("acknowledged")).isEqualTo(1);
    assertThat(served.get(PROBLEMS + "?endpoint=sap&limit=1").json().path("data")).hasSize(1);
  }

  private int statuses(String status) {
    return served.get(PROBLEMS + "?problemStatus=" + status).json().path("data").size();
  }

  @Test
  void badInputNamesItsField() {
    assertThat(served.get(PROBLEMS + "?problemStatus=new").fields())
        .containsExactly("problemStatus");
    assertThat(served.get(PROBLEMS + "?endpoint=lost").fields()).containsExactly("endpoint");
    assertThat(served.get(PROBLEMS + "?cursor=x").fields()).containsExactly("cursor");
    assertThat(served.post(PROBLEMS + "/sap/acknowledge", "{}").fields()).containsExactly("cause");
    assertThat(served.post(PROBLEMS + "/sap/acknowledge", "{\"cause\":\"<\"}").fields())
        .containsExactly("cause");
    assertThat(served.post(PROBLEMS + "/sap/acknowledge", "{\"cause\":\"banana\"}").fields())
        .containsExactly("cause");
    assertThat(served.post(PROBLEMS + "/sap/mute", "{}").fields()).containsExactly("until");
    assertThat(served.post(PROBLEMS + "/sap/mute", "{\"until\":\"2025-01-01T00:00:00Z\"}").fields())
        .containsExactly("until");
    assertThat(served.post(PROBLEMS + "/lost/mute", UNTIL).status()).isEqualTo(404);
    assertThat(served.post(PROBLEMS + "/sap/unmute", "{\"until\":1}").fields())
        .containsExactly("until");
    assertThat(statuses("open")).isEqualTo(1);
  }
}
