package dev.hookferry.app.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.refusal.InvalidException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class EventBodyTest {
  @Test
  void dataGoesInByteForByte() throws IOException {
    assertThat(body("license_created", "{\"a\": 1.10,\n \"b\":null}\n", Map.of()))
        .isEqualTo("{\"type\":\"license_created\",\"data\":{\"a\": 1.10,\n \"b\":null}\n}");
    assertThat(body("x", "7", Map.of("id", "o-\"1")))
        .isEqualTo("{\"type\":\"x\",\"id\":\"o-\\\"1\",\"data\":7}");
  }

  @Test
  void aWholeEventIsSentAsItIs() throws IOException {
    String event = " {\"type\":\"x\",\"data\":{\"a\":1.10}}";
    assertThat(body("x", event, Map.of())).isEqualTo("{\"type\":\"x\",\"data\":{\"a\":1.10}}");
    assertThat(body("x", event, Map.of("id", "o1")))
        .isEqualTo("{\"id\":\"o1\",\"type\":\"x\",\"data\":{\"a\":1.10}}");
  }

  @Test
  void dataThatResemblesAnEventIsData() throws IOException {
    assertThat(body("x", "{\"type\":\"y\",\"data\":1,\"more\":2}", Map.of()))
        .isEqualTo("{\"type\":\"x\",\"data\":{\"type\":\"y\",\"data\":1,\"more\":2}}");
  }

  @Test
  void anEventOfAnotherTypeIsAMistake() {
    assertThatThrownBy(() -> body("x", "{\"type\":\"y\",\"data\":1}", Map.of()))
        .hasMessage("the file holds an event of type y, not x");
  }

  @Test
  void noJsonAndNoMoreThanOneValue() {
    for (String wrong : new String[] {"", "{", "{} {}", "1},\"id\":\"forged\"", "\n{\"a\":x}"}) {
      assertThatThrownBy(() -> body("x", wrong, Map.of()))
          .isInstanceOf(InvalidException.class)
          .hasMessageContaining("not valid JSON");
    }
  }

  private static String body(String type, String file, Map<String, String> more)
      throws IOException {
    byte[] bytes = file.getBytes(StandardCharsets.UTF_8);
    ObjectNode fields = JsonNodeFactory.instance.objectNode();
    more.forEach(fields::put);
    return new String(EventBody.of(type, bytes, fields), StandardCharsets.UTF_8);
  }
}
