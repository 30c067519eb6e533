package dev.hookferry.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hookferry.access.Scope;
import dev.hookferry.contract.support.Poll;
import dev.hookferry.http.Served;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoutingRoutesTest {
  private static final String ENDPOINTS = Served.DEFAULT + "/endpoints";
  private static final String EVENTS = Served.DEFAULT + "/events";

  private final Served served = new Served();

  @AfterEach
  void close() {
    served.close();
  }

  @Test
  void aFilterIsKeptWithItsExactNumbers() {
    String filter = "{\"n\":{\"$in\":[12345678901234567891,1.10,0.1000000000000000055511]}}";
    String id = create(filter);

    assertThat(served.get(ENDPOINTS + "/" + id).body()).contains("\"filter\":" + filter + ",");
    assertThat(patch(id, "{\"description\":\"x\"}").path("filter").isObject()).isTrue();
    assertThat(patch(id, "{\"filter\":null}").path("filter").isNull()).isTrue();
    assertThat(patch(id, "{\"filter\":{\"a\":1}}").path("filter")).hasToString("{\"a\":1}");
    assertThat(patch(id, "{\"filter\":{}}").path("filter").isNull()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"a\":{\"$regex\":\"x\"}}|filter.a.$regex|unknown operator $regex",
        "{\"a\":{\"$gte\":\"x\",\"$in\":3}}|filter.a.$in|must be a list",
        "{\"$or\":{}}|filter.$or|must be a list of conditions",
        "{\"a\":{\"$exists\":\"yes\"}}|filter.a.$exists|must be true or false",
        "\"x\"|filter|must be a JSON object",
        "[]|filter|must be a JSON object",
        "{\"n\":1e100000}|filter|must not contain a number with an exponent beyond 99999",
      })
  void aBadFilterIsRefusedByPathAndRule(String filter, String field, String rule) {
    Served.Answer refused =
        served.post(
            ENDPOINTS,
            "{\"url\":\"" + Served.URL + "\",\"eventTypes\":[\"*\"],\"filter\":" + filter + "}");

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().at("/errors/0/field").asText()).isEqualTo(field);
    assertThat(refused.json().at("/errors/0/reason").asText()).startsWith(rule);
  }

  @Test
  void anEventIsExplainedForEveryEndpoint() {
    String every = create("{}");
    String pro = create("{\"ProductName\":\"Pro\"}");
    String event =
        served
            .post(EVENTS, "{\"type\":\"license_created\",\"data\":{\"ProductName\":\"Basic\"}}")
            .json()
            .path("id")
            .asText();
    Poll.until(() -> served.get(EVENTS + "/" + event).body().contains("\"delivered\""));

    Served.Answer why = served.get(EVENTS + "/" + event + "/routing");
    JsonNode first = why.json().at("/data/0");
    assertThat(first.path("endpoint").asText()).isEqualTo(pro);
    assertThat(first.path("outcome").asText()).isEqualTo("filter");
    assertThat(first.path("clause").asText()).isEqualTo("{\"$eq\":\"Pro\"}");
    assertThat(first.path("path").asText()).isEqualTo("ProductName");
    assertThat(first.path("found").asText()).isEqualTo("\"Basic\"");
    assertThat(first.path("delivery").isNull()).isTrue();
    JsonNode second = why.json().at("/data/1");
    assertThat(second.path("endpoint").asText()).isEqualTo(every);
    assertThat(second.path("outcome").asText()).isEqualTo("delivered");
    assertThat(second.path("status").asText()).isEqualTo("delivered");
    assertThat(second.path("reason").asText())
        .isEqualTo("It has a delivery: delivered; license_* matches now.");
    assertThat(second.path("delivery").asText()).startsWith("dlv_");
    assertThat(second.has("clause")).isFalse();
    String path = "/api/v1/sites/default/endpoints/" + every;
    served.send("PATCH", path, "{\"eventTypes\":[\"customer_*\"]}");
    Served.Answer later = served.get(EVENTS + "/" + event + "/routing");
    assertThat(later.json().at("/data/1/reason").asText())
        .isEqualTo("It has a delivery: delivered.");
    Served.Answer page = served.get(EVENTS + "/" + event + "/routing?limit=1");
    assertThat(page.json().path("data")).hasSize(1);
    assertThat(page.json().path("next").isNull()).isFalse();
    assertThat(served.get(EVENTS + "/evt_none/routing").status()).isEqualTo(404);
    String counted = "hookferry_deliveries_filtered_total{site=\"default\"} 1.0";
    Poll.until(() -> served.get("/metrics").body().contains(counted));
  }

  @Test
  void aUrlTakesValuesFromTheEvent() {
    String url = "https://api.example/{tenant}/hook";
    String body = "{\"url\":\"" + url + "\",\"eventTypes\":[\"*\"],\"uid\":\"tpl\"}";
    JsonNode endpoint = served.post(ENDPOINTS, body).json();
    assertThat(endpoint.path("url").asText()).isEqualTo(url);
    String event = "{\"type\":\"license_created\",\"data\":{}%s}";

    String id =
        served
            .post(EVENTS, event.formatted(",\"routing\":{\"tenant\":\"a/b c\"},\"to\":[\"tpl\"]"))
            .json()
            .path("id")
            .asText();
    Poll.until(() -> served.get(EVENTS + "/" + id).body().contains("\"delivered\""));
    assertThat(served.get(EVENTS.replace("events", "attempts")).json().at("/data/0/url").asText())
        .isEqualTo("https://api.example/a%2Fb%20c/hook");

    String without = served.post(EVENTS, event.formatted("")).json().path("id").asText();
    JsonNode why = served.get(EVENTS + "/" + without + "/routing").json().at("/data/0");
    assertThat(why.path("outcome").asText()).isEqualTo("not_routable");
    assertThat(why.path("reason").asText()).contains("must have a value tenant");
    String counted = "hookferry_deliveries_not_routable_total{site=\"default\"} 1.0";
    Poll.until(() -> served.get("/metrics").body().contains(counted));
    Served.Answer refused = served.post(EVENTS, event.formatted(",\"to\":[\"tpl\"]"));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().at("/errors/0/field").asText()).isEqualTo("routing");
    assertThat(refused.json().at("/errors/0/reason").asText())
        .isEqualTo("must have a value tenant, which the URL needs (to[0])");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://{host}/x",
        "https://api.example:{port}/x",
        "{scheme}://api.example/x",
        "https://api.example/{not a name}",
        "https://10.0.0.1/{tenant}",
      })
  void aTemplateOfATargetIsRefused(String url) {
    Served.Answer refused =
        served.post(ENDPOINTS, "{\"url\":\"" + url + "\",\"eventTypes\":[\"*\"]}");

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().at("/errors/0/field").asText()).isEqualTo("url");
  }

  @Test
  void aFilterIsTriedOnDataAndOnEvents() {
    String id = create("{\"n\":{\"$gte\":2}}");
    String event = "";
    for (int i = 0; i < 3; i++) {
      String body = "{\"type\":\"license_created\",\"data\":{\"n\":" + i + ".0}}";
      event = served.post(EVENTS, body).json().path("id").asText();
    }

    JsonNode last = test(id, "{\"last\":100}").json();
    assertThat(last.path("matched").asInt()).isEqualTo(1);
    assertThat(last.path("notMatched").asInt()).isEqualTo(2);
    assertThat(last.at("/matching/0/event").asText()).isEqualTo(event);
    assertThat(last.at("/failing/0/found").asText()).isEqualTo("1.0");
    assertThat(test(id, "{\"event\":\"" + event + "\"}").json().path("matched").asInt()).isOne();
    assertThat(test(id, "{\"data\":{\"n\":1.99}}").json().at("/failing/0/found").asText())
        .isEqualTo("1.99");
    assertThat(test(id, "{\"data\":[],\"filter\":{\"n\":1}}").json().path("notMatched").asInt())
        .isOne();
    assertThat(test(id, "{\"last\":2,\"filter\":{\"n\":0}}").json().path("matched").asInt())
        .isZero();
    assertThat(served.get(ENDPOINTS + "/" + id).body()).contains("\"$gte\":2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}||must have exactly one of data, event and last",
        "{\"last\":1,\"data\":1}||must have exactly one of data, event and last",
        "{\"last\":1001}|last|must be a whole number from 1 to 1000",
        "{\"last\":1,\"filter\":{\"a\":[]}}|filter.a|must not be a list",
      })
  void aTestThatMakesNoSenseIsRefused(String body, String field, String rule) {
    Served.Answer refused = test(create("{}"), body);

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().at("/errors/0/field").asText(""))
        .isEqualTo(field == null ? "" : field);
    assertThat(refused.json().at("/errors/0/reason").asText()).startsWith(rule);
  }

  @Test
  void aKeyThatReadsMayAskForBoth() {
    String id = create("{}");
    String key = served.key(null, Scope.READ);

    assertThat(
            served
                .send(
                    "POST",
                    ENDPOINTS + "/" + id + "/filter-test",
                    "{\"last\":1}",
                    request -> request.setHeader("Authorization", "Bearer " + key))
                .status())
        .isEqualTo(200);
  }

  private Served.Answer test(String endpoint, String body) {
    return served.post(ENDPOINTS + "/" + endpoint + "/filter-test", body);
  }

  private JsonNode patch(String id, String body) {
    return served.send("PATCH", ENDPOINTS + "/" + id, body).json();
  }

  private String create(String filter) {
    String body =
        "{\"url\":\"" + Served.URL + "\",\"eventTypes\":[\"license_*\"],\"filter\":" + filter + "}";
    return served.post(ENDPOINTS, body).json().path("id").asText();
  }
}
