package dev.hookferry.http.svix;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.contract.support.Poll;
import dev.hookferry.http.Served;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Compares the shapes of our replies with those that a real Svix gave. */
class SvixShapesTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String APP = "/api/v1/app/acme-gmbh";
  private static final String ENDPOINT = APP + "/endpoint/acme-crm";

  private final Served served = new Served();

  @AfterEach
  void close() {
    served.close();
  }

  @Test
  void repliesHaveTheFieldsThatSvixGives() {
    populate();
    same("applications", "/api/v1/app?limit=1");
    same("event-types", "/api/v1/event-type?include_archived=true&with_content=true");
    same("endpoint", ENDPOINT);
    same("endpoints", APP + "/endpoint");
    same("endpoint-secret", ENDPOINT + "/secret");
    same("endpoint-headers", ENDPOINT + "/headers");
    Poll.until(() -> served.get(ENDPOINT + "/msg").json().path("data").size() == 1);
    same("messages", APP + "/msg");
    same("attempted-messages", ENDPOINT + "/msg");
    String message = served.get(APP + "/msg").json().at("/data/0/id").asText();
    same("attempts-by-message", APP + "/attempt/msg/" + message);
  }

  @Test
  void keepsAllHeadersSetConcurrently() {
    populate();
    List<String> names = IntStream.range(0, 16).mapToObj(i -> "X-Part-" + i).toList();
    assertThat(names.parallelStream().map(this::status).distinct()).containsExactly(204);
    assertThat(served.get(ENDPOINT + "/headers").body()).contains(names);
  }

  @Test
  void namesOfHeadersHaveNoCase() {
    populate();
    String set = "{\"headers\":{\"X-Team\":\"red\",\"X-Key\":\"1\"}}";
    assertThat(served.send("PATCH", ENDPOINT + "/headers", set).status()).isEqualTo(204);
    String change = "{\"headers\":{\"x-team\":\"green\"},\"deleteHeaders\":[\"x-key\"]}";
    assertThat(served.send("PATCH", ENDPOINT + "/headers", change).status()).isEqualTo(204);
    assertThat(served.get(ENDPOINT + "/headers").body())
        .contains("green")
        .doesNotContain("red", "Key");
  }

  private int status(String header) {
    String headers = "{\"headers\":{\"" + header + "\":\"1\"}}";
    return served.send("PATCH", ENDPOINT + "/headers", headers).status();
  }

  @Test
  void aUserAgentCanStayButNotBeAdded() {
    populate();
    String agent = "{\"headers\":{\"User-Agent\":\"Acme\",\"X-Team\":\"red\"}}";
    for (String method : new String[] {"PUT", "PATCH"}) {
      assertThat(served.send(method, ENDPOINT + "/headers", agent).status()).isEqualTo(422);
    }
    assertThat(served.get(ENDPOINT + "/headers").body()).contains("blue").doesNotContain("Acme");

    var site = served.webhooks.sites().find("acme-gmbh").orElseThrow();
    String own = "/api/v1/sites/" + site.id() + "/endpoints/acme-crm";
    assertThat(served.send("PATCH", own, agent).status()).isEqualTo(200);
    assertThat(served.send("PATCH", ENDPOINT + "/headers", agent).status()).isEqualTo(204);
    assertThat(served.get(ENDPOINT + "/headers").body()).contains("Acme", "red");
  }

  private void populate() {
    post("/api/v1/app", "applications", "/data/0");
    post("/api/v1/event-type", "event-types", "/data/0");
    post("/api/v1/event-type", "event-types", "/data/1");
    post(APP + "/endpoint", "endpoint", "");
    var unused =
        served.send(
            "PUT",
            ENDPOINT + "/headers",
            "{\"headers\":{\"X-Trace\":\"on\",\"X-Team\":\"blue\",\"Authorization\":\"a\"}}");
    var sent =
        served.post(
            APP + "/msg",
            "{\"eventType\":\"invoice.paid\",\"payload\":{\"invoiceId\":\"a\",\"amount\":1},"
                + "\"channels\":[\"eu\"]}");
    assertThat(sent.status()).as(sent.toString()).isEqualTo(202);
  }

  /** A caller may send back what it has got. */
  private void post(String path, String sample, String pointer) {
    JsonNode body = sample(sample).at(pointer);
    ((ObjectNode) body).remove("rateLimit");
    ((ObjectNode) body).remove("filterTypes");
    Served.Answer made = served.post(path, body.toString());
    assertThat(made.status()).as("%s", made).isEqualTo(201);
  }

  private void same(String sample, String path) {
    Served.Answer ours = served.get(path);
    assertThat(ours.status()).as("%s: %s", path, ours).isEqualTo(200);
    JsonNode theirs = sample(sample);
    assertThat(names(ours.json())).as(path).isEqualTo(names(theirs));
    if (theirs.at("/data/0").isObject()) {
      assertThat(names(ours.json().at("/data/0"))).as(path).isEqualTo(names(theirs.at("/data/0")));
    }
  }

  private static Set<String> names(JsonNode object) {
    Set<String> names = new TreeSet<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static JsonNode sample(String name) {
    try (InputStream file = SvixShapesTest.class.getResourceAsStream(name + ".json")) {
      return JSON.readTree(file);
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }
}
