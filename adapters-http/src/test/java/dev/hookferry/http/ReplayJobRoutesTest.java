package dev.hookferry.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hookferry.contract.Poll;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReplayJobRoutesTest {
  private static final String JOBS = Served.DEFAULT + "/replay-jobs";
  private static final Duration SOON = Duration.ofSeconds(10);

  private final Served served = new Served();

  @AfterEach
  void close() {
    served.close();
  }

  @Test
  void aReplayIsLookedAtBegunAndFollowed() {
    delivered();
    JsonNode preview =
        served
            .post(
                JOBS,
                "{\"since\":\"2025-01-01T00:00:00Z\",\"until\":\"2027-01-01T00:00:00Z\",\"dryRun\":true}")
            .json();
    assertThat(preview.path("count").asInt()).isEqualTo(2);
    assertThat(preview.path("byEndpoint").size()).isEqualTo(1);
    assertThat(served.get(JOBS).json().path("data")).isEmpty();
    Served.Answer begun =
        served.post(
            JOBS,
            "{\"since\":\"2025-01-01T00:00:00Z\",\"until\":\"2027-01-01T00:00:00Z\",\"rate\":1}");
    assertThat(begun.status()).isEqualTo(202);
    String job = JOBS + "/" + begun.json().path("id").asText();
    Poll.until(SOON, () -> served.get(job).json().path("sent").asInt() == 1);
    assertThat(served.post(job + "/pause", "{}").json().path("state").asText()).isEqualTo("paused");
    assertThat(served.post(job + "/resume", "{}").json().path("state").asText())
        .isEqualTo("running");
    assertThat(served.post(job + "/cancel", "{}").json().path("state").asText())
        .isEqualTo("cancelled");
    assertThat(served.post(job + "/cancel", "{}").status()).isEqualTo(409);
    assertThat(served.get(JOBS).json().path("data")).hasSize(1);
    assertThat(served.get(JOBS + "/rpl_none").status()).isEqualTo(404);
    assertThat(served.get("/metrics").body()).contains("hookferry_replays_total");
  }

  @Test
  void aBadReplayIsRefused() {
    assertThat(served.post(JOBS, "{\"rate\":0,\"status\":\"held\"}").fields())
        .contains("rate", "status");
    assertThat(served.post(JOBS, "{}").fields()).containsExactly("since");
  }

  private void delivered() {
    served.post(
        Served.DEFAULT + "/endpoints",
        "{\"url\":\"https://crm.example/hook\",\"eventTypes\":[\"*\"]}");
    served.post(
        Served.DEFAULT + "/events",
        "[{\"type\":\"license_created\",\"data\":{}},{\"type\":\"license_created\",\"data\":{}}]");
    Poll.until(
        SOON,
        () ->
            served.get(Served.DEFAULT + "/deliveries?status=delivered").json().path("data").size()
                == 2);
  }
}
