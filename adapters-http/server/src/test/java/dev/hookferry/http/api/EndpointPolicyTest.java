package dev.hookferry.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.http.Served;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Retries, timeout and limits: the endpoint's own, its site's, or the server's. */
class EndpointPolicyTest {
  private static final String ENDPOINTS = Served.DEFAULT + "/endpoints";

  private final Served served = new Served();

  @AfterEach
  void close() {
    served.close();
  }

  @Test
  void aScheduleReplacesTheOtherRetrySettings() {
    String id = create();
    Served.Answer changed = patch(id, "{\"retry\":{\"schedule\":[\"5s\",\"1m\",\"2h\"]}}");
    assertThat(changed.json().path("retry")).hasToString("{\"schedule\":[\"5s\",\"1m\",\"2h\"]}");
    assertThat(patch(id, "{\"description\":\"CRM\"}").json().path("retry"))
        .isEqualTo(changed.json().path("retry"));
    Served.Answer back = patch(id, "{\"retry\":{\"maxRetries\":2,\"intervalSeconds\":9}}");
    assertThat(back.json().path("retry"))
        .hasToString("{\"maxRetries\":2,\"intervalSeconds\":9,\"backoff\":\"fixed\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'retry':{'schedule':[]}}|retry.schedule|must have 1 to 50 delays (got 0)",
        "{'retry':{'schedule':['1s','x']}}|retry.schedule[1]|must be a duration from 1s to 30d,"
            + " such as 15s",
        "{'retry':{'schedule':['1s'],'maxRetries':3}}|retry.schedule|must not be combined with"
            + " maxRetries, intervalSeconds or backoff",
        "{'retry':{'maxRetries':3}}|retry.intervalSeconds|is missing, and there is no schedule",
        "{'limits':{'perSecond':0}}|limits.perSecond|must be a whole number from 1 to 1000000",
        "{'limits':{'perSecond':1,'perHour':5}}|limits|must have only one of perSecond, perMinute"
            + " and perHour",
        "{'limits':{}}|limits|must have a rate or a concurrency; null removes the limits",
        "{'limits':{'concurrency':1001}}|limits.concurrency|must be a whole number from 1 to 1000",
      })
  void refusesAPolicyThatMakesNoSense(String change, String field, String reason) {
    String id = create();
    String before = served.get(ENDPOINTS + "/" + id).body();
    Served.Answer refused = patch(id, change.replace('\'', '"'));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().path("errors"))
        .anySatisfy(
            error -> {
              assertThat(error.path("field").asText()).isEqualTo(field);
              assertThat(error.path("reason").asText()).isEqualTo(reason);
            });
    assertThat(served.get(ENDPOINTS + "/" + id).body()).isEqualTo(before);
  }

  @Test
  void thePolicyNamesTheOriginOfEachSetting() {
    String id = create();
    String policy = ENDPOINTS + "/" + id + "/policy";
    assertThat(served.get(policy).body())
        .isEqualTo(
            "{\"retry\":{\"value\":{\"maxRetries\":5,\"intervalSeconds\":300,\"backoff\":\"fixed\"},"
                + "\"origin\":\"site\"},\"timeout\":{\"value\":\"15s\",\"origin\":\"server\"},"
                + "\"rate\":{\"value\":null,\"origin\":\"server\"},"
                + "\"concurrency\":{\"value\":64,\"origin\":\"server\"},"
                + "\"egress\":{\"value\":null,\"origin\":\"server\"}}");

    served.send(
        "PATCH",
        Served.DEFAULT + "/settings",
        "{\"attemptTimeout\":\"10s\",\"endpointRate\":\"600/min\",\"endpointConcurrency\":8}");
    patch(
        id,
        "{\"timeout\":\"3s\",\"retry\":{\"schedule\":[\"5s\"]},\"limits\":{\"concurrency\":2}}");
    assertThat(served.get(policy).body())
        .isEqualTo(
            "{\"retry\":{\"value\":{\"schedule\":[\"5s\"]},\"origin\":\"endpoint\"},"
                + "\"timeout\":{\"value\":\"3s\",\"origin\":\"endpoint\"},"
                + "\"rate\":{\"value\":\"600/min\",\"origin\":\"site\"},"
                + "\"concurrency\":{\"value\":2,\"origin\":\"endpoint\"},"
                + "\"egress\":{\"value\":null,\"origin\":\"server\"}}");

    patch(id, "{\"timeout\":null,\"retry\":null,\"limits\":null}");
    assertThat(served.get(policy).json().at("/timeout/origin").asText()).isEqualTo("site");
    assertThat(served.get(policy).json().at("/concurrency/value").asInt()).isEqualTo(8);
  }

  private String create() {
    String minimal = "{\"url\":\"" + Served.URL + "\",\"eventTypes\":[\"*\"]}";
    return served.post(ENDPOINTS, minimal).json().path("id").asText();
  }

  private Served.Answer patch(String id, String body) {
    return served.send("PATCH", ENDPOINTS + "/" + id, body);
  }
}
