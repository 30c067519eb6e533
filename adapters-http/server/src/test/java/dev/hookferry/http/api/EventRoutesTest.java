package dev.hookferry.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hookferry.contract.support.Poll;
import dev.hookferry.http.Served;
import dev.hookferry.transport.SignedRequest;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventRoutesTest {
  private static final String EVENTS = Served.DEFAULT + "/events";
  private static final String REPLAYED = "Idempotent-Replayed";
  private static final String EVENT = "{\"type\":\"license_created\",\"data\":{\"n\":1}}";

  private final Served served = new Served();

  @AfterEach
  void close() {
    served.close();
  }

  @Test
  void anEventIsAcceptedDeliveredAndShown() {
    endpoint();

    Served.Answer accepted =
        served.post(EVENTS, "{\"type\":\"license_created\",\"data\":{\"n\": 1.10}}");

    assertThat(accepted.status()).isEqualTo(202);
    String id = accepted.json().path("id").asText();
    assertThat(id).startsWith("evt_");
    assertThat(accepted.body()).isEqualTo("{\"id\":\"" + id + "\",\"deliveries\":1}");
    Poll.until(() -> delivered(id));
    assertThat(sent().get(0)).contains("{\"n\": 1.10}");
    assertThat(served.get(EVENTS + "/" + id).body())
        .contains("\"payload\":" + sent().get(0) + ",\"deliveries\":[{");
    assertThat(served.get(EVENTS).json().at("/data/0").has("payload")).isFalse();
  }

  @Test
  void aBatchHasAPathOfItsOwn() {
    String batch = "[" + EVENT + "," + EVENT + "]";
    Served.Answer accepted = served.post(EVENTS + "/batch", batch);
    assertThat(accepted.status()).isEqualTo(202);
    assertThat(accepted.json()).hasSize(2);
    assertThat(served.post(EVENTS, batch).json()).hasSize(2);
    assertThat(served.get(EVENTS).json().path("data")).hasSize(4);

    Served.Answer refused = served.post(EVENTS + "/batch", EVENT);
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body()).contains("must be an array of events");
    assertThat(served.post(EVENTS + "/batch", "[" + EVENT + ",{}]").fields())
        .containsExactly("[1].type", "[1].data");
    assertThat(served.get(EVENTS).json().path("data")).hasSize(4);
  }

  @Test
  void anEventMayBeCalledBatch() {
    served.post(EVENTS, EVENT.replace("{\"type\"", "{\"id\":\"batch\",\"type\""));
    assertThat(served.get(EVENTS + "/batch").json().path("id").asText()).isEqualTo("batch");
  }

  @Test
  void sendsAnEventWithoutDeliveriesToNamedEndpoints() {
    String id = served.post(EVENTS, EVENT).json().path("id").asText();
    endpoint();
    String endpoint = served.get(Served.DEFAULT + "/endpoints").json().at("/data/0/id").asText();
    String named = "{\"endpoints\":[\"" + endpoint + "\"]}";

    Served.Answer answer = served.post(EVENTS + "/" + id + "/replay", named);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().path("id").asText()).isEqualTo(id);
    assertThat(answer.json().at("/deliveries/0/endpoint").asText()).isEqualTo(endpoint);
    Poll.until(() -> delivered(id));
    assertThat(sent()).hasSize(1);
    assertThat(served.post(EVENTS + "/nowhere/replay", named).status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{} endpoints: must name 1 to 500 endpoints",
        "{\"endpoints\":null} endpoints: must be an array of ids",
        "{\"endpoints\":[]} endpoints: must name 1 to 500 endpoints",
        "{\"endpoints\":\"ep_\"} endpoints: must be an array of strings",
        "{\"endpoints\":[7]} endpoints[0]: must be a string",
        "{\"endpoint\":[]} endpoint: is not a known field; did you mean endpoints?",
        "{\"endpoints\":[\"ep_x\"]} endpoints[0]: must be the id or uid of an endpoint",
        "{\"endpoints\":[\"ep_01m88a47ape00b3zxtxqtdrqm0\"]} endpoints[0]: ep_01m88a47ape00b3zx"
      })
  void aReplayNamesWhatIsWrong(String bodyAndProblem) {
    String id = served.post(EVENTS, EVENT).json().path("id").asText();
    int end = bodyAndProblem.indexOf('}') + 1;

    Served.Answer answer =
        served.post(EVENTS + "/" + id + "/replay", bodyAndProblem.substring(0, end));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().path("detail").asText()).startsWith(bodyAndProblem.substring(end + 1));
  }

  @Test
  void foreignPagesGetNoCorsPermission() {
    for (String method : List.of("GET", "OPTIONS")) {
      Served.Answer answer =
          served.send(method, EVENTS, null, r -> r.header("Origin", "https://evil.example"));
      assertThat(answer.response().headers().map().keySet())
          .noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("access-control-"));
      assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
      assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"s\":\"\\ud800\"}",
        "{\"n\":1.10}",
        "{\"n\":19999999999999999999}",
        "{\"__proto__\":{\"x\":1}}",
        "{\"s\":\"\u2028</script>\"}",
        "{\"b\":1,\"a\":null, \"b\":2}",
        "null",
        "\"text\"",
        "[ ]",
      })
  void dataArrivesAsItCame(String data) {
    endpoint();
    assertThat(served.post(EVENTS, "{\"type\":\"license_created\",\"data\":" + data + "}").status())
        .isEqualTo(202);
    Poll.until(() -> !sent().isEmpty());
    assertThat(sent().get(0)).endsWith("\"LicenseInfo\":" + data + "}");
    assertThat(served.get(EVENTS).status()).isEqualTo(200);
  }

  @Test
  void aBatchIsAcceptedTogetherOrNotAtAll() {
    endpoint();
    String good = EVENT.replace("license", "license");
    Served.Answer both = served.post(EVENTS, "[" + EVENT + "," + good + "]");
    assertThat(both.status()).isEqualTo(202);
    assertThat(both.json()).hasSize(2);
    assertThat(both.json().at("/1/deliveries").asInt()).isEqualTo(1);

    Served.Answer none =
        served.post(EVENTS, "[" + EVENT + ",{\"type\":\"licence_created\",\"data\":1}]");
    assertThat(none.status()).isEqualTo(400);
    assertThat(none.fields()).containsExactly("[1].type");
    assertThat(none.body()).contains("did you mean license_created?");
    Served.Answer typo = served.post(EVENTS, "{\"typ\":\"a.b\",\"data\":{}}");
    assertThat(typo.json().at("/errors/0/unknown").toString())
        .isEqualTo("{\"kind\":\"field\",\"name\":\"typ\",\"nearest\":\"type\"}");
    assertThat(none.json().at("/errors/0/unknown").toString())
        .isEqualTo(
            "{\"kind\":\"event_type\",\"name\":\"licence_created\",\"nearest\":\"license_created\"}");
    assertThat(count()).isEqualTo(2);
  }

  @Test
  void aRepeatedIdIsTheFirstEventAgainAndOtherContentAConflict() {
    endpoint();
    String first = "{\"id\":\"my-1\",\"type\":\"license_created\",\"data\":{\"n\":1}}";
    assertThat(served.post(EVENTS, first).body()).isEqualTo("{\"id\":\"my-1\",\"deliveries\":1}");
    assertThat(served.post(EVENTS, first).body()).isEqualTo("{\"id\":\"my-1\",\"deliveries\":1}");
    Served.Answer other = served.post(EVENTS, first.replace("1}", "2}"));
    assertThat(other.status()).isEqualTo(409);
    assertThat(other.body())
        .contains("event my-1 already exists with different content; use a new id")
        .doesNotContain("\\\"n\\\"");
    assertThat(count()).isEqualTo(1);
  }

  @Test
  void aHundredRepeatsAtOnceWithOneKeyAreOneEvent() {
    List<CompletableFuture<Served.Answer>> all =
        Stream.generate(() -> CompletableFuture.supplyAsync(() -> publish(EVENT, "k")))
            .limit(100)
            .toList();
    Set<String> answers = all.stream().map(a -> a.join().toString()).collect(Collectors.toSet());
    assertThat(answers).singleElement().asString().startsWith("202 {\"id\":\"evt_");
    assertThat(all.stream().filter(a -> a.join().header(REPLAYED).isEmpty())).hasSize(1);
    assertThat(count()).isEqualTo(1);
    Served.Answer other = publish(EVENT.replace("1", "2"), "k");
    assertThat(other.status()).isEqualTo(409);
    assertThat(other.body()).contains("the Idempotency-Key belongs to event evt_");
  }

  @Test
  void theKeyOfABatchCountsForEachOfItsEvents() {
    String batch = "[" + EVENT + "," + EVENT + "]";
    Served.Answer first = publish(batch, "b");
    assertThat(first.status()).isEqualTo(202);
    assertThat(first.header(REPLAYED)).isEmpty();
    assertThat(publish(batch, "b"))
        .returns(first.body(), Served.Answer::body)
        .returns("true", again -> again.header(REPLAYED));
    assertThat(publish(EVENT, "b-1").json().path("id")).isEqualTo(first.json().at("/1/id"));
    assertThat(count()).isEqualTo(2);
  }

  @Test
  void refusesInvalidIdempotencyKeys() {
    for (String key : List.of("", "two words", "k".repeat(251), "k".repeat(1_024))) {
      Served.Answer refused = publish(EVENT, key);
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.fields()).containsExactly("Idempotency-Key");
    }
    Served.Answer twice =
        send(EVENT, r -> r.header("Idempotency-Key", "a").header("Idempotency-Key", "b"));
    assertThat(twice.status()).isEqualTo(400);
    assertThat(count()).isZero();
  }

  @Test
  void anEventMayHaveAMebibyteAndABatchSixteen() {
    String head = "{\"type\":\"license_created\",\"data\":\"";
    String fits = head + "x".repeat((1 << 20) - head.length() - 2) + "\"}";
    assertThat(fits).hasSize(1 << 20);
    assertThat(served.post(EVENTS, fits).status()).isEqualTo(202);
    assertThat(served.post(EVENTS, " " + fits).status()).isEqualTo(413);
    String chunked = " " + fits;
    assertThat(send(chunked, r -> r.POST(unknownLength(chunked))).status()).isEqualTo(413);
    String batch =
        IntStream.range(0, 15).mapToObj(i -> fits).collect(Collectors.joining(",", "[", "]"));
    assertThat(served.post(EVENTS, batch).status()).isEqualTo(202);
    assertThat(send(batch, r -> r.POST(unknownLength(batch))).status()).isEqualTo(202);
    String tooMany = "[" + " ".repeat(16 << 20) + EVENT + "]";
    assertThat(served.post(EVENTS, tooMany).status()).isEqualTo(413);
    assertThat(send(tooMany, r -> r.POST(unknownLength(tooMany))).status()).isEqualTo(413);
    assertThat(count()).isEqualTo(31);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/json; charset=utf-16",
        "application/json; charset=iso-8859-1",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/jsonp",
        "application/json, text/plain",
      })
  void anotherContentTypeIsRefused(String type) {
    Served.Answer refused = send(EVENT, r -> r.setHeader("Content-Type", type));
    assertThat(refused.status()).isEqualTo(415);
    assertThat(count()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "Application/JSON",
        "application/json;charset=UTF-8",
        "application/json ; charset = \"utf-8\" ",
      })
  void acceptsUtf8JsonInAnySpelling(String type) {
    assertThat(send(EVENT, r -> r.setHeader("Content-Type", type)).status()).isEqualTo(202);
  }

  @Test
  void refusesAMissingContentTypeOrAContentEncoding() {
    HttpRequest.Builder bare =
        served.request(EVENTS).POST(HttpRequest.BodyPublishers.ofString(EVENT));
    bare.header("Authorization", "Bearer " + served.admin);
    assertThat(served.exchange(bare.build()).status()).isEqualTo(415);
    assertThat(send(EVENT, r -> r.header("Content-Encoding", "gzip")).status()).isEqualTo(415);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{\"type\":\"a.b\",\"data\":{}} payload-words",
        "{\"type\":\"a.b\",\"unknown\":\"payload-words\",\"data\":{}}",
        "{\"type\":\"a.b\",\"deliverAt\":\"9999-12-31T00:00:00Z\",\"data\":\"payload-words\"}",
        "{\"type\":\"a.b\",\"data\":{\"n\":payload-words}}",
        "{\"type\":\"payload words\",\"data\":{}}",
        "{\"type\":\"test\",\"data\":{}}",
        "[]",
        "[[]]",
      })
  void aBadBodyIsRefusedWithItsPlaceAndNotShown(String body) {
    Served.Answer refused = served.post(EVENTS, body);
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(refused.json().path("errors")).isNotEmpty();
    assertThat(refused.body()).doesNotContain("payload-words", "payload words", "Exception");
    assertThat(count()).isZero();
  }

  @Test
  void eventsAreListedInPagesByTypeAndTime() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      String type = i % 2 == 0 ? "license_created" : "customer_created";
      ids.add(
          0,
          served.post(EVENTS, EVENT.replace("license_created", type)).json().path("id").asText());
      served.clock.advance(Duration.ofMinutes(1));
    }
    assertThat(walk(EVENTS + "?limit=3")).isEqualTo(ids);
    assertThat(walk(EVENTS + "?limit=500")).isEqualTo(ids);
    assertThat(walk(EVENTS + "?type=customer_%2A&limit=2"))
        .containsExactly(ids.get(1), ids.get(3), ids.get(5));
    assertThat(walk(EVENTS + "?since=2026-01-01T12:02:00Z&until=2026-01-01T13:04:00%2B01:00"))
        .containsExactly(ids.get(3), ids.get(4));
    assertThat(walk(EVENTS + "?type=%25")).isEmpty();
    assertThat(walk(EVENTS + "?type=invoice_%2A")).isEmpty();
  }

  @Test
  void badParametersAreNamedTogether() {
    Served.Answer refused = served.get(EVENTS + "?limit=1000000000&cursr=x&since=now");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.fields()).containsExactlyInAnyOrder("limit", "cursr", "since");
    assertThat(refused.body()).contains("did you mean cursor?");
    assertThat(served.get(EVENTS + "?cursor=nonsense").status()).isEqualTo(400);
    assertThat(send(EVENTS + "?api_key=x", EVENT).status()).isEqualTo(400);
    assertThat(count()).isZero();
  }

  private Served.Answer send(String path, String body) {
    return served.post(path, body);
  }

  private Served.Answer publish(String body, String key) {
    return send(body, request -> request.header("Idempotency-Key", key));
  }

  private Served.Answer send(String body, UnaryOperator<HttpRequest.Builder> change) {
    return served.send("POST", EVENTS, body, change);
  }

  private static HttpRequest.BodyPublisher unknownLength(String body) {
    HttpRequest.BodyPublisher known = HttpRequest.BodyPublishers.ofString(body);
    return HttpRequest.BodyPublishers.fromPublisher(known);
  }

  private List<String> walk(String path) {
    List<String> ids = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = served.get(path + (cursor.isEmpty() ? "" : "&cursor=" + cursor)).json();
      page.path("data").forEach(event -> ids.add(event.path("id").asText()));
      cursor = page.path("next").asText("");
    } while (!cursor.isEmpty());
    return ids;
  }

  private void endpoint() {
    served.post(
        Served.DEFAULT + "/endpoints",
        "{\"url\":\"" + Served.URL + "\",\"eventTypes\":[\"license_*\"]}");
  }

  private List<String> sent() {
    return served.transport.requests().stream()
        .map(SignedRequest::body)
        .map(payload -> payload.text())
        .toList();
  }

  private int count() {
    int count = 0;
    String cursor = "";
    do {
      JsonNode page = served.get(EVENTS + "?limit=500" + cursor).json();
      count += page.path("data").size();
      cursor = page.path("next").isNull() ? "" : "&cursor=" + page.path("next").asText();
    } while (!cursor.isEmpty());
    return count;
  }

  private boolean delivered(String id) {
    return served
        .get(EVENTS + "/" + id)
        .json()
        .at("/deliveries/0/status")
        .asText()
        .equals("delivered");
  }
}
