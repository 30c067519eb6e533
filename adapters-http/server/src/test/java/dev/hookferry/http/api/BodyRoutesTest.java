package dev.hookferry.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.hookferry.access.Scope;
import dev.hookferry.contract.support.Poll;
import dev.hookferry.http.Served;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BodyRoutesTest {
  private static final String ENDPOINTS = Served.DEFAULT + "/endpoints";
  private static final String EVENTS = Served.DEFAULT + "/events";
  private static final String TEMPLATE =
      "{\"v\":{\"$pointer\":\"/data/Seats\"},\"n\":12345678901234567891,\"d\":1.10}";

  private final Served served = new Served();

  @AfterEach
  void close() {
    served.close();
  }

  @Test
  void aTemplateIsKeptWithItsExactNumbersAndCounted() {
    String id = create("{\"template\":" + TEMPLATE + "}");

    assertThat(served.get(ENDPOINTS + "/" + id).body())
        .contains("\"body\":{\"format\":\"template\",\"template\":" + TEMPLATE + "}")
        .contains("\"bodyVersion\":1");
    assertThat(patch(id, "{\"description\":\"x\"}").path("bodyVersion").asInt()).isEqualTo(1);
    String read = served.get(ENDPOINTS + "/" + id).body();
    assertThat(patch(id, read).path("bodyVersion").asInt()).isEqualTo(1);
    JsonNode binary = patch(id, "{\"body\":{\"format\":\"cloudevents\",\"mode\":\"binary\"}}");
    assertThat(binary.path("body")).hasToString("{\"format\":\"cloudevents\",\"mode\":\"binary\"}");
    assertThat(binary.path("bodyVersion").asInt()).isEqualTo(2);
    JsonNode reset = patch(id, "{\"body\":null}");
    assertThat(reset.path("body").isNull()).isTrue();
    assertThat(reset.path("bodyVersion").asInt()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"format\":\"xml\"}|body.format|must be raw, qlm,",
        "{}|body|must have a format, a template or a mapper",
        "{\"format\":\"template\"}|body.template|is missing",
        "{\"format\":\"thin\",\"template\":{}}|body.template|belongs to the format template",
        "{\"format\":\"raw\",\"mode\":\"binary\"}|body.mode|belongs to the format cloudevents",
        "{\"mapper\":\"erp\"}|body.mapper|is not known: this program has no mappers",
        "{\"mapper\":\"a b\"}|body.mapper|must be 1 to 64",
        "{\"template\":[]}|body.template|must be a JSON object",
        "{\"template\":{\"a\":[{\"$uper\":1}]}}|body.template.a[0].$uper|is not a function",
        "{\"template\":{\"a\":{\"$pointer\":\"x\"}}}|body.template.a.$pointer|must be a JSON Pointer",
        "{\"format\":\"thin\",\"more\":1}|body.more|is not a known field",
        "\"thin\"|body|must be an object or null",
      })
  void aBadBodyIsRefusedByFieldAndRule(String body, String field, String rule) {
    Served.Answer refused =
        served.post(
            ENDPOINTS,
            "{\"url\":\"" + Served.URL + "\",\"eventTypes\":[\"*\"],\"body\":" + body + "}");

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().at("/errors/0/field").asText()).isEqualTo(field);
    assertThat(refused.json().at("/errors/0/reason").asText()).startsWith(rule);
  }

  @Test
  void attemptShowsTheFormatItSent() {
    create("{\"template\":" + TEMPLATE + "}");
    publish();
    Poll.until(() -> served.get(Served.DEFAULT + "/attempts").body().contains("\"delivered\""));

    JsonNode attempt = served.get(Served.DEFAULT + "/attempts").json().at("/data/0");
    assertThat(attempt.path("sentAs")).hasToString("{\"format\":\"template\",\"version\":1}");
  }

  @Test
  void previewsOwnAndOtherBodies() {
    String id = create("{\"template\":{\"v\":{\"$pointer\":\"/data/Seats\"}}}");
    String event = publish();

    assertThat(preview(id, "{\"event\":\"" + event + "\"}").json())
        .hasToString(
            "{\"contentType\":\"application/json\",\"headers\":{},\"size\":10,"
                + "\"body\":\"{\\\"v\\\":1.10}\"}");
    assertThat(preview(id, "{\"data\":{\"Seats\":7}}").json().path("body").asText())
        .isEqualTo("{\"v\":7}");
    assertThat(
            preview(
                    id,
                    "{\"data\":{\"Seats\":7},\"type\":\"order.paid\",\"body\":{\"format\":\"thin\"}}")
                .json()
                .path("body")
                .asText())
        .endsWith("\"type\":\"order.paid\"}");
    assertThat(preview(id, "{\"data\":{},\"body\":null}").json().path("body").asText())
        .startsWith("{\"EventType\":\"license_created\"");
    JsonNode binary =
        preview(id, "{\"data\":[1],\"body\":{\"format\":\"cloudevents\",\"mode\":\"binary\"}}")
            .json();
    assertThat(binary.path("body").asText()).isEqualTo("[1]");
    assertThat(binary.path("headers").path("ce-specversion").asText()).isEqualTo("1.0");
    assertThat(served.get(ENDPOINTS + "/" + id).json().path("bodyVersion").asInt()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}|400||must have exactly one of event and data",
        "{\"data\":1,\"event\":\"e\"}|400||must have exactly one of event and data",
        "{\"data\":1,\"type\":\"no type\"}|400|type|must be",
        "{\"data\":1,\"body\":{\"format\":\"xml\"}}|400|body.format|must be raw",
        "{\"event\":\"evt_none\"}|404||",
      })
  void aBadPreviewIsRefused(String body, int status, String field, String rule) {
    Served.Answer refused = preview(create("{\"format\":\"raw\"}"), body);

    assertThat(refused.status()).isEqualTo(status);
    if (status == 400) {
      assertThat(refused.json().at("/errors/0/field").asText(""))
          .isEqualTo(field == null ? "" : field);
      assertThat(refused.json().at("/errors/0/reason").asText()).startsWith(rule);
    }
  }

  @Test
  void aPreviewHasTheBytesOfItsData() {
    String data = "{ \"a\\/\\u00e9\" : [1e5, 1.10] }";
    assertThat(
            preview(create("{\"format\":\"raw\"}"), "{\"data\":" + data + "}").json().path("body"))
        .hasToString(new TextNode(data).toString());
  }

  @Test
  void aKeyThatReadsMayPreview() {
    String id = create("{\"format\":\"raw\"}");
    String key = served.key(null, Scope.READ);

    assertThat(
            served
                .send(
                    "POST",
                    ENDPOINTS + "/" + id + "/body-preview",
                    "{\"data\":1}",
                    request -> request.setHeader("Authorization", "Bearer " + key))
                .status())
        .isEqualTo(200);
  }

  private Served.Answer preview(String endpoint, String body) {
    return served.post(ENDPOINTS + "/" + endpoint + "/body-preview", body);
  }

  private String publish() {
    return served
        .post(EVENTS, "{\"type\":\"license_created\",\"data\":{\"Seats\":1.10}}")
        .json()
        .path("id")
        .asText();
  }

  private JsonNode patch(String id, String body) {
    return served.send("PATCH", ENDPOINTS + "/" + id, body).json();
  }

  private String create(String body) {
    String json =
        "{\"url\":\"" + Served.URL + "\",\"eventTypes\":[\"license_*\"],\"body\":" + body + "}";
    return served.post(ENDPOINTS, json).json().path("id").asText();
  }
}
