package dev.hookferry.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hookferry.contract.support.Poll;
import dev.hookferry.http.Served;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The optional fields of an event, and the endpoint fields that go with them, over HTTP. */
class EventOptionsRoutesTest {
  private static final String EVENTS = Served.DEFAULT + "/events";
  private static final String ENDPOINTS = Served.DEFAULT + "/endpoints";

  private final Served served = new Served();

  @AfterEach
  void close() {
    served.close();
  }

  private Served.Answer publish(String fields) {
    return served.post(EVENTS, "{\"type\":\"license_created\",\"data\":{}," + fields + "}");
  }

  private Served.Answer endpoint(String fields) {
    return served.post(
        ENDPOINTS,
        "{\"url\":\"" + Served.URL + "\",\"eventTypes\":[\"license_*\"]," + fields + "}");
  }

  @Test
  void anEventShowsItsOptionsAndNeverItsSubject() {
    String crm = endpoint("\"uid\":\"crm\"").json().path("id").asText();

    String id =
        publish(
                "\"labels\":{\"region\":\"eu\"},\"to\":[\"crm\"],"
                    + "\"deliverAt\":\"2026-01-20T10:00:00Z\",\"orderingKey\":\"k\","
                    + "\"routing\":{\"tenant\":\"a\"},\"subject\":\"anna@example.com\"")
            .json()
            .path("id")
            .asText();

    Served.Answer shown = served.get(EVENTS + "/" + id);
    JsonNode event = shown.json();
    assertThat(event.path("labels").toString()).isEqualTo("{\"region\":\"eu\"}");
    assertThat(event.path("to").toString()).isEqualTo("[\"" + crm + "\"]");
    assertThat(event.path("deliverAt").asText()).isEqualTo("2026-01-20T10:00:00Z");
    assertThat(event.path("orderingKey").asText()).isEqualTo("k");
    assertThat(event.path("routing").toString()).isEqualTo("{\"tenant\":\"a\"}");
    assertThat(event.path("subjectHash").asText()).matches("[0-9a-f]{32}");
    assertThat(event.at("/deliveries/0/reason").asText()).isEqualTo("scheduled");
    assertThat(event.at("/deliveries/0/nextAttemptAt").asText()).isEqualTo("2026-01-20T10:00:00Z");
    assertThat(shown.body()).doesNotContain("anna");
  }

  @Test
  void anEventWithoutOptionsShowsNone() {
    String id =
        publish("\"labels\":null,\"to\":null,\"deliverAt\":null,\"routing\":{}")
            .json()
            .path("id")
            .asText();

    assertThat(served.get(EVENTS + "/" + id).json().properties())
        .extracting(Map.Entry::getKey)
        .containsExactly("id", "type", "occurredAt", "acceptedAt", "payload", "deliveries");
  }

  @Test
  void eventsAreListedByLabels() {
    publish("\"labels\":{\"region\":\"eu\",\"tier\":\"gold\"}");
    publish("\"labels\":{\"region\":\"eu\"}");
    publish("\"orderingKey\":\"k\"");

    assertThat(listed("?label=region:eu")).isEqualTo(2);
    assertThat(listed("?label=region:eu&label=tier:gold")).isEqualTo(1);
    assertThat(listed("?label=region:us")).isZero();
    assertThat(listed("?label=region:eu&type=license_deleted")).isZero();
    for (String wrong : List.of("region", ":eu", "Region:eu", "a:1&label=a:2")) {
      assertThat(served.get(EVENTS + "?label=" + wrong).fields()).as(wrong).contains("label");
    }
  }

  @Test
  void eventsAreListedByFieldsOfTheirData() {
    publishData("{\"Key\":\"A:1 b\",\"N\":7}");
    assertThat(served.get(EVENTS + "?field=Key:x").fields()).containsExactly("field");
    Served.Answer set =
        served.send("PATCH", Served.DEFAULT + "/settings", "{\"searchFields\":[\"Key\",\"N\"]}");
    assertThat(set.json().path("searchFields").toString()).isEqualTo("[\"Key\",\"N\"]");
    publishData("{\"Key\":\"A:1 b\",\"N\":7}");
    publishData("{\"Key\":\"A:1\",\"N\":7}");

    assertThat(listed("?field=N:7")).isEqualTo(2);
    assertThat(listed("?field=N:7&field=Key:A:1%20b")).isEqualTo(1);
    assertThat(listed("?field=Key:a:1")).isZero();
    assertThat(listed("?field=N:7&type=license_deleted")).isZero();
    JsonNode page = served.get(EVENTS + "?field=Key:A:1").json();
    assertThat(page.at("/data/0/searchFields").toString())
        .isEqualTo("{\"Key\":\"A:1\",\"N\":\"7\"}");
    assertThat(page.path("notIndexedBefore").asText()).startsWith("20");
    assertThat(served.get(EVENTS).json().has("notIndexedBefore")).isFalse();
    for (String wrong : List.of("Key", ":eu", "a b:1", "N:1&field=N:2", "Keys:1")) {
      assertThat(served.get(EVENTS + "?field=" + wrong.replace(" ", "%20")).fields())
          .as(wrong)
          .contains("field");
    }
  }

  @Test
  void deliveriesAreListedAndSentAgainByFieldsOfTheData() {
    Served.Answer made =
        served.post(
            Served.DEFAULT + "/endpoints",
            "{\"url\":\"https://fields.example/\",\"eventTypes\":[\"license_created\"]}");
    assertThat(made.status()).isEqualTo(201);
    publishData("{\"Key\":\"A\"}");
    String list = Served.DEFAULT + "/deliveries?field=";
    assertThat(served.get(list + "Key:A").fields()).containsExactly("field");
    Served.Answer set =
        served.send("PATCH", Served.DEFAULT + "/settings", "{\"searchFields\":[\"Key\"]}");
    assertThat(set.status()).isEqualTo(200);
    publishData("{\"Key\":\"A\"}");
    publishData("{\"Key\":\"B\"}");
    Poll.until(() -> size(Served.DEFAULT + "/deliveries?status=delivered") == 3);

    assertThat(size(list + "Key:A")).isEqualTo(1);
    assertThat(size(list + "Key:A&status=pending")).isZero();
    assertThat(size(list + "Key:A&statusCode=200")).isEqualTo(1);
    assertThat(served.get(list + "Key:A").json().path("notIndexedBefore").asText())
        .startsWith("20");
    assertThat(served.get(Served.DEFAULT + "/deliveries").json().has("notIndexedBefore")).isFalse();

    served.clock.advance(Duration.ofSeconds(1));
    String asked =
        "{\"since\":\"2026-01-01T00:00:00Z\",\"status\":\"delivered\",\"dryRun\":true,\"fields\":%s}";
    Served.Answer counted =
        served.post(Served.DEFAULT + "/replays", asked.formatted("{\"Key\":\"A\"}"));
    assertThat(counted.json().path("count").asInt()).as(counted.body()).isEqualTo(1);
    Served.Answer refused =
        served.post(Served.DEFAULT + "/replays", asked.formatted("{\"Kay\":\"A\"}"));
    assertThat(refused.body()).contains("did you mean");
    Served.Answer job =
        served.post(
            Served.DEFAULT + "/replay-jobs",
            "{\"since\":\"2026-01-01T00:00:00Z\",\"status\":\"delivered\",\"fields\":{\"Key\":\"B\"}}");
    assertThat(job.json().path("fields").toString()).isEqualTo("{\"Key\":\"B\"}");
    assertThat(job.json().path("expected").asInt()).isEqualTo(1);
  }

  private int size(String path) {
    return served.get(path).json().path("data").size();
  }

  private void publishData(String data) {
    Served.Answer unused =
        served.post(EVENTS, "{\"type\":\"license_created\",\"data\":" + data + "}");
  }

  private int listed(String query) {
    return served.get(EVENTS + query).json().path("data").size();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'labels':7|labels",
        "'labels':{'a':1}|labels",
        "'labels':{'a':'1','a':'2'}|labels",
        "'labels':{'A':'1'}|labels",
        "'to':'crm'|to",
        "'to':[]|to",
        "'to':[7]|to[0]",
        "'to':['nobody']|to[0]",
        "'to':['ep_01m89rmsm2e00bctbf2wktq7j8']|to[0]",
        "'deliverAt':'soon'|deliverAt",
        "'deliverAt':7|deliverAt",
        "'deliverAt':'2026-01-31T12:00:01Z'|deliverAt",
        "'orderingKey':''|orderingKey",
        "'orderingKey':[]|orderingKey",
        "'routing':{'a-b':'1'}|routing",
        "'subject':''|subject",
        "'subject':{}|subject",
        "'label':{}|label",
      })
  void refusesWhatBreaksARuleAndNamesTheField(String fields, String field) {
    Served.Answer refused = publish(fields.replace('\'', '"'));

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.fields()).containsExactly(field);
    assertThat(listed("")).isZero();
  }

  @Test
  void aHundredTypesAndOtherParametersFitInAQuery() {
    String types =
        IntStream.range(0, 99).mapToObj(i -> "&type=t" + i).collect(Collectors.joining());
    String query = EVENTS + "?limit=5&label=region:eu&type=license_created" + types;
    publish("\"labels\":{\"region\":\"eu\"}");

    Served.Answer listed = served.get(query);

    assertThat(listed.status()).isEqualTo(200);
    assertThat(listed.json().path("data")).hasSize(1);
    assertThat(served.get(query + "&type=more").fields()).containsExactly("type");
  }

  @Test
  void everyLimitHolds() {
    String labels = pairs(10, 128);
    assertThat(publish("\"labels\":" + labels).status()).isEqualTo(202);
    assertThat(publish("\"labels\":" + pairs(11, 1)).fields()).containsExactly("labels");
    assertThat(publish("\"routing\":" + pairs(16, 256)).status()).isEqualTo(202);
    assertThat(publish("\"routing\":" + pairs(17, 1)).fields()).containsExactly("routing");
    assertThat(publish("\"orderingKey\":\"" + "k".repeat(129) + "\"").fields())
        .containsExactly("orderingKey");
    assertThat(publish("\"deliverAt\":\"2026-01-31T12:00:00Z\"").status()).isEqualTo(202);
    assertThat(publish("\"to\":[" + "\"x\",".repeat(100) + "\"x\"]").fields())
        .containsExactly("to");
  }

  private static String pairs(int count, int length) {
    return IntStream.range(0, count)
        .mapToObj(i -> "\"n" + i + "\":\"" + "v".repeat(length) + "\"")
        .collect(Collectors.joining(",", "{", "}"));
  }

  @Test
  void theSameIdWithOtherOptionsIsAConflict() {
    assertThat(publish("\"id\":\"a\",\"labels\":{\"x\":\"1\"}").status()).isEqualTo(202);
    assertThat(publish("\"id\":\"a\",\"labels\":{\"x\":\"1\"}").status()).isEqualTo(202);
    assertThat(publish("\"id\":\"a\",\"labels\":{\"x\":\"2\"}").status()).isEqualTo(409);
    assertThat(publish("\"id\":\"a\",\"orderingKey\":\"k\"").status()).isEqualTo(409);
  }

  @Test
  void aUidStandsForTheIdEverywhere() {
    Served.Answer made =
        endpoint(
            "\"uid\":\"crm-eu\",\"labels\":{\"region\":\"eu\"},\"metadata\":{\"Kunde Nr\":\"4711\"}");
    String id = made.json().path("id").asText();

    assertThat(made.json().path("uid").asText()).isEqualTo("crm-eu");
    assertThat(served.get(ENDPOINTS + "/crm-eu").json().path("id").asText()).isEqualTo(id);
    assertThat(served.get(ENDPOINTS + "/crm-eu").json().at("/metadata/Kunde Nr").asText())
        .isEqualTo("4711");
    assertThat(served.get(Served.DEFAULT + "/deliveries?endpoint=crm-eu").status()).isEqualTo(200);
    assertThat(served.get(Served.DEFAULT + "/attempts?endpoint=crm-us").fields())
        .containsExactly("endpoint");
    String event = publish("\"to\":[\"" + id + "\"]").json().path("id").asText();
    assertThat(
            served
                .post(EVENTS + "/" + event + "/replay", "{\"endpoints\":[\"crm-eu\"]}")
                .json()
                .at("/deliveries/0/endpoint")
                .asText())
        .isEqualTo(id);
    Served.Answer renamed =
        served.send("PATCH", ENDPOINTS + "/crm-eu", "{\"uid\":null,\"labels\":{}}");
    assertThat(renamed.json().path("uid").isNull()).isTrue();
    assertThat(served.get(ENDPOINTS + "/crm-eu").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'uid':'taken'|uid",
        "'uid':''|uid",
        "'uid':'a b'|uid",
        "'uid':'..'|uid",
        "'uid':'ep_01m89rmsm2e00bctbf2wktq7j8'|uid",
        "'labels':{'A':'1'}|labels",
        "'labels':[]|labels",
        "'metadata':{'':'1'}|metadata",
      })
  void refusesAnEndpointThatBreaksARule(String fields, String field) {
    assertThat(endpoint("\"uid\":\"taken\"").status()).isEqualTo(201);

    Served.Answer refused = endpoint(fields.replace('\'', '"'));

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.fields()).containsExactly(field);
    assertThat(served.get(ENDPOINTS).json().path("data")).hasSize(1);
    assertThat(served.send("PATCH", ENDPOINTS + "/taken", "{\"uid\":\"taken\"}").status())
        .isEqualTo(200);
  }
}
