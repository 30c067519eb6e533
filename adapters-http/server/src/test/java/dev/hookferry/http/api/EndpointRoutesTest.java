package dev.hookferry.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hookferry.contract.support.AttackCase;
import dev.hookferry.contract.support.Poll;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.delivery.Response;
import dev.hookferry.delivery.ResponseHeaders;
import dev.hookferry.delivery.Timing;
import dev.hookferry.event.Payload;
import dev.hookferry.http.Served;
import dev.hookferry.testing.ScriptedTransport;
import dev.hookferry.transport.SignedRequest;
import dev.hookferry.transport.SignedRequest.Header;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointRoutesTest {
  private static final String ENDPOINTS = Served.DEFAULT + "/endpoints";
  private static final String PAUSED = "\"state\":\"paused\",\"reason\":\"endpoint paused\"";

  private final Served served = new Served();

  @AfterEach
  void close() {
    served.close();
  }

  @Test
  void anEndpointIsRegisteredWithItsSecretShownOnce() {
    Served.Answer made =
        create(
            """
            {"url":"https://crm.example/hook","eventTypes":["license_*","customer_created"],
             "description":"CRM","headers":{"X-Team":"crm","Authorization":"Bearer abc"},
             "signatures":["standard"],"enabled":false,"qlmSecret":"own",
             "retry":{"maxRetries":3,"intervalSeconds":10,"backoff":"exponential"},
             "timeout":"3s","limits":{"perMinute":600,"concurrency":4}}
            """);

    assertThat(made.status()).isEqualTo(201);
    String id = made.json().path("id").asText();
    assertThat(made.header("Location")).isEqualTo(ENDPOINTS + "/" + id);
    assertThat(made.json().path("secret").asText()).startsWith("whsec_");
    String shown = served.get(ENDPOINTS + "/" + id).body();
    assertThat(shown)
        .isEqualTo(
            "{\"id\":\""
                + id
                + "\",\"url\":\"https://crm.example/hook\","
                + "\"eventTypes\":[\"license_*\",\"customer_created\"],\"description\":\"CRM\","
                + "\"uid\":null,\"labels\":{},\"metadata\":{},"
                + "\"headers\":{\"X-Team\":\"crm\",\"Authorization\":\"********\"},"
                + "\"secretHeaders\":[\"Authorization\"],"
                + "\"signatures\":[\"standard\"],"
                + "\"health\":{"
                + PAUSED
                + ",\"failures\":0,\"until\":null,\"ownFault\":null},"
                + "\"enabled\":false,\"disabledReason\":null,"
                + "\"stateSince\":null,\"releasePerSecond\":null,\"disablesAt\":null,\"retry\":{\"maxRetries\":3,"
                + "\"intervalSeconds\":10,\"backoff\":\"exponential\"},\"timeout\":\"3s\","
                + "\"auth\":null,\"body\":null,\"bodyVersion\":null,\"clientCertificate\":null,"
                + "\"trustedCa\":null,\"egress\":null,\"propagateTrace\":false,\"successStatuses\":[\"2xx\"],\"limits\":{\"perMinute\":600,\"concurrency\":4},\"filter\":null,"
                + "\"order\":\"none\",\"onExhaustion\":null,\"urlFrom\":\"operator\",\"managedBy\":\"customer\","
                + "\"qlmSecret\":\"********\",\"oldSecretUntil\":null,\"publicKeys\":[],"
                + "\"createdAt\":\"2026-01-01T12:00:00Z\"}");
    assertThat(served.get(ENDPOINTS).body()).isEqualTo("{\"data\":[" + shown + "],\"next\":null}");
  }

  @Test
  void nullsInANewEndpointMeanAbsent() {
    Served.Answer made =
        create(
            "{\"url\":\""
                + Served.URL
                + "\",\"eventTypes\":[\"*\"],\"description\":null,"
                + "\"headers\":null,\"signatures\":null,\"enabled\":null,\"retry\":null}");
    assertThat(made.status()).isEqualTo(201);
    assertThat(made.json().path("signatures")).hasSize(2);
  }

  @Test
  void changeLeavesUnnamedFieldsAlone() {
    String id = id(create(minimal()));
    String before = served.get(ENDPOINTS + "/" + id).body();
    assertThat(patch(id, "{}").body()).isEqualTo(before);
    assertThat(patch(id, "{\"enabled\":false}").body())
        .isEqualTo(
            before
                .replace("\"enabled\":true", "\"enabled\":false")
                .replace("\"state\":\"working\",\"reason\":null", PAUSED)
                .replace("\"stateSince\":null", "\"stateSince\":\"2026-01-01T12:00:00Z\""));
  }

  @Test
  void nullGoesBackToTheSitesSettings() {
    String id = id(create(minimal()));
    String own = "{\"retry\":{\"maxRetries\":0,\"intervalSeconds\":1},\"qlmSecret\":\"own\"}";
    JsonNode changed = patch(id, own).json();
    assertThat(changed.at("/retry/backoff").asText()).isEqualTo("fixed");
    assertThat(changed.path("qlmSecret").asText()).isEqualTo("********");
    JsonNode back = patch(id, "{\"retry\":null,\"qlmSecret\":null}").json();
    assertThat(back.path("retry").isNull()).isTrue();
    assertThat(back.path("qlmSecret").isNull()).isTrue();
  }

  @Test
  void anAttemptHasTheTimeLimitOfItsEndpoint() {
    String id = id(create(minimal().replace("}", ",\"timeout\":\"1500ms\"}")));
    served.post(ENDPOINTS + "/" + id + "/test", "{}");
    assertThat(patch(id, "{\"timeout\":\"30s\"}").json().path("timeout").asText()).isEqualTo("30s");
    assertThat(patch(id, "{\"description\":\"CRM\"}").json().path("timeout").asText())
        .isEqualTo("30s");
    served.post(ENDPOINTS + "/" + id + "/test", "{}");
    assertThat(patch(id, "{\"timeout\":null}").json().path("timeout").isNull()).isTrue();
    served.post(ENDPOINTS + "/" + id + "/test", "{}");
    assertThat(served.transport.requests())
        .extracting(SignedRequest::deadline)
        .containsExactly(Duration.ofMillis(1_500), Duration.ofSeconds(30), Duration.ofSeconds(15));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"31s\"", "\"999ms\"", "\"0s\"", "10", "\"ten\"", "\"PT10S\"", "{}"})
  void aTimeLimitOutOfBoundsIsRefused(String wrong) {
    Served.Answer refused = create(minimal().replace("}", ",\"timeout\":" + wrong + "}"));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().at("/errors/0/field").asText()).isEqualTo("timeout");
  }

  @Test
  void writingBackWhatWasReadChangesNoSecret() {
    String secrets = "\"qlmSecret\":\"own\",\"headers\":{\"Authorization\":\"Bearer abc\"}}";
    String id = id(create(minimal().replace("}", "," + secrets)));
    patch(id, "{\"qlmSecret\":\"********\",\"headers\":{\"Authorization\":\"********\"}}");

    assertThat(served.post(ENDPOINTS + "/" + id + "/test", "{}").status()).isEqualTo(200);
    List<Header> sent = served.transport.requests().get(0).headers();
    assertThat(sent).extracting(Header::value).contains("Bearer abc").doesNotContain("********");
    String body = served.transport.requests().get(0).body().text();
    assertThat(sent)
        .extracting(Header::value)
        .contains(dev.hookferry.signing.QlmSignature.of(Payload.of(body), "own"));
  }

  @Test
  void namesAllProblemsTogetherAndChangesNothing() {
    Served.Answer refused =
        create(
            """
            {"url":"ftp://x/y","eventTypes":["ok","not ok",5],"enabled":"yes","colour":"red",
             "headers":{"Host":"x","X-A":1},"signatures":"qlm",
             "retry":{"maxRetries":1001,"backoff":"linear","extra":1}}
            """);
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.fields())
        .contains(
            "url",
            "eventTypes",
            "eventTypes[2]",
            "enabled",
            "colour",
            "headers.Host",
            "headers.X-A",
            "signatures",
            "retry.maxRetries",
            "retry.intervalSeconds",
            "retry.backoff",
            "retry.extra");
    assertThat(create("{}").fields()).containsExactly("url", "eventTypes");
    assertThat(served.get(ENDPOINTS).json().path("data")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"enabled\":1}",
        "{\"eventTypes\":[]}",
        "{\"description\":\"a\\u0000b\"}",
        "{\"description\":\"\\ud800\"}",
        "{\"signatures\":[\"rsa\"]}",
        "{\"retry\":5}",
        "{\"retry\":{\"maxRetries\":1e999999999,\"intervalSeconds\":1}}",
        "{\"qlmSecret\":\"\"}",
        "{\"enabled\":true,\"enabled\":false}",
        "{\"enabled\":true} {}",
        "[]",
        "{\"url\":\"http://127.0.0.1/\"}",
      })
  void aBadChangeIsRefusedAndChangesNothing(String body) {
    String id = id(create(minimal()));
    String before = served.get(ENDPOINTS + "/" + id).body();
    Served.Answer refused = patch(id, body);
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().path("errors")).isNotEmpty();
    assertThat(served.get(ENDPOINTS + "/" + id).body()).isEqualTo(before);
  }

  static Stream<AttackCase> headers() {
    return AttackCase.ofKind("header");
  }

  @ParameterizedTest
  @MethodSource("headers")
  void customHeadersAreJudgedAtRegistration(AttackCase attack) {
    Served.Answer answer = create(minimal().replace("}", ",\"headers\":" + attack.input() + "}"));
    if (attack.expected().startsWith("ACCEPT")) {
      assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    } else {
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.fields()).isNotEmpty().allMatch(field -> field.startsWith("headers"));
    }
  }

  @Test
  void aTestIsAnsweredWithItsAttempt() {
    String id = id(create(minimal()));
    served.transport.responding(
        Served.URL,
        n ->
            Outcome.responded(
                new Response(500, Payload.of("Überlast"), true, "text/plain", null),
                Duration.ofMillis(12)));

    JsonNode attempt = served.post(ENDPOINTS + "/" + id + "/test", "").json();

    assertThat(attempt.path("eventType").asText()).isEqualTo("test");
    assertThat(attempt.path("outcome").asText()).isEqualTo("http_error");
    assertThat(attempt.path("statusCode").asInt()).isEqualTo(500);
    assertThat(attempt.path("durationMillis").asInt()).isEqualTo(12);
    assertThat(attempt.path("error").asText()).contains("500");
    assertThat(attempt.path("response").toString())
        .isEqualTo("{\"contentType\":\"text/plain\",\"body\":\"Überlast\",\"truncated\":true}");
    assertThat(attempt.path("timing").isNull()).isTrue();
    assertThat(attempt.path("responseHeaders").toString()).isEqualTo("[]");
  }

  @Test
  void attemptShowsItsTimingAndResponseHeaders() {
    String id = id(create(minimal()));
    Duration ten = Duration.ofMillis(10);
    Timing timing = new Timing(Duration.ofNanos(2_000), null, ten, null, ten, Duration.ZERO);
    ResponseHeaders headers = new ResponseHeaders("Date: now\nx-a: b: \"c\"");
    served.transport.responding(
        Served.URL,
        n ->
            n == 1
                ? Outcome.responded(
                    new Response(200, Payload.empty(), false, null, null, headers), timing)
                : Outcome.failed(OutcomeKind.TIMEOUT, "too late", timing));

    JsonNode answered = served.post(ENDPOINTS + "/" + id + "/test", "").json();
    JsonNode failed = served.post(ENDPOINTS + "/" + id + "/test", "").json();

    assertThat(answered.path("durationMillis").asInt()).isEqualTo(20);
    assertThat(answered.path("timing").toString())
        .isEqualTo(
            "{\"waitingMillis\":0.002,\"dnsMillis\":null,\"connectMillis\":10.0,"
                + "\"proxyMillis\":null,\"tlsMillis\":null,\"firstByteMillis\":10.0,\"restMillis\":0.0}");
    assertThat(answered.path("responseHeaders").toString())
        .isEqualTo(
            "[{\"name\":\"Date\",\"value\":\"now\"},"
                + "{\"name\":\"x-a\",\"value\":\"b: \\\"c\\\"\"}]");
    assertThat(failed.path("timing")).isEqualTo(answered.path("timing"));
    assertThat(failed.path("responseHeaders").isNull()).isTrue();
  }

  @Test
  void anEndpointIsTriedBeforeItIsRegistered() {
    JsonNode tried = served.post(ENDPOINTS + "/try", "{\"url\":\"" + Served.URL + "\"}").json();
    assertThat(tried.at("/attempt/outcome").asText()).isEqualTo("delivered");
    assertThat(tried.path("warnings")).isEmpty();
    String secret = tried.path("secret").asText();
    assertThat(served.get(ENDPOINTS).json().path("data")).isEmpty();

    String with = ",\"secret\":\"" + secret + "\"}";
    JsonNode again = served.post(ENDPOINTS + "/try", minimal().replace("}", with)).json();
    assertThat(again.path("secret").asText()).isEqualTo(secret);
    assertThat(create(minimal().replace("}", with)).json().path("secret").asText())
        .isEqualTo(secret);
    assertThat(create(minimal().replace("}", ",\"secret\":\"whsec_short\"}")).fields())
        .containsExactly("secret");
    assertThat(served.post(ENDPOINTS + "/try", "{\"url\":\"https://10.1.2.3/\"}").fields())
        .containsExactly("url");
    assertThat(served.post(ENDPOINTS + "/try", "{}").fields()).containsExactly("url");
  }

  @Test
  void trialsPerSiteAreLimited() {
    Served.Answer answer = served.post(ENDPOINTS + "/try", minimal());
    for (int i = 0; i < 20 && answer.status() == 200; i++) {
      answer = served.post(ENDPOINTS + "/try", minimal());
    }
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.header("Retry-After")).isEqualTo("60");
    assertThat(served.transport.requestsTo(Served.URL)).hasSize(20);
  }

  @Test
  void aTestThatHangsKeepsNoOtherCallWaiting() {
    String id = id(create(minimal()));
    served.transport.hanging(Served.URL);
    var answers =
        Stream.generate(
                () ->
                    java.util.concurrent.CompletableFuture.supplyAsync(
                        () -> served.post(ENDPOINTS + "/" + id + "/test", ""),
                        command -> new Thread(command).start()))
            .limit(40)
            .toList();
    Poll.until(() -> served.transport.hangingCount() == 40);
    assertThat(served.get(ENDPOINTS).status()).isEqualTo(200);
    served.transport.release(ScriptedTransport.timeout());
    answers.forEach(answer -> assertThat(answer.join().status()).isEqualTo(200));
  }

  @Test
  void disabledSiteSendsNoTest() {
    String id = id(create(minimal()));
    served.send("PATCH", Served.DEFAULT + "/settings", "{\"webHooksEnabled\":false}");
    assertThat(served.post(ENDPOINTS + "/" + id + "/test", "").status()).isEqualTo(409);
  }

  @Test
  void aRotatedSecretSignsBesidesTheOldOneForAWhile() {
    Served.Answer made = create(minimal());
    String rotate = ENDPOINTS + "/" + id(made) + "/rotate-secret";
    JsonNode first = served.post(rotate, "").json();
    assertThat(first.path("secret").asText())
        .startsWith("whsec_")
        .isNotEqualTo(made.json().path("secret").asText());
    assertThat(first.path("oldSecretUntil").asText()).isEqualTo("2026-01-02T12:00:00Z");
    JsonNode second = served.post(rotate, "{\"overlapSeconds\":0}").json();
    assertThat(second.path("oldSecretUntil").asText()).isEqualTo("2026-01-02T12:00:00Z");
    for (String bad : List.of("-1", "2592001", "\"1\"", "1.5", "true")) {
      assertThat(served.post(rotate, "{\"overlapSeconds\":" + bad + "}").fields())
          .containsExactly("overlapSeconds");
    }
  }

  @Test
  void aNameIsResolvedAtItsRegistration() {
    served.transport.refusing("inside.example").unresolvable("later.example");
    Served.Answer refused =
        create("{\"url\":\"https://inside.example/\",\"eventTypes\":[\"not a type\"]}");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.fields()).contains("url", "eventTypes");

    Served.Answer later = create("{\"url\":\"https://later.example/\",\"eventTypes\":[\"*\"]}");
    assertThat(later.status()).isEqualTo(201);
    assertThat(later.json().path("warnings").path(0).asText()).contains("later.example");
    assertThat(create(minimal()).json().has("warnings")).isFalse();

    assertThat(patch(id(later), "{\"url\":\"https://inside.example/\"}").fields())
        .containsExactly("url");
    assertThat(
            served
                .send(
                    "PUT",
                    Served.DEFAULT + "/server-properties",
                    "{\"license_created\":\"https://inside.example/\"}")
                .fields())
        .containsExactly("license_created.url");
  }

  @Test
  void aRemovedEndpointIsGone() {
    String id = id(create(minimal()));
    Served.Answer removed = served.send("DELETE", ENDPOINTS + "/" + id, null);
    assertThat(removed.status()).isEqualTo(204);
    assertThat(removed.body()).isEmpty();
    assertThat(served.get(ENDPOINTS + "/" + id).status()).isEqualTo(404);
    assertThat(served.send("DELETE", ENDPOINTS + "/" + id, null).status()).isEqualTo(404);
  }

  private static String minimal() {
    return "{\"url\":\"" + Served.URL + "\",\"eventTypes\":[\"*\"]}";
  }

  private Served.Answer create(String body) {
    return served.post(ENDPOINTS, body);
  }

  private Served.Answer patch(String id, String body) {
    return served.send("PATCH", ENDPOINTS + "/" + id, body);
  }

  private static String id(Served.Answer made) {
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    return made.json().path("id").asText();
  }
}
