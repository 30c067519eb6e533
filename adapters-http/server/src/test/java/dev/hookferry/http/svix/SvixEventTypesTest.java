package dev.hookferry.http.svix;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hookferry.http.Served;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Event types that several programs change at the same time. */
class SvixEventTypesTest {
  private static final String TYPES = "/api/v1/event-type";
  private static final String TYPE = TYPES + "/a.b";
  private static final String NATIVE = Served.DEFAULT + "/event-types/a.b";
  private static final String CREATION = "{\"name\":\"a.b\",\"description\":\"x\"}";
  private static final int ROUNDS = 40;

  private final Served served = new Served();

  @AfterEach
  void close() {
    served.close();
  }

  private record Request(String method, String path, String body) {}

  private List<Integer> together(Request... requests) {
    return Stream.of(requests)
        .parallel()
        .map(one -> served.send(one.method(), one.path(), one.body()).status())
        .sorted()
        .toList();
  }

  private static Request patch(String body) {
    return new Request("PATCH", TYPE, body);
  }

  @Test
  void changesOfDifferentFieldsAreBothKept() {
    var unused = served.post(TYPES, CREATION);
    for (int i = 0; i < ROUNDS; i++) {
      boolean deprecated = i % 2 == 0;
      assertThat(
              together(
                  patch("{\"description\":\"d" + i + "\"}"),
                  patch("{\"deprecated\":" + deprecated + "}")))
          .containsExactly(200, 200);
      JsonNode after = served.get(TYPE).json();
      assertThat(after.path("description").asText()).isEqualTo("d" + i);
      assertThat(after.path("deprecated").asBoolean()).isEqualTo(deprecated);
    }
  }

  @Test
  void aSchemaVersionSurvivesAChangeOfTheDescription() {
    var unused = served.post(TYPES, CREATION);
    for (int i = 1; i <= ROUNDS; i++) {
      String schema = "{\"schema\":{\"title\":\"v" + i + "\"}}";
      assertThat(
              together(
                  patch("{\"description\":\"d" + i + "\"}"),
                  new Request("PUT", NATIVE + "/versions/" + i, schema)))
          .containsExactly(200, 200);
      assertThat(served.get(NATIVE).json().path("version").asInt()).isEqualTo(i);
    }
  }

  @Test
  void aTypeIsCreatedOnceAndArchivedWithItsLastDescription() {
    Request creation = new Request("POST", TYPES, CREATION);
    Request archiving = new Request("DELETE", TYPE, null);
    for (int i = 0; i < ROUNDS; i++) {
      assertThat(together(creation, creation)).containsExactly(201, 409);
      String description = "{\"description\":\"d" + i + "\"}";
      assertThat(together(patch(description), archiving)).containsExactly(200, 204);
      JsonNode after = served.get(TYPE).json();
      assertThat(after.path("archived").asBoolean()).isTrue();
      assertThat(after.path("description").asText()).isEqualTo("d" + i);
    }
  }

  @Test
  void putSaysWhetherItCreates() {
    String body = "{\"description\":\"x\"}";
    assertThat(served.send("PUT", TYPE, body).status()).isEqualTo(201);
    assertThat(served.send("PUT", TYPE, body).status()).isEqualTo(200);
    assertThat(served.send("PUT", TYPES + "/license_created", body).status())
        .as("described for the first time")
        .isEqualTo(201);
    assertThat(served.send("PATCH", TYPES + "/none", body).status()).isEqualTo(404);
  }

  @Test
  void aSchemaIsUnicodeText() {
    String body = "{\"description\":\"x\",\"schemas\":{\"1\":{\"const\":\"\\ud800\"}}}";
    Served.Answer refused = served.send("PUT", TYPE, body);
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.body()).contains("\"schemas\"", "must be Unicode text");
    assertThat(served.get(TYPE).status()).isEqualTo(404);
  }
}
