package dev.hookferry.http.console.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.event.Payload;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrettyJsonTest {
  @Test
  void breaksLinesAndChangesNothingElse() {
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

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "{\"a\":", "<xml/>", "{\"a\":1}}", "[1,]"})
  void leavesWhatIsNoJsonAsItIs(String text) {
    assertThat(PrettyJson.of(Payload.of(text))).isEqualTo(text);
  }
}
