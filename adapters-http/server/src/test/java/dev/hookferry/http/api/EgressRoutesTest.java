package dev.hookferry.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.delivery.Timing;
import dev.hookferry.http.Served;
import dev.hookferry.observe.EgressState;
import dev.hookferry.transport.Egresses;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Egresses through the HTTP API. */
class EgressRoutesTest {
  private static final String ENDPOINTS = Served.DEFAULT + "/endpoints";
  private static final String RULE = "must be an egress that the operator has defined: eu, us";

  private final Served served = new Served();

  @BeforeEach
  void offer() {
    EgressState failing =
        new EgressState(
            "us",
            List.of("socks5://10.0.0.9:1080"),
            false,
            3,
            2,
            "socks5://10.0.0.9:1080 does not speak SOCKS 5",
            Instant.parse("2026-04-29T16:39:49Z"));
    served.transport.offering(
        new Egresses(List.of(EgressState.unused("eu", List.of()), failing), null));
  }

  @AfterEach
  void close() {
    served.close();
  }

  private static String body(String more) {
    return "{\"url\":\"" + Served.URL + "\",\"eventTypes\":[\"*\"]" + more + "}";
  }

  @Test
  void anEndpointAndASiteChooseOne() {
    JsonNode made = served.post(ENDPOINTS, body(",\"egress\":\"eu\"")).json();
    String endpoint = ENDPOINTS + "/" + made.path("id").asText();
    assertThat(made.path("egress").asText()).isEqualTo("eu");
    assertThat(served.get(endpoint).json().path("egress").asText()).isEqualTo("eu");
    assertThat(served.get(endpoint + "/policy").json().path("egress"))
        .hasToString("{\"value\":\"eu\",\"origin\":\"endpoint\"}");

    JsonNode reset = served.send("PATCH", endpoint, "{\"egress\":null}").json();
    assertThat(reset.path("egress").isNull()).isTrue();
    served.send("PATCH", Served.DEFAULT + "/settings", "{\"egress\":\"us\"}");
    assertThat(served.get(endpoint + "/policy").json().path("egress"))
        .hasToString("{\"value\":\"us\",\"origin\":\"site\"}");
    assertThat(served.post(endpoint + "/test", "").status()).isEqualTo(200);
    assertThat(served.transport.requests().get(0).egress()).isEqualTo("us");
  }

  @Test
  void anUnknownOneIsRefusedAndChangesNothing() {
    refused("POST", ENDPOINTS, body(",\"egress\":\"asia\""), RULE);
    refused("POST", ENDPOINTS + "/try", body(",\"egress\":\"asia\""), RULE);
    refused("PATCH", Served.DEFAULT + "/settings", "{\"egress\":\"asia\"}", RULE);
    refused("POST", ENDPOINTS, body(",\"egress\":\"http://10.0.0.9:3128\""), RULE);
    assertThat(served.get(ENDPOINTS).json().path("data")).isEmpty();
    assertThat(served.transport.requests()).isEmpty();
  }

  private void refused(String method, String path, String body, String reason) {
    Served.Answer answer = served.send(method, path, body);
    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(answer.json().at("/errors/0/field").asText()).isEqualTo("egress");
    assertThat(answer.json().at("/errors/0/reason").asText()).isEqualTo(reason);
  }

  @Test
  void anAttemptTellsItsEgressAndWhatTheProxyTook() {
    Duration milli = Duration.ofMillis(1);
    Timing timing = new Timing(milli, milli, milli, milli.multipliedBy(7), null, null, null, "eu");
    Outcome failed =
        Outcome.failed(OutcomeKind.PROXY_FAILED, "egress eu: the proxy responded with 407", timing);
    served.transport.responding(Served.URL, n -> failed);
    JsonNode tried =
        served.post(ENDPOINTS + "/try", body(",\"egress\":\"eu\"")).json().path("attempt");
    String id = served.post(ENDPOINTS, body(",\"egress\":\"eu\"")).json().path("id").asText();
    served.post(ENDPOINTS + "/" + id + "/test", "");
    JsonNode logged =
        served.get(Served.DEFAULT + "/attempts?outcome=proxy_failed").json().at("/data/0");
    for (JsonNode attempt : List.of(tried, logged)) {
      assertThat(attempt.path("outcome").asText()).isEqualTo("proxy_failed");
      assertThat(attempt.path("error").asText()).isEqualTo(failed.detail());
      assertThat(attempt.path("egress").asText()).isEqualTo("eu");
      assertThat(attempt.at("/timing/proxyMillis").asDouble()).isEqualTo(7);
    }
  }

  @Test
  void operatorsSeeHowEachFaresAndEverybodyWhetherItWorks() {
    assertThat(served.get("/api/v1/system").json().path("egresses"))
        .hasToString(
            "[{\"name\":\"eu\",\"via\":[],\"working\":true,\"failures\":0,\"refusals\":0,"
                + "\"lastFailure\":null,\"failedAt\":null},"
                + "{\"name\":\"us\",\"via\":[\"socks5://10.0.0.9:1080\"],\"working\":false,"
                + "\"failures\":3,\"refusals\":2,"
                + "\"lastFailure\":\"socks5://10.0.0.9:1080 does not speak SOCKS 5\","
                + "\"failedAt\":\"2026-04-29T16:39:49Z\"}]");
    assertThat(served.get("/healthz").json().path("egresses"))
        .hasToString(
            "[{\"name\":\"eu\",\"status\":\"working\"},{\"name\":\"us\",\"status\":\"failing\"}]");
    assertThat(served.get("/metrics").body())
        .contains(
            "hookferry_egress_failures_total{egress=\"us\"} 3",
            "hookferry_egress_refusals_total{egress=\"us\"} 2",
            "hookferry_egress_failing{egress=\"eu\"} 0",
            "hookferry_egress_failing{egress=\"us\"} 1");

    served.transport.offering(Egresses.NONE);
    assertThat(served.get("/healthz").json().has("egresses")).isFalse();
    assertThat(served.get("/metrics").body()).doesNotContain("hookferry_egress");
    refused(
        "PATCH",
        Served.DEFAULT + "/settings",
        "{\"egress\":\"eu\"}",
        "cannot be chosen, since the operator of this server has defined no egress");
  }
}
