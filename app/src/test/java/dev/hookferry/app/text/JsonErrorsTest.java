package dev.hookferry.app.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonErrorsTest {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private static String reason(String text) {
    return JsonErrors.reason(
        catchThrowableOfType(JsonProcessingException.class, () -> JSON.readTree(text)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\":} | line 1, column 6: expected a value, found }",
        "{\"a\":~ [1,,2]} | line 2, column 5: expected a value, found ,",
        "{a:1} | line 1, column 2: expected a name in double quotes, found a",
        "{\"a\" 1} | line 1, column 6: expected a colon, found 1",
        "[1 2] | line 1, column 4: expected a comma or the closing bracket, found 2",
        "{\"a\":1} 2 | line 1, column 9: there is more text after the JSON",
        "{\"a\":1} x | line 1, column 9: there is more text after the JSON",
        "{\"a\":1}, 2 | line 1, column 8: there is more text after the JSON",
        "[1]~\"x | line 2, column 1: there is more text after the JSON",
        "1x | line 1, column 2: there is more text after the JSON",
        "{\"a\":1}} | line 1, column 8: } has no opening bracket",
        "{\"a\":tru} | line 1, column 6: expected a value; a text must be in double quotes",
        "[\"\\q\"] | line 1, column 4: \\ must be followed by one of \"\\/bfnrtu",
        "[\"\\u12\"] | line 1, column 7: \\u must be followed by four hexadecimal digits",
        "[NaN] | line 1, column 5: expected a value; a text must be in double quotes",
        "[01] | line 1, column 3: a number must not begin with 0",
        "[1.x] | line 1, column 3: this is not a number",
        "[\"a~b\"] | line 1, column 4: a control character must be escaped",
        "[1, | line 1, column 4: the text ends before the JSON does",
      })
  void aReasonHasItsPlaceAndOurWords(String text, String reason) {
    assertThat(reason(text.replace('~', '\n'))).isEqualTo(reason);
  }

  @Test
  void textAfterTheJsonIsFoundInBytesToo() {
    byte[] bytes = "{\"a\":1} x".getBytes(StandardCharsets.UTF_8);
    assertThat(
            JsonErrors.reason(
                catchThrowableOfType(JsonProcessingException.class, () -> JSON.readTree(bytes))))
        .endsWith(": there is more text after the JSON");
    assertThat(reason("x")).contains("expected a value");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"nope", "{", "\u0000", "[-]", "[1e]", "[.5]", "{\"a\":1,}", "'a'", "[NaN]", "\"a"})
  void jacksonIsNotQuoted(String text) {
    assertThat(reason(text))
        .matches("(?s)line \\d+, column \\d+: .*")
        .doesNotContain(
            "code ", "Unexpected", "token", "JSON String", "marker", "fasterxml", "was");
  }
}
