package dev.hookferry.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hookferry.app.cli.Typed;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command that looks for what is wrong. */
final class DoctorCommandTest {
  @TempDir private Path folder;

  @Test
  void tellsWhatIsWrongAndWhatToDo() throws IOException {
    String store = "file:" + folder.resolve("store");
    Typed fine = Typed.run("doctor", "--store", store, "--port", "0", "--allow-public=false");
    assertThat(fine.code()).as(fine.out()).isZero();
    assertThat(fine.out())
        .containsPattern("(?m)^ok {7}configuration {2}valid")
        .containsPattern("(?m)^ok {7}port ")
        .containsPattern("(?m)(All checks passed|0 failures, \\d warnings?)\\R\\z");
    Typed wrong = Typed.run("doctor", "--store", store, "--bind", "0.0.0.0");
    assertThat(wrong.code()).isEqualTo(1);
    assertThat(wrong.out())
        .containsPattern("(?m)^failure {2}configuration {2}.*TLS is off")
        .containsPattern("(?m)^ {9}→ ")
        .contains("1 failure, 0 warnings");
    Typed json = Typed.run("doctor", "--store", store, "--bind", "0.0.0.0", "-o", "json");
    JsonNode said = new ObjectMapper().readTree(json.out());
    assertThat(json.code()).isEqualTo(1);
    assertThat(said.path("ok").asBoolean(true)).isFalse();
    assertThat(said.path("checks").get(0).path("level").asText()).isEqualTo("failure");
    assertThat(said.path("checks").get(0).path("remedy").asText()).isNotEmpty();
  }

  @Test
  void asksARunningServer() {
    try (ServerFixture fixture = new ServerFixture("memory")) {
      String address = fixture.server().address().toString();
      Typed asked = Typed.run("doctor", "--server", address);
      assertThat(asked.code()).isZero();
      assertThat(asked.out())
          .contains("the server is alive", "events are delivered", "all are sealed");
    }
    Typed nobody = Typed.run("doctor", "--server", "http://127.0.0.1:1");
    assertThat(nobody.code()).isEqualTo(1);
    assertThat(nobody.err()).contains("no response from http://127.0.0.1:1");
  }
}
