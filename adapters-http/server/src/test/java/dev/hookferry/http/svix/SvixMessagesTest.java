package dev.hookferry.http.svix;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hookferry.contract.support.Poll;
import dev.hookferry.http.Served;
import dev.hookferry.signing.SecretType;
import dev.hookferry.signing.SigningSecret;
import dev.hookferry.transport.SignedRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests of messages, attempts and endpoints in Svix' API. */
class SvixMessagesTest {
  private static final String APP = "/api/v1/app/a";
  private static final String MESSAGES = APP + "/msg";
  private static final String SIMPLE = "{\"eventType\":\"x\",\"payload\":{\"n\":%d}}";

  private final Served served = new Served();

  @BeforeEach
  void anApplication() {
    var unused = served.post("/api/v1/app", "{\"name\":\"A\",\"uid\":\"a\"}");
  }

  @AfterEach
  void close() {
    served.close();
  }

  private String endpoint(String more) {
    String body = "{\"url\":\"" + Served.URL + "\"" + more + "}";
    return served.post(APP + "/endpoint", body).json().path("id").asText();
  }

  private Served.Answer repeat(String body, String key) {
    return served.send("POST", MESSAGES, body, r -> r.setHeader("Idempotency-Key", key));
  }

  @Test
  void thePayloadIsDeliveredAsItWasWrittenAndShownSorted() {
    var unused = endpoint("");
    String payload = "{ \"b\":1.10 , \"a\" : \"\\u00e9\",\n \"b\": 2.50}";
    String body = "{\"payload\":0,\"payload\":" + payload + ",\"eventType\":\"x\"}";
    Served.Answer answer = served.post(MESSAGES, body);
    assertThat(answer.body()).contains("\"payload\":{\"a\":\"é\",\"b\":2.50}");
    JsonNode made = answer.json();
    Poll.until(() -> served.transport.requests().size() == 1);
    SignedRequest request = served.transport.requests().get(0);
    assertThat(request.body().text()).isEqualTo(payload);
    assertThat(request.headers())
        .anyMatch(h -> h.name().equals("svix-id") && h.value().equals(made.path("id").asText()));
  }

  @Test
  void aPageOfNoneLeadsNowhere() {
    String endpoint = endpoint("");
    String id = served.post(MESSAGES, SIMPLE.formatted(1)).json().path("id").asText();
    Poll.until(() -> served.transport.requests().size() == 1);
    List.of(
            "/api/v1/app",
            APP + "/endpoint",
            MESSAGES,
            APP + "/attempt/endpoint/" + endpoint,
            APP + "/attempt/msg/" + id,
            APP + "/endpoint/" + endpoint + "/msg",
            MESSAGES + "/" + id + "/endpoint")
        .forEach(
            list -> {
              Poll.until(() -> !served.get(list).json().path("data").isEmpty());
              assertThat(served.get(list + "?limit=0").body())
                  .as(list)
                  .isEqualTo("{\"data\":[],\"iterator\":null,\"done\":false}");
            });
  }

  /** The SDK for Java sends all payloads like this. */
  @Test
  void aRawPayloadIsDeliveredAsItIs() {
    var unused = endpoint("");
    String raw =
        "{\"eventType\":\"x\",\"payload\":{},\"transformationsParams\":{\"rawPayload\":\"%s\"%s}}";
    assertThat(served.post(MESSAGES, raw.formatted("{\\\"a\\\": 1.10}", "")).status())
        .isEqualTo(202);
    Poll.until(() -> served.transport.requests().size() == 1);
    assertThat(served.transport.requests().get(0).body().text()).isEqualTo("{\"a\": 1.10}");
    assertThat(served.post(MESSAGES, raw.formatted("<x/>", "")).status()).isEqualTo(422);
    String xml = ",\"headers\":{\"content-type\":\"text/xml\"}";
    assertThat(served.post(MESSAGES, raw.formatted("{}", xml)).status()).isEqualTo(422);
  }

  @Test
  void aRepeatMakesNoSecondMessageOnAnyNode() {
    JsonNode first = repeat(SIMPLE.formatted(1), "k").json();
    JsonNode again = repeat(SIMPLE.formatted(2), "k").json();
    assertThat(again).isEqualTo(first);
    assertThat(served.get(MESSAGES).json().path("data")).hasSize(1);
    served.clock.advance(Duration.ofHours(13));
    JsonNode later = repeat(SIMPLE.formatted(3), "k").json();
    assertThat(later.path("id")).isNotEqualTo(first.path("id"));
    assertThat(repeat(SIMPLE.formatted(4), "k").json()).isEqualTo(later);
  }

  /** Its reply is too long to be remembered, so the store recognises the repeat. */
  @Test
  void aRepeatOfALongMessageMakesNoSecondOne() {
    String body = SIMPLE.replace("%d", "\"" + "a".repeat(8 * 1024) + "\"");
    JsonNode first = repeat(body, "k").json();
    assertThat(repeat(body, "k").json()).isEqualTo(first);
    assertThat(served.get(MESSAGES).json().path("data")).hasSize(1);
  }

  @Test
  void anEventIdIsTakenUnlessTheRequestIsARepeat() {
    String body = "{\"eventType\":\"x\",\"payload\":{},\"eventId\":\"order.7\"}";
    JsonNode first = repeat(body, "k").json();
    assertThat(repeat(body, "k").json()).isEqualTo(first);
    assertThat(repeat(body, "other").status()).isEqualTo(409);
    assertThat(served.post(MESSAGES, body).status()).isEqualTo(409);
    assertThat(served.get(MESSAGES + "/order.7").json().path("id")).isEqualTo(first.path("id"));
    assertThat(first.path("eventId").asText()).isEqualTo("order.7");
  }

  @Test
  void pagesGoBothWays() {
    IntStream.range(0, 5).forEach(i -> served.post(MESSAGES, SIMPLE.formatted(i)));
    JsonNode first = served.get(MESSAGES + "?limit=2").json();
    assertThat(numbers(first)).containsExactly(4, 3);
    JsonNode second =
        served.get(MESSAGES + "?limit=2&iterator=" + first.path("iterator").asText()).json();
    assertThat(numbers(second)).containsExactly(2, 1);
    JsonNode last =
        served.get(MESSAGES + "?limit=2&iterator=" + second.path("iterator").asText()).json();
    assertThat(numbers(last)).containsExactly(0);
    assertThat(last.path("done").asBoolean()).isTrue();
    JsonNode back =
        served.get(MESSAGES + "?limit=2&iterator=" + last.path("prevIterator").asText()).json();
    assertThat(numbers(back)).containsExactly(2, 1);
    assertThat(back.path("done").asBoolean()).isFalse();
    assertThat(served.get(MESSAGES + "?iterator=ep_1").status()).isEqualTo(422);
  }

  private static List<Integer> numbers(JsonNode page) {
    return page.path("data").findValues("n").stream().map(JsonNode::asInt).toList();
  }

  @Test
  void aChannelInCommonSuffices() {
    String both = endpoint(",\"channels\":[\"red\",\"Blue\"]");
    String message = "{\"eventType\":\"x\",\"payload\":{},\"channels\":[%s]}";
    for (String channels : List.of("\"red\"", "\"green\",\"Blue\"", "\"red\",\"Blue\"")) {
      var unused = served.post(MESSAGES, message.formatted(channels));
    }
    assertThat(served.post(MESSAGES, message.formatted("\"green\"")).status()).isEqualTo(202);
    assertThat(served.post(MESSAGES, SIMPLE.formatted(1)).status()).isEqualTo(202);
    Poll.until(() -> served.transport.requests().size() == 3);
    String path = APP + "/attempt/endpoint/" + both;
    Poll.until(() -> served.get(path).json().path("data").size() == 3);
    assertThat(served.get(path + "?channel=red").json().path("data")).hasSize(2);
    assertThat(served.get(MESSAGES + "?channel=Blue").json().path("data")).hasSize(2);
    assertThat(served.get(MESSAGES + "?channel=blue").json().path("data")).isEmpty();
  }

  @Test
  void statsCountAttempts() {
    String endpoint = endpoint("");
    served.transport.responding(Served.URL, 500);
    var unused = served.post(MESSAGES, SIMPLE.formatted(1));
    String stats = APP + "/endpoint/" + endpoint + "/stats";
    served.clock.advance(Duration.ofSeconds(1));
    Poll.until(() -> served.get(stats).json().path("fail").asInt() == 1);
    assertThat(served.get(stats).json().path("success").asInt()).isZero();
    assertThat(served.get(stats + "?since=2020-01-01T00:00:00Z").json().path("code").asText())
        .isEqualTo("invalid_range");
  }

  @Test
  void rotationsReplyAsEachClientExpects() {
    String rotate = APP + "/endpoint/" + endpoint("") + "/secret/rotate";
    assertThat(served.post(rotate, "{}").status()).isEqualTo(204);
    Served.Answer python =
        served.send(
            "POST",
            rotate,
            "{}",
            r -> r.setHeader("User-Agent", "svix-libs/2.9.1/python python/3.11.7 Linux/x86_64"));
    assertThat(python.status()).isEqualTo(200);
    assertThat(python.json().path("key").asText()).startsWith("whsec_");
  }

  @Test
  void aKeyPairIsTakenAndItsPublicKeyGiven() {
    SigningSecret pair = SigningSecret.generate(SecretType.ED25519, new Random(1));
    String secret =
        APP + "/endpoint/" + endpoint(",\"secret\":\"" + pair.reveal() + "\"") + "/secret";

    assertThat(served.get(secret).json().path("key").asText()).isEqualTo(pair.forReceiver());
    var unused = served.post(MESSAGES, SIMPLE.formatted(1));
    Poll.until(() -> served.transport.requests().size() == 1);
    assertThat(signature(0)).matches("v1a,[^ ]{88}");
    assertThat(served.post(secret + "/rotate", "{}").status()).isEqualTo(204);
    assertThat(served.get(secret).json().path("key").asText())
        .startsWith("whpk_")
        .isNotEqualTo(pair.forReceiver());
    unused = served.post(secret + "/rotate", "{\"key\":\"whsec_" + "A".repeat(32) + "\"}");
    unused = served.post(MESSAGES, SIMPLE.formatted(2));
    Poll.until(() -> served.transport.requests().size() == 2);
    assertThat(signature(1)).matches("v1,[^ ]{44} v1a,[^ ]{88} v1a,[^ ]{88}");
    Served.Answer wrong = served.post(secret + "/rotate", "{\"key\":\"whsk_AAAAAAAAAAAA\"}");
    assertThat(wrong.status()).isEqualTo(422);
  }

  private String signature(int request) {
    return served.transport.requests().get(request).headers().stream()
        .filter(header -> header.name().equals("svix-signature"))
        .map(SignedRequest.Header::value)
        .findFirst()
        .orElse("");
  }

  @Test
  void anExampleIsSentToOneEndpoint() {
    String schema = "{\"1\":{\"examples\":[{\"id\":\"e1\"}]}}";
    var unused =
        served.post(
            "/api/v1/event-type",
            "{\"name\":\"a.b\",\"description\":\"x\",\"schemas\":" + schema + "}");
    String chosen = endpoint(",\"channels\":[\"red\"]");
    assertThat(endpoint("")).isNotEqualTo(chosen);
    String path = APP + "/endpoint/" + chosen + "/send-example";
    assertThat(served.post(path, "{\"eventType\":\"a.b\"}").status()).isEqualTo(200);
    Poll.until(() -> served.transport.requests().size() == 1);
    assertThat(served.transport.requests().get(0).body().toBytes())
        .isEqualTo("{\"id\":\"e1\"}".getBytes(StandardCharsets.UTF_8));
    assertThat(served.post(path, "{\"eventType\":\"none\"}").status()).isEqualTo(404);
  }
}
