package dev.hookferry.event;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.refusal.InvalidException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Compared with Jackson, on many more texts, by the tests of the HTTP API. */
class JsonValidatorTest {
  private static final String MORE = "must end after the first JSON value; more text follows";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        " {\"a\" : [ ] , \"b\":{ }}\r\n\t",
        "null",
        "true",
        "false",
        "0",
        "-0",
        "-0.0e-00",
        "12345678901234567890.10E+99999",
        "1e000099999",
        "\"\"",
        "\"clé-Ω-\uD83D\uDE00 12345678 \u007f\"",
        "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\uD800\"",
        "{\"a\":1,\"a\":2}",
        "{\"\\uD83D\\uDE00\\u00e9\\\\u\":0}",
        "[[],[[1,2],{\"x\":[null]}],\"]\",\"}\"]"
      })
  void acceptsJson(String json) {
    assertThatCode(() -> require(json)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``|must be valid JSON: expected a JSON value; unexpected end of input|1|1",
        "{not json|must be valid JSON: expected a member name in double quotes|1|2",
        "{\"k\":1},\"LicenseInfo\":{\"k\":\"forged\"}|" + MORE + "|1|8",
        "{\"a\\ud800\":0}|must be valid JSON: a lone surrogate is in a member name|1|4",
        "{\"\\ud800\\u0041\":0}|must be valid JSON: a lone surrogate is in a member name|1|3",
        "{\"\\udc00\\ud800\":0}|must be valid JSON: a lone surrogate is in a member name|1|3",
        "{} {}|" + MORE + "|1|4",
        "{}}|" + MORE + "|1|3",
        "1 2|" + MORE + "|1|3",
        "1,2|" + MORE + "|1|2",
        "01|" + MORE + "|1|2",
        "{\"a\":1,}|must be valid JSON: expected a member name in double quotes|1|8",
        "{\"a\":1 \"b\":2}|must be valid JSON: expected ',' or '}' after a member|1|8",
        "{\"a\":1]|must be valid JSON: expected ',' or '}' after a member|1|7",
        "{\"a\" 1}|must be valid JSON: expected ':' after a member name|1|6",
        "{\"a\":}|must be valid JSON: expected a JSON value|1|6",
        "[1,]|must be valid JSON: expected a JSON value|1|4",
        "[1 2]|must be valid JSON: expected ',' or ']' after an element|1|4",
        "[1|must be valid JSON: expected ',' or ']' after an element; unexpected end of input|1|3",
        "-|must be valid JSON: expected a digit; unexpected end of input|1|2",
        "[+1]|must be valid JSON: expected a JSON value|1|2",
        "[.5]|must be valid JSON: expected a JSON value|1|2",
        "[5.]|must be valid JSON: expected a digit|1|4",
        "[1e]|must be valid JSON: expected a digit|1|4",
        "NaN|must be valid JSON: expected a JSON value|1|1",
        "[trux]|must be valid JSON: expected true|1|5",
        "'a'|must be valid JSON: expected a JSON value|1|1",
        "//|must be valid JSON: expected a JSON value|1|1",
        "\"\\x\"|must be valid JSON: expected a JSON escape after a backslash|1|3",
        "\"\\u00g0\"|must be valid JSON: expected four hexadecimal digits after \\u|1|6",
        "\"12345678\t\"|must be valid JSON: an unescaped control character is in a string|1|10",
        "\uFEFF{}|must be valid JSON: expected a JSON value|1|1",
      })
  void refusesInvalidJsonAtItsPosition(String json, String rule, int line, int column) {
    assertRefused(json.getBytes(StandardCharsets.UTF_8), rule, line, column);
  }

  @Test
  void namesTheLineOfTheError() {
    byte[] json = "{\n\"a\":\r\n  \"b".getBytes(StandardCharsets.UTF_8);

    assertRefused(
        json,
        "must be valid JSON: expected the closing quote of a string; unexpected end of input",
        3,
        5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ff", "c0af", "c3", "eda080", "f4908080", "80", "e282"})
  void refusesInvalidUtf8(String hex) {
    byte[] json =
        ("\"1234567890" + "?".repeat(hex.length() / 2) + "\"").getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(HexFormat.of().parseHex(hex), 0, json, 11, hex.length() / 2);

    assertRefused(json, "must be valid JSON in UTF-8: there is a byte that is not UTF-8", 1, 12);
  }

  @Test
  void limitsNestingAndNumbers() {
    String deepest = "[".repeat(99) + "{\"a\":1}" + "]".repeat(99);
    require(deepest);
    require("9".repeat(1_000));
    require("[0." + "1".repeat(999) + "]");
    require("{\"" + "n".repeat(4_096) + "\":0}");

    assertRefused("[" + deepest + "]", "must be nested at most 100 levels deep; exceeded", 101);
    String digits = "must not contain a number of more than 1000 digits";
    assertRefused("[" + "9".repeat(1_001) + "]", digits, 2);
    assertRefused("[-0." + "1".repeat(1_000) + "]", digits, 2);
    String exponent = "must not contain a number with an exponent beyond 99999";
    assertRefused("[1e+100000]", exponent, 2);
    assertRefused("[1E-00100000]", exponent, 2);
    String name = "must not contain a member name longer than 4096 bytes";
    assertRefused("{\"" + "n".repeat(4_097) + "\":0}", name, 2);
  }

  private static void require(String json) {
    JsonValidator.require("data", Payload.of(json));
  }

  private static void assertRefused(String json, String rule, int column) {
    assertRefused(json.getBytes(StandardCharsets.UTF_8), rule, 1, column);
  }

  private static void assertRefused(byte[] json, String rule, int line, int column) {
    assertThatThrownBy(() -> JsonValidator.require("data", Payload.wrap(json)))
        .isInstanceOf(InvalidException.class)
        .hasMessage("data: " + rule + " at line " + line + ", column " + column);
  }
}
