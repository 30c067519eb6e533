package dev.hookferry.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
  private static final Instant NOW = Instant.parse("2026-11-06T08:49:30Z");

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "120, 120",
    "' 7 ', 7",
    "0000000000120, 120",
    "86400, 86400",
    "86401, 86400",
    "1000000, 86400",
    "99999999999999999999, 86400"
  })
  void readsSeconds(String header, long seconds) {
    assertThat(RetryAfter.of(header, NOW)).contains(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @CsvSource({
    "'Fri, 06 Nov 2026 08:49:37 GMT', 7",
    "'Friday, 06-Nov-26 08:49:37 GMT', 7",
    "'Fri Nov  6 08:49:37 2026', 7",
    "'Thu, 05 Nov 2026 08:49:37 GMT', 0",
    "'Sat, 06 Nov 2060 08:49:37 GMT', 86400"
  })
  void readsTheThreeFormsOfADate(String header, long seconds) {
    assertThat(RetryAfter.of(header, NOW)).contains(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "NaN",
        "-1",
        "+5",
        "1.5",
        "5s",
        "soon",
        "\u0661\u0662",
        "2026-11-06T08:49:37Z",
        "Fri, 31 Feb 2026 08:49:37 GMT",
        "Fri, 06 Nov 2026 25:00:00 GMT",
        "0x10"
      })
  void ignoresInvalidHeaders(String header) {
    assertThat(RetryAfter.of(header, NOW)).isEmpty();
  }

  @Test
  void ignoresOverlongValues() {
    assertThat(RetryAfter.of("1".repeat(101), NOW)).isEmpty();
    assertThat(RetryAfter.of(null, NOW)).isEmpty();
  }
}
