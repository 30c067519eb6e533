package dev.hookferry.http.console.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResponseQuoteTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"error\":{\"code\":\"x\",\"message\":\"no signature\"}}|no signature",
        "{\"error\":\"database is locked\"}|database is locked",
        "{\"title\":\"Bad\",\"detail\":\"the id is unknown\"}|the id is unknown",
        "[{\"Message\":\"two\\nlines\"}]|two lines",
        "{\"message\":\"cut off\",\"more\":[1,|cut off",
        "{\"message\":{\"code\":7}}|{\"message\":{\"code\":7}}"
      })
  void jsonSpeaksByItsMessage(String body, String quote) {
    assertThat(ResponseQuote.line(body)).isEqualTo(quote);
  }

  @Test
  void otherJsonIsCutShort() {
    assertThat(ResponseQuote.line("{\"a\":\"" + "x".repeat(200) + "\"}"))
        .hasSize(81)
        .startsWith("{\"a\":\"xxx")
        .endsWith("…");
    assertThat(ResponseQuote.line("first\nsecond")).isEqualTo("first");
    assertThat(ResponseQuote.line("<html>")).isEmpty();
  }
}
