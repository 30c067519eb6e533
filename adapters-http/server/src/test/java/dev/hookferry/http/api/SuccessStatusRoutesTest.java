package dev.hookferry.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hookferry.http.Served;
import dev.hookferry.testing.ScriptedTransport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which statuses count as success, as the API reads, shows and applies it. */
class SuccessStatusRoutesTest {
  private static final String ENDPOINTS = "/api/v1/sites/default/endpoints";

  private final Served served = new Served();

  @AfterEach
  void close() {
    served.close();
  }

  @Test
  void isAny2xxUnlessSet() {
    JsonNode made = create("").json();
    assertThat(made.path("successStatuses")).hasToString("[\"2xx\"]");
    String path = ENDPOINTS + "/" + made.path("id").asText();
    assertThat(patch(path, "[\"304\",\"2xx\",\"200\"]")).hasToString("[\"2xx\",\"304\"]");
    served.send("PATCH", path, "{\"description\":\"CRM\"}");
    assertThat(served.get(path).json().path("successStatuses")).hasToString("[\"2xx\",\"304\"]");
    assertThat(patch(path, "null")).hasToString("[\"2xx\"]");
  }

  @Test
  void decidesHowAttemptsEnd() {
    served.transport.responding(Served.URL, n -> ScriptedTransport.status(304));
    String path = ENDPOINTS + "/" + create("").json().path("id").asText();
    assertThat(test(path).path("outcome").asText()).isEqualTo("http_error");
    patch(path, "[\"2xx\",\"304\"]");
    JsonNode attempt = test(path);
    assertThat(attempt.path("outcome").asText()).isEqualTo("delivered");
    assertThat(attempt.path("statusCode").asInt()).isEqualTo(304);
    JsonNode tried =
        served.post(ENDPOINTS + "/try", endpoint(",\"successStatuses\":[\"3xx\"]")).json();
    assertThat(tried.at("/attempt/outcome").asText()).isEqualTo("delivered");
  }

  @ParameterizedTest
  @ValueSource(strings = {"4xx", "199", "400", "20x", ""})
  void refusesAnEntryThatCannotCount(String wrong) {
    JsonNode problem = refused("[\"2xx\",\"" + wrong + "\"]");
    assertThat(problem.path("field").asText()).isEqualTo("successStatuses[1]");
    assertThat(problem.path("reason").asText())
        .startsWith("must be 2xx, 3xx or a status from 200 to 399, such as 304");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[]     | successStatuses    | must have 1 to 20 entries (got 0); null stands for the default, 2xx",
        "2xx    | successStatuses    | must be an array of strings",
        "{}     | successStatuses    | must be an array of strings",
        "[200]  | successStatuses[0] | must be a string",
        "[null] | successStatuses[0] | must be a string",
      })
  void refusesValuesOtherThanAListOfTexts(String given, String field, String reason) {
    JsonNode problem = refused(given.equals("2xx") ? "\"2xx\"" : given);
    assertThat(problem.path("field").asText()).isEqualTo(field);
    assertThat(problem.path("reason").asText()).isEqualTo(reason);
  }

  @Test
  void refusesMoreThanTwenty() {
    String many =
        IntStream.range(200, 221).mapToObj(n -> "\"" + n + "\"").collect(Collectors.joining(","));
    assertThat(refused("[" + many + "]").path("reason").asText())
        .isEqualTo("must have 1 to 20 entries (got 21); use the class 2xx or 3xx");
  }

  private JsonNode refused(String statuses) {
    Served.Answer answer = create(",\"successStatuses\":" + statuses);
    assertThat(answer.status()).isEqualTo(400);
    return answer.json().at("/errors/0");
  }

  private Served.Answer create(String more) {
    return served.post(ENDPOINTS, endpoint(more));
  }

  private static String endpoint(String more) {
    return "{\"url\":\"" + Served.URL + "\",\"eventTypes\":[\"*\"]" + more + "}";
  }

  private JsonNode patch(String path, String statuses) {
    return served
        .send("PATCH", path, "{\"successStatuses\":" + statuses + "}")
        .json()
        .path("successStatuses");
  }

  private JsonNode test(String path) {
    return served.post(path + "/test", "{}").json();
  }
}
