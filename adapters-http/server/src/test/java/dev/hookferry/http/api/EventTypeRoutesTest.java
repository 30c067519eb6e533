package dev.hookferry.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hookferry.access.Scope;
import dev.hookferry.http.Served;
import dev.hookferry.id.SiteId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventTypeRoutesTest {
  private static final String TYPES = Served.DEFAULT + "/event-types";
  private static final String PAID = TYPES + "/order.paid";
  private static final String EVENTS = Served.DEFAULT + "/events";
  private static final String SCHEMA =
      "{\"type\":\"object\",\"required\":[\"Key\"],\"properties\":{\"Key\":{\"$ref\":"
          + "\"#/$defs/key\"}},\"$defs\":{\"key\":{\"type\":\"string\"}}}";

  private final Served served = new Served();

  @AfterEach
  void close() {
    served.close();
  }

  private Served.Answer put(String more) {
    return served.send(
        "PUT", PAID, "{\"description\":\"An order was paid.\",\"schema\":" + SCHEMA + more + "}");
  }

  @Test
  void anExampleKeepsItsBytes() {
    String example = "{ \"Key\" : \"a\\/\\u00e9\", \"n\" : [1e5, 1.10] }";
    assertThat(put(",\"example\":" + example).status()).isEqualTo(200);
    assertThat(served.get(PAID).body()).contains("\"example\":" + example);
  }

  @Test
  void theCatalogueHasTheTypesOfQlm() {
    JsonNode data = served.get(TYPES).json().path("data");

    assertThat(data).hasSize(8);
    assertThat(data.get(0).path("type").asText()).isEqualTo("license_activated");
    assertThat(data.get(0).path("example").path("ActivationKey").asText()).isNotEmpty();
    assertThat(data.get(0).path("policy").asText()).isEqualTo("off");
    assertThat(served.get(TYPES + "?limit=3").json().path("next").asText())
        .isEqualTo("license_deleted");
    served.send("PATCH", Served.DEFAULT + "/settings", "{\"hideQlmEventTypes\":true}");
    assertThat(served.get(TYPES).json().path("data")).isEmpty();
  }

  @Test
  void aTypeIsDescribedReadAndRemoved() {
    Served.Answer put = put(",\"example\":{\"Key\":\"K\",\"Rate\":1.10},\"policy\":\"warn\"");

    assertThat(put.status()).isEqualTo(200);
    assertThat(served.get(PAID).body())
        .isEqualTo(put.body())
        .isEqualTo(
            "{\"type\":\"order.paid\",\"description\":\"An order was paid.\",\"example\":{"
                + "\"Key\":\"K\",\"Rate\":1.10},\"schema\":"
                + SCHEMA
                + ",\"version\":1,\"policy\":\"warn\",\"deprecated\":false,\"archived\":false,\"changedAt\":"
                + "\"2026-01-01T12:00:00Z\"}");
    assertThat(served.send("PUT", PAID, put.body()).body()).isEqualTo(put.body());
    assertThat(served.send("DELETE", PAID, null).status()).isEqualTo(204);
    assertThat(served.get(PAID).status()).isEqualTo(404);
    assertThat(served.send("DELETE", PAID, null).status()).isEqualTo(404);
  }

  @Test
  void blockRefusesWithThePathAndTheReason() {
    put(",\"policy\":\"block\"");

    Served.Answer refused = served.post(EVENTS, "{\"type\":\"order.paid\",\"data\":{\"Key\":5}}");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().at("/errors/0/field").asText()).isEqualTo("data/Key");
    assertThat(refused.json().at("/errors/0/reason").asText())
        .isEqualTo("must satisfy \"type\": \"string\" (schema of order.paid, version 1)");
    Served.Answer batch =
        served.post(
            EVENTS,
            "[{\"type\":\"order.paid\",\"data\":{\"Key\":\"K\"}},"
                + "{\"type\":\"order.paid\",\"data\":{}}]");
    assertThat(batch.fields()).containsExactly("[1].data");
    assertThat(served.get(EVENTS).json().path("data")).isEmpty();
    assertThat(served.post(EVENTS, "{\"type\":\"order.paid\",\"data\":{\"Key\":\"K\"}}").status())
        .isEqualTo(202);
    assertThat(served.get("/metrics").body())
        .contains("hookferry_schema_checks_total{result=\"refused\"} 2.0")
        .contains("hookferry_schema_checks_total{result=\"valid\"} 1.0")
        .contains("hookferry_schemas_unusable 0.0");
  }

  @Test
  void warnMarksTheEvent() {
    put(",\"policy\":\"warn\"");

    String id =
        served.post(EVENTS, "{\"type\":\"order.paid\",\"data\":{}}").json().path("id").asText();
    assertThat(served.get(EVENTS + "/" + id).json().path("schemaProblem").asText())
        .isEqualTo("version 1: must have the property Key");
    assertThat(served.get(EVENTS).json().at("/data/0/schemaProblem").asText()).isNotEmpty();
  }

  @Test
  void versionsAreKeptAndABreakingChangeNeedsOne() {
    put(",\"policy\":\"block\"");
    String changed = SCHEMA.replace("\"string\"", "\"integer\"");

    Served.Answer refused =
        served.send("PUT", PAID, "{\"schema\":" + changed + ",\"policy\":\"block\"}");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().at("/errors/0/field").asText()).isEqualTo("schema/$defs/key");
    assertThat(refused.json().at("/errors/0/reason").asText())
        .contains("changes \"type\" from \"string\" to \"integer\"")
        .contains("make it version 2");

    String second = PAID + "/versions/2";
    Served.Answer made = served.send("PUT", second, "{\"schema\":" + changed + "}");
    assertThat(made.json().path("version").asInt()).isEqualTo(2);
    assertThat(served.send("PUT", second, "{\"schema\":" + changed + "}").status()).isEqualTo(200);
    assertThat(served.send("PUT", PAID + "/versions/4", "{\"schema\":true}").status())
        .isEqualTo(409);
    assertThat(served.send("PUT", PAID + "/versions/x", "{\"schema\":true}").status())
        .isEqualTo(404);
    assertThat(served.send("PUT", PAID + "/versions/3", "{}").fields()).containsExactly("schema");
    assertThat(served.get(PAID + "/versions").json().path("data")).hasSize(2);
    assertThat(served.get(PAID + "/versions/1").json().path("schema").toString()).isEqualTo(SCHEMA);
    assertThat(served.get(PAID + "/versions/3").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{\"policy\":\"block\",\"schema\":{\"$ref\":\"http://127.0.0.1:9/x.json\"}}|schema/$ref",
        "{\"policy\":\"block\",\"schema\":{\"pattern\":\"(?=a)\"}}|schema/pattern",
        "{\"policy\":\"block\"}|policy",
        "{\"policy\":\"maybe\"}|policy",
        "{\"schema\":\"text\"}|schema",
        "{\"schema\":{\"type\":5}}|schema/type",
        "{\"description\":5}|description",
        "{\"deprecated\":\"yes\"}|deprecated",
        "{\"scheme\":{}}|scheme",
        "{\"schema\":false,\"example\":1}|example",
      })
  void refusalsNameTheField(String body, String field) {
    Served.Answer refused = served.send("PUT", PAID, body);

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.fields()).contains(field);
    assertThat(served.get(PAID).status()).isEqualTo(404);
  }

  @Test
  void namesThatNoTypeCanHaveAreRefused() {
    assertThat(served.send("PUT", TYPES + "/a..b", "{}").fields()).containsExactly("type");
    assertThat(served.send("PUT", TYPES + "/" + "a".repeat(129), "{}").status()).isEqualTo(400);
    assertThat(served.send("PUT", TYPES + "/" + "a".repeat(128), "{}").status()).isEqualTo(200);
    assertThat(served.send("PUT", TYPES + "/test", "{}").status()).isEqualTo(400);
    assertThat(served.get(TYPES + "/a..b").status()).isEqualTo(404);
  }

  @Test
  void theCatalogueIsExported() {
    put(",\"example\":{\"Key\":\"K\"}");

    JsonNode openApi = served.get(Served.DEFAULT + "/catalog/openapi.json").json();
    assertThat(openApi.path("openapi").asText()).isEqualTo("3.1.0");
    assertThat(openApi.path("webhooks")).hasSize(9);
    JsonNode media = openApi.at("/webhooks/order.paid/post/requestBody/content/application~1json");
    assertThat(media.at("/schema/properties/Data/properties/Key/$ref").asText())
        .isEqualTo("#/$defs/key");
    assertThat(media.at("/schema/properties/Data/$id").asText())
        .isEqualTo("urn:hookferry:default:order.paid:1");
    assertThat(media.path("example").toString())
        .isEqualTo(
            "{\"EventType\":\"order.paid\",\"EventTime\":\"2026-01-01T12:00:00Z\","
                + "\"Data\":{\"Key\":\"K\"}}");

    served.send("PATCH", Served.DEFAULT + "/settings", "{\"envelope\":\"raw\"}");
    JsonNode asyncApi = served.get(Served.DEFAULT + "/catalog/asyncapi.json").json();
    assertThat(asyncApi.path("asyncapi").asText()).isEqualTo("3.0.0");
    assertThat(asyncApi.at("/operations/order.paid/channel/$ref").asText())
        .isEqualTo("#/channels/order.paid");
    JsonNode message = asyncApi.at("/channels/order.paid/messages/event");
    assertThat(message.at("/payload/required/0").asText()).isEqualTo("Key");
    assertThat(message.at("/examples/0/payload/Key").asText()).isEqualTo("K");
  }

  @Test
  void keysNeedTheScope() {
    SiteId site = SiteId.DEFAULT;
    String read = "Bearer " + served.key(site, Scope.READ);
    assertThat(
            served
                .send("PUT", PAID, "{}", request -> request.setHeader("Authorization", read))
                .status())
        .isEqualTo(403);
    assertThat(
            served
                .send("GET", TYPES, null, request -> request.setHeader("Authorization", read))
                .status())
        .isEqualTo(200);
  }
}
