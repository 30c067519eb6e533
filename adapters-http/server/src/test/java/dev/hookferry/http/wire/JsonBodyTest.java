package dev.hookferry.http.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.http.publish.PublishParser;
import dev.hookferry.refusal.InvalidException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies other than events are read as strictly as those. */
class JsonBodyTest {
  private static final int NUMBER = 1_000;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":\"\u00ff\"}",
        "{\"a\":\"\u00c0\u00af\"}",
        "{\"a\":\"\u00ed\u00a0\u0080\"}",
        "{\"a\":\"\u00f4\u0090\u0080\u0080\"}",
        "{\"a\":\"\u00e0\u0080\u00af\"}",
        "{\"a\":\"\u00f0\u0080\u0080\u00af\"}",
        "{\"\u00ed\u00a0\u0080\":1}",
        "\u00ef\u00bb\u00bf{}{}",
        "{\"a\":1,\"a\":2}",
        "{\"a\":{\"b\":1,\"b\":1}}",
        "{} {}",
        "{}x",
        "{}\u0000",
        "{\"a\":1,}",
        "{'a':1}",
        "{a:1}",
        "{\"a\":NaN}",
        "{\"a\":01}",
        "{\"a\":1}//",
        "[]",
        "null",
        "\"a\"",
      })
  void lenientJsonIsRefused(String bytes) {
    assertThatThrownBy(() -> JsonBody.object(bytes.getBytes(StandardCharsets.ISO_8859_1)))
        .isInstanceOf(InvalidException.class);
  }

  @Test
  void numbersAndDepthHaveTheirEdges() {
    assertThat(read("{\"a\":" + "1".repeat(NUMBER) + "}")).isTrue();
    assertThat(read("{\"a\":" + "1".repeat(NUMBER + 1) + "}")).isFalse();
    int depth = JsonSyntax.MAX_DEPTH;
    assertThat(read("{\"a\":" + "[".repeat(depth) + "]".repeat(depth) + "}")).isTrue();
    assertThat(read("{\"a\":" + "[".repeat(depth + 2) + "]".repeat(depth + 2) + "}")).isFalse();
    assertThat(read("{\"" + "n".repeat(4_097) + "\":1}")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"a\": s3cr3t}", "{\"a\":\"s3cr3t\" s3cr3t", "{s3cr3t:1}", "s3cr3t"})
  void refusalsDoNotShowWhatStoodThere(String body) {
    assertThatThrownBy(() -> JsonBody.object(body.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(InvalidException.class)
        .hasMessageNotContaining("s3cr3t");
    assertThatThrownBy(() -> PublishParser.parse(body.getBytes(StandardCharsets.UTF_8), null))
        .isInstanceOf(InvalidException.class)
        .hasMessageNotContaining("s3cr3t");
  }

  private static boolean read(String body) {
    try {
      return !JsonBody.object(body.getBytes(StandardCharsets.UTF_8)).isEmpty();
    } catch (InvalidException e) {
      return false;
    }
  }
}
