package dev.hookferry.http.console.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.event.Payload;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrettyJsonTest {
  @Test
  void changesOnlyWhitespace() {
    assertThat(
            PrettyJson.of(
                Payload.of(
                    "{\"a\": 1.10,\"b\":[ ],\"c\":{\"d\":[19999999999999999999,\"x, {y}\\\"\"]}}")))
        .isEqualTo(
            """
            {
              "a": 1.10,
              "b": [],
              "c": {
                "d": [
                  19999999999999999999,
                  "x, {y}\\""
                ]
              }
            }\
            """);
  }

  @Test
  void leavesWhatWouldBecomeFarLonger() {
    String small = "[".repeat(99) + "0" + ",0".repeat(100) + "]".repeat(99);
    String large = "[".repeat(99) + "0" + ",0".repeat(400_000) + "]".repeat(99);
    assertThat(PrettyJson.of(small)).hasSizeGreaterThan(20_000);
    assertThat(PrettyJson.of(large)).isEqualTo(large);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "{\"a\":", "<xml/>", "{\"a\":1}}", "[1,]"})
  void leavesInvalidJsonUnchanged(String text) {
    assertThat(PrettyJson.of(Payload.of(text))).isEqualTo(text);
  }
}
