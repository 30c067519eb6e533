package dev.hookferry.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.contract.support.Fuzz;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonMembersTest {
  @Test
  void readsWhatTheWriterWrote() {
    String text = "clé-Ω 漢字 😀 \ud800 \"quoted\" \\ / \b\f\n\r\t\u0000\u007f";
    String json =
        new JsonWriter()
            .text("text", text)
            .text("none", null)
            .number("number", -42)
            .flag("flag", true)
            .texts("texts", List.of("", text))
            .objects("objects", List.of(1, 2), (out, n) -> out.number("n", n))
            .object("object", text, (out, t) -> out.text("t", t).texts("empty", List.of()))
            .end();

    assertThat(json).matches("[ -~]*");
    JsonMembers members = JsonMembers.parse(json);
    assertThat(members.text("text")).isEqualTo(text);
    assertThat(members.textOrNull("none", Function.identity())).isNull();
    assertThat(members.number("number")).isEqualTo(-42);
    assertThat(members.flag("flag")).isTrue();
    assertThat(members.texts("texts", Function.identity())).containsExactly("", text);
    assertThat(members.objects("objects", m -> m.number("n"))).containsExactly(1L, 2L);
    String inner =
        members.object("object", m -> m.text("t") + m.texts("empty", Function.identity()).size());
    assertThat(inner).isEqualTo(text + "0");
    members.end();
  }

  @Test
  void acceptsWhitespaceAndEveryEscape() {
    JsonMembers members =
        JsonMembers.parse(
            " {\r\n\t\"a\" : \"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00E9\" , \"b\":[ 1 , 2 ]}\n");

    assertThat(members.text("a")).isEqualTo("\"\\/\b\f\n\r\té");
    assertThat(members.names()).containsExactly("b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "\"a\"",
        "{}{}",
        "{} x",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{,}",
        "{a:1}",
        "{\"a\":01}",
        "{\"a\":1.0}",
        "{\"a\":1e3}",
        "{\"a\":-}",
        "{\"a\":null}",
        "{\"a\":tru}",
        "{\"a\":\"\n\"}",
        "{\"a\":\"\\x\"}",
        "{\"a\":\"\\u12g4\"}",
        "{\"a\":\"",
        "{\"a\":1 \"b\":2}",
        "{\"a\":[1,]}",
        "{\"a\":[1",
        "{\"a\":1,\"a\":1}",
        "{\"a\":12345678901234567890}",
        "{'a':1}"
      })
  void refusesOtherJson(String text) {
    assertThatThrownBy(() -> JsonMembers.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("it is not JSON: ");
  }

  @Test
  void refusesDeepNestingWithoutQuotingTheText() {
    assertThatThrownBy(() -> JsonMembers.parse("{\"a\":" + "[".repeat(100_000)))
        .hasMessageContaining("nested too deeply");
    assertThatThrownBy(() -> JsonMembers.parse("{\"a\":\"s3cr3t\\q\"}"))
        .message()
        .doesNotContain("s3cr3t");
    assertThatThrownBy(() -> JsonMembers.parse("{\"a\":{\"b\":\"s3cr3t\"}}").text("a"))
        .hasMessage("a must be a string");
  }

  @Test
  void aLenientTextMayHaveNullAndFractions() {
    JsonMembers members =
        JsonMembers.lenient("{\"a\":null,\"b\":3599.9,\"c\":1e3,\"d\":[null,0.5],\"e\":1e99}");
    assertThat(members.names()).containsExactly("b", "c", "d", "e");
    assertThat(members.number("b")).isEqualTo(3599);
    assertThat(members.number("c")).isEqualTo(1000);
    assertThat(members.number("e")).isEqualTo(Long.MAX_VALUE);
    for (String wrong : List.of("{\"a\":nul}", "{\"a\":1.}", "{\"a\":01}", "{\"a\":1,\"a\":2}")) {
      assertThatThrownBy(() -> JsonMembers.lenient(wrong)).hasMessageStartingWith("it is not JSON");
    }
    assertThatThrownBy(() -> JsonMembers.lenient("{\"a\":" + "1".repeat(31) + "}"))
        .hasMessageContaining("a value is expected");
    assertThatThrownBy(() -> JsonMembers.parse("{\"a\":null}")).hasMessageContaining("null");
    assertThatThrownBy(() -> JsonMembers.parse("{\"a\":0.5}"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void fuzzedTextIsParsedOrRefused() {
    String seed = "{\"a\":[1,{\"b\":\"x\\u00e9\"}],\"c\":true,\"d\":-12}";
    Fuzz.tries(
        2_000,
        random -> {
          StringBuilder text = new StringBuilder(seed);
          for (int i = 0; i < 1 + random.nextInt(4); i++) {
            text.setCharAt(random.nextInt(text.length()), (char) (' ' + random.nextInt(95)));
          }
          try {
            assertThat(JsonMembers.parse(text.toString()).names()).isNotNull();
          } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageStartingWith("it is not JSON: ");
          }
        });
  }
}
