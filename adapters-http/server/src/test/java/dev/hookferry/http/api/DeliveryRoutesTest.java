package dev.hookferry.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hookferry.contract.support.Poll;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.delivery.Response;
import dev.hookferry.event.Payload;
import dev.hookferry.http.Served;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeliveryRoutesTest {
  private static final String DELIVERIES = Served.DEFAULT + "/deliveries";
  private static final String EVENTS = Served.DEFAULT + "/events";
  private static final String ATTEMPTS = Served.DEFAULT + "/attempts";
  private static final String REPLAYS = Served.DEFAULT + "/replays";

  private final Served served = new Served();
  private String endpoint = "";

  @BeforeEach
  void register() {
    served.send(
        "PATCH",
        Served.DEFAULT + "/settings",
        "{\"webHookMaxRetries\":1,\"webHookRetryInterval\":60}");
    endpoint =
        served
            .post(
                Served.DEFAULT + "/endpoints",
                "{\"url\":\"" + Served.URL + "\",\"eventTypes\":[\"*\"]}")
            .json()
            .path("id")
            .asText();
  }

  @AfterEach
  void close() {
    served.close();
  }

  @Test
  void aFailedDeliveryWaitsForItsRetryAndEndsExhausted() {
    served.transport.responding(Served.URL, 503);
    String event = publish("license_created");
    Poll.until(() -> attempts(ATTEMPTS) == 1);

    JsonNode pending = served.get(DELIVERIES + "?status=pending").json().at("/data/0");
    String id = pending.path("id").asText();
    assertThat(pending.toString())
        .isEqualTo(
            "{\"id\":\"%s\",\"event\":\"%s\",\"eventType\":\"license_created\",\"endpoint\":\"%s\","
                    .formatted(id, event, endpoint)
                + "\"status\":\"pending\",\"attempts\":1,\"orderingKey\":null,\"createdAt\":\"2026-01-01T12:00:00Z\","
                + "\"nextAttemptAt\":\"2026-01-01T12:01:00Z\",\"settledAt\":null,\"reason\":\"retry"
                + " scheduled\",\"lastOutcome\":\"http_error\",\"lastStatusCode\":503,\"lastError\":\"the"
                + " receiver responded with 503\"}");

    served.clock.advance(Duration.ofMinutes(1));
    await(id, "exhausted");
    JsonNode one = served.get(DELIVERIES + "/" + id).json();
    assertThat(one.path("nextAttemptAt").isNull()).isTrue();
    assertThat(one.path("reason").asText()).isEqualTo("given up after 2 attempts: HTTP 503");
    assertThat(one.path("lastStatusCode").asInt()).isEqualTo(503);
    assertThat(one.path("settledAt").asText()).isEqualTo("2026-01-01T12:01:00Z");
    assertThat(one.path("log").findValuesAsText("number")).containsExactly("1", "2");
    assertThat(one.at("/log/1/advice").asText()).contains("is not available at the moment");
    assertThat(attempts(DELIVERIES + "?status=failed")).isEqualTo(1);
    assertThat(attempts(DELIVERIES + "?status=poisoned")).isZero();
    assertThat(attempts(ATTEMPTS + "?outcome=http_error&statusCode=503")).isEqualTo(2);
    assertThat(attempts(ATTEMPTS + "?delivery=" + id + "&endpoint=" + endpoint)).isEqualTo(2);
    assertThat(attempts(ATTEMPTS + "?outcome=delivered")).isZero();
    assertThat(attempts(ATTEMPTS + "?outcome=failed")).isEqualTo(2);
    assertThat(attempts(ATTEMPTS + "?outcome=delivered&outcome=http_error")).isEqualTo(2);
    assertThat(attempts(ATTEMPTS + "?outcome=delivered&outcome=timeout")).isZero();
    assertThat(attempts(ATTEMPTS + "?statusCode=500")).isZero();
    assertThat(attempts(ATTEMPTS + "?since=2026-01-01T12:00:30Z")).isEqualTo(1);
  }

  /** It is the word by which attempts are filtered. */
  @Test
  void anExhaustedDeliveryNamesItsOutcomeAsTheLogDoes() {
    Outcome refused = Outcome.failed(OutcomeKind.CONNECT_ERROR, "refused", Duration.ZERO);
    served.transport.responding(Served.URL, n -> refused);
    publish("license_created");
    Poll.until(() -> attempts(ATTEMPTS) == 1);
    String id = served.get(DELIVERIES).json().at("/data/0/id").asText();

    served.clock.advance(Duration.ofMinutes(1));
    await(id, "exhausted");

    assertThat(served.get(DELIVERIES + "/" + id).json().path("reason").asText())
        .isEqualTo("given up after 2 attempts: connect_error");
  }

  @Test
  void anythingCanBeRetriedAndWhatIsPendingCancelled() {
    served.transport.responding(Served.URL, n -> n < 3 ? answer(500, "") : answer(200, ""));
    publish("license_created");
    Poll.until(() -> attempts(ATTEMPTS) == 1);
    String id = served.get(DELIVERIES).json().at("/data/0/id").asText();

    Served.Answer cancelled = served.post(DELIVERIES + "/" + id + "/cancel", "");
    assertThat(cancelled.status()).isEqualTo(200);
    assertThat(cancelled.json().path("status").asText()).isEqualTo("cancelled");
    assertThat(served.post(DELIVERIES + "/" + id + "/cancel", "{}").status()).isEqualTo(409);
    assertThat(served.post(DELIVERIES + "/" + id + "/cancel", "null").status()).isEqualTo(409);
    assertThat(served.post(DELIVERIES + "/" + id + "/cancel", "[]").status()).isEqualTo(400);

    assertThat(served.post(DELIVERIES + "/" + id + "/retry", "").status()).isEqualTo(200);
    Poll.until(() -> attempts(ATTEMPTS) == 2);
    assertThat(served.post(DELIVERIES + "/" + id + "/retry", "{\"a\":1}").status()).isEqualTo(400);
    served.post(DELIVERIES + "/" + id + "/retry", "");
    await(id, "delivered");
    JsonNode log = served.get(DELIVERIES + "/" + id).json().path("log");
    assertThat(log.get(log.size() - 1).path("advice").isNull()).isTrue();
  }

  @Test
  void deliveriesOfAPausedEndpointAreHeld() {
    served.send("PATCH", Served.DEFAULT + "/endpoints/" + endpoint, "{\"enabled\":false}");
    publish("license_created");
    JsonNode held = served.get(DELIVERIES + "?status=held").json().at("/data/0");
    assertThat(held.path("status").asText()).isEqualTo("held");
    assertThat(held.path("nextAttemptAt").isNull()).isTrue();
    assertThat(served.get(DELIVERIES + "?status=pending").json().path("data")).isEmpty();
  }

  @Test
  void listsAreFilteredAndPaged() {
    publish("license_created");
    String second = publish("customer_created");
    Poll.until(() -> attempts(ATTEMPTS) == 2);
    assertThat(attempts(DELIVERIES + "?type=customer_created")).isEqualTo(1);
    assertThat(attempts(DELIVERIES + "?event=" + second)).isEqualTo(1);
    for (String list : List.of(DELIVERIES, ATTEMPTS, EVENTS)) {
      assertThat(attempts(list + "?type=customer_%2A")).isEqualTo(1);
      assertThat(attempts(list + "?type=%2A")).isEqualTo(2);
      assertThat(attempts(list + "?type=invoice_%2A")).isZero();
    }
    assertThat(attempts(DELIVERIES + "?typePattern=customer_%2A")).isEqualTo(1);
    assertThat(attempts(DELIVERIES + "?statusClass=2xx&typePattern=%2A")).isEqualTo(2);
    assertThat(attempts(DELIVERIES + "?statusClass=4xx")).isZero();
    assertThat(served.get(DELIVERIES + "?statusClass=6xx&typePattern=a*b").fields())
        .containsExactlyInAnyOrder("statusClass", "typePattern");
    JsonNode page = served.get(DELIVERIES + "?limit=1").json();
    assertThat(page.at("/data/0/event").asText()).isEqualTo(second);
    JsonNode rest = served.get(DELIVERIES + "?limit=1&cursor=" + page.path("next").asText()).json();
    assertThat(rest.path("data")).hasSize(1);
    assertThat(rest.path("next").isNull()).isTrue();
    Served.Answer refused =
        served.get(DELIVERIES + "?status=done&endpoint=x&event=a.b&limit=501&outcome=timeout");
    assertThat(refused.fields())
        .containsExactlyInAnyOrder("status", "endpoint", "event", "limit", "outcome");
    assertThat(unknown(DELIVERIES + "?endpoint=nobody", "/errors/0"))
        .isEqualTo("{\"kind\":\"endpoint\",\"name\":\"nobody\"}");
    assertThat(unknown(ATTEMPTS + "?outcome=timeot", "/errors/0"))
        .isEqualTo("{\"kind\":\"value\",\"name\":\"timeot\",\"nearest\":\"timeout\"}");
    assertThat(unknown(DELIVERIES + "?endpont=crm", "/errors/0"))
        .isEqualTo("{\"kind\":\"parameter\",\"name\":\"endpont\",\"nearest\":\"endpoint\"}");
    assertThat(unknown(DELIVERIES + "/dlv_x", ""))
        .isEqualTo("{\"kind\":\"delivery\",\"name\":\"dlv_x\"}");
    assertThat(served.get(ATTEMPTS + "?outcome=bad&statusCode=99&delivery=1").fields())
        .containsExactlyInAnyOrder("outcome", "statusCode", "delivery");
  }

  @Test
  void answersOfReceiversAreShownAsTextOrElseInBase64() {
    byte[] long16 = "é".repeat(9_000).getBytes(StandardCharsets.UTF_8);
    byte[] cut = Arrays.copyOf(long16, 16 * 1024 - 1);
    List<Payload> bodies =
        List.of(
            Payload.of("a\u0000</b>"), Payload.wrap(new byte[] {(byte) 0xff}), Payload.wrap(cut));
    served.transport.responding(
        Served.URL,
        n ->
            Outcome.responded(
                new Response(200, bodies.get(n - 1), n == 3, null, null), Duration.ofMillis(1)));
    for (int i = 1; i <= 3; i++) {
      int expected = i;
      publish("license_created");
      Poll.until(() -> attempts(ATTEMPTS) == expected);
    }
    JsonNode log = served.get(ATTEMPTS).json();
    assertThat(log.at("/data/2/response/body").asText()).isEqualTo("a\u0000</b>");
    assertThat(log.at("/data/1/response/bodyBase64").asText()).isEqualTo("/w==");
    assertThat(log.at("/data/0/response/body").asText()).isEqualTo("é".repeat(8_191));
  }

  @Test
  void aWindowIsCountedThenSentAgain() {
    publish("license_created");
    publish("customer_created");
    Poll.until(() -> attempts(ATTEMPTS) == 2);
    served.clock.advance(Duration.ofSeconds(1));
    String since = "\"since\":\"2026-01-01T00:00:00Z\"";
    assertThat(
            served.post(REPLAYS, "{" + since + ",\"status\":\"delivered\",\"dryRun\":true}").body())
        .isEqualTo("{\"count\":2,\"dryRun\":true,\"byStatus\":{\"delivered\":2}}");
    assertThat(served.transport.requests()).hasSize(2);
    Served.Answer run =
        served.post(
            REPLAYS,
            "{"
                + since
                + ",\"type\":\"customer_created\",\"status\":\"delivered\",\"endpoint\":\""
                + endpoint
                + "\",\"until\":null}");
    assertThat(run.body()).isEqualTo("{\"count\":1,\"dryRun\":false}");
    Poll.until(() -> served.transport.requests().size() == 3);
  }

  @Test
  void aReplayWithoutAWindowIsRefused() {
    assertThat(served.post(REPLAYS, "{}").fields()).containsExactly("since");
    assertThat(
            served
                .post(
                    REPLAYS,
                    "{\"since\":\"x\",\"until\":5,\"status\":\"held\",\"type\":\"a..b\","
                        + "\"endpoint\":\"ep\",\"dryRun\":\"yes\",\"when\":1}")
                .fields())
        .containsExactlyInAnyOrder(
            "since", "until", "status", "type", "endpoint", "dryRun", "when");
    assertThat(
            served
                .post(
                    REPLAYS,
                    "{\"since\":\"2026-01-02T00:00:00Z\",\"until\":\"2026-01-01T00:00:00Z\"}")
                .fields())
        .containsExactly("until");
  }

  private String publish(String type) {
    return served
        .post(Served.DEFAULT + "/events", "{\"type\":\"" + type + "\",\"data\":{}}")
        .json()
        .path("id")
        .asText();
  }

  private int attempts(String list) {
    return served.get(list).json().path("data").size();
  }

  private void await(String id, String status) {
    Poll.until(
        () -> served.get(DELIVERIES + "/" + id).json().path("status").asText().equals(status));
  }

  private static Outcome answer(int status, String body) {
    Response response = new Response(status, Payload.of(body), false, null, null);
    return Outcome.responded(response, Duration.ofMillis(1));
  }

  private String unknown(String path, String problem) {
    return served.get(path).json().at(problem + "/unknown").toString();
  }
}
