package dev.hookferry.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hookferry.contract.support.Poll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReplayJobRoutesTest {
  private static final String JOBS = Served.DEFAULT + "/replay-jobs";

  private final Served served = new Served();

  @AfterEach
  void close() {
    served.close();
  }

  @Test
  void replayIsPreviewedStartedAndFollowed() {
    delivered();
    JsonNode preview =
        served
            .post(
                JOBS,
                "{\"since\":\"2025-01-01T00:00:00Z\",\"until\":\"2027-01-01T00:00:00Z\","
                    + "\"status\":\"delivered\",\"dryRun\":true}")
            .json();
    assertThat(preview.path("count").asInt()).isEqualTo(2);
    assertThat(
            served
                .post(
                    JOBS + "/preview",
                    "{\"since\":\"2025-01-01T00:00:00Z\",\"until\":\"2027-01-01T00:00:00Z\","
                        + "\"statuses\":[\"delivered\"]}")
                .json())
        .isEqualTo(preview);
    assertThat(preview.path("byEndpoint").size()).isEqualTo(1);
    assertThat(served.get(JOBS).json().path("data")).isEmpty();
    Served.Answer begun =
        served.post(
            JOBS,
            "{\"since\":\"2025-01-01T00:00:00Z\",\"until\":\"2027-01-01T00:00:00Z\","
                + "\"status\":\"delivered\",\"rate\":1}");
    assertThat(begun.status()).isEqualTo(202);
    String job = JOBS + "/" + begun.json().path("id").asText();
    Poll.until(() -> served.get(job).json().path("sent").asInt() == 1);
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
  void withoutAStatusItSendsOnlyFailedDeliveries() {
    delivered();
    served.send("PATCH", Served.DEFAULT + "/settings", "{\"webHookMaxRetries\":0}");
    served.transport.responding("https://crm.example/hook", 500);
    served.post(Served.DEFAULT + "/events", "{\"type\":\"license_created\",\"data\":{}}");
    Poll.until(() -> count("exhausted") == 1);
    String since = "{\"since\":\"2025-01-01T00:00:00Z\",\"until\":\"2027-01-01T00:00:00Z\"";

    JsonNode failed = served.post(JOBS + "/preview", since + "}").json();
    assertThat(failed.path("count").asInt()).isEqualTo(1);
    assertThat(failed.path("byStatus").toString()).isEqualTo("{\"exhausted\":1}");
    String all = ",\"statuses\":[\"delivered\",\"exhausted\",\"cancelled\",\"poisoned\"]}";
    assertThat(served.post(JOBS + "/preview", since + all).json().path("byStatus").toString())
        .isEqualTo("{\"delivered\":2,\"exhausted\":1}");
    String replays = Served.DEFAULT + "/replays";
    assertThat(served.post(replays, since + ",\"dryRun\":true}").body())
        .isEqualTo("{\"count\":1,\"dryRun\":true,\"byStatus\":{\"exhausted\":1}}");

    JsonNode job = served.post(JOBS, since + "}").json();
    assertThat(job.path("expected").asInt()).isEqualTo(1);
    assertThat(job.path("status").isNull()).isTrue();
    assertThat(job.path("statuses").toString()).isEqualTo("[\"exhausted\",\"poisoned\"]");
    Poll.until(
        () ->
            served
                .get(JOBS + "/" + job.path("id").asText())
                .json()
                .path("state")
                .asText()
                .equals("done"));
    Poll.until(() -> count("exhausted") == 1);
    assertThat(count("delivered")).isEqualTo(2);
    assertThat(served.transport.requests()).hasSize(4);
  }

  @Test
  void eventsThatAnEndpointNeverGotAreCountedAndSent() {
    delivered();
    String late =
        served
            .post(
                Served.DEFAULT + "/endpoints",
                "{\"url\":\"https://late.example/\",\"eventTypes\":[\"*\"]}")
            .json()
            .path("id")
            .asText();
    String missing =
        "{\"since\":\"2025-01-01T00:00:00Z\",\"until\":\"2027-01-01T00:00:00Z\",\"missing\":true";
    String toLate = missing + ",\"endpoint\":\"" + late + "\"";
    assertThat(served.post(JOBS, missing + "}").body()).contains("endpoint", "is missing");
    assertThat(served.post(JOBS, toLate + ",\"status\":\"delivered\"}").body())
        .contains("must not be given together with status or statuses");

    JsonNode preview = served.post(JOBS + "/preview", toLate + "}").json();
    assertThat(preview.path("count").asInt()).isEqualTo(2);
    assertThat(preview.path("byStatus")).isEmpty();
    assertThat(served.post(Served.DEFAULT + "/replays", toLate + ",\"dryRun\":true}").body())
        .isEqualTo("{\"count\":2,\"dryRun\":true,\"byStatus\":{}}");
    JsonNode job = served.post(JOBS, toLate + "}").json();
    assertThat(job.path("missing").asBoolean()).isTrue();
    assertThat(job.path("statuses")).isEmpty();
    assertThat(job.path("expected").asInt()).isEqualTo(2);
    Poll.until(() -> served.transport.requestsTo("https://late.example/").size() == 2);
  }

  private int count(String status) {
    return served.get(Served.DEFAULT + "/deliveries?status=" + status).json().path("data").size();
  }

  @Test
  void aBadReplayIsRefused() {
    String since = "{\"since\":\"2025-01-01T00:00:00Z\"";
    assertThat(
            served.post(JOBS, since + ",\"status\":\"poisoned\",\"statuses\":[\"held\"]}").fields())
        .containsExactlyInAnyOrder("statuses", "statuses[0]");
    assertThat(served.post(JOBS, "{\"rate\":0,\"status\":\"held\"}").fields())
        .contains("rate", "status");
    assertThat(served.post(JOBS, "{}").fields()).containsExactly("since");
    assertThat(served.post(JOBS + "/preview", "{\"rate\":1}").fields()).containsExactly("rate");
  }

  private void delivered() {
    served.post(
        Served.DEFAULT + "/endpoints",
        "{\"url\":\"https://crm.example/hook\",\"eventTypes\":[\"*\"]}");
    served.post(
        Served.DEFAULT + "/events",
        "[{\"type\":\"license_created\",\"data\":{}},{\"type\":\"license_created\",\"data\":{}}]");
    Poll.until(() -> count("delivered") == 2);
  }
}
