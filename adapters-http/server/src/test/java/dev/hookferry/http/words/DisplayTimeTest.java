package dev.hookferry.http.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DisplayTimeTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "0, just now",
    "59, 59 s ago",
    "60, 1 min ago",
    "89, 1 min ago",
    "118, 2 min ago",
    "150, 3 min ago",
    "-118, in 2 min",
    "3569, 59 min ago",
    "3599, 1 h ago",
    "5340, 1 h 29 min ago",
    "35969, 9 h 59 min ago",
    "35970, 10 h ago",
    "37900, 11 h ago",
    "-7199, in 2 h",
    "7200, 2 h ago",
  })
  void relativeTimesAreInMinutesFromAMinuteOn(long seconds, String text) {
    assertThat(DisplayTime.of(NOW.minusSeconds(seconds), NOW).text()).isEqualTo(text);
  }

  @Test
  void aTimeAheadDoesNotReadLikeACommand() {
    assertThat(DisplayTime.due(NOW.plusMillis(400), NOW).text()).isEqualTo("in 1 s");
    assertThat(DisplayTime.due(NOW, NOW).text()).isEqualTo("due now");
  }

  /** A record may be read a moment after the time that its page was asked for. */
  @Test
  void pastTimesAreNeverShownAsAhead() {
    assertThat(DisplayTime.of(NOW.plusMillis(400), NOW).text()).isEqualTo("just now");
  }

  @ParameterizedTest
  @CsvSource({"0, under 1 ms, in under 1 ms", "1, 1 ms, after 1 ms", "1500, 1.5 s, after 1.5 s"})
  void nothingTakesNoTime(long millis, String length, String after) {
    assertThat(DisplayTime.length(Duration.ofMillis(millis))).isEqualTo(length);
    assertThat(DisplayTime.after(Duration.ofMillis(millis))).isEqualTo(after);
    assertThat(DisplayTime.took(Duration.ofMillis(millis))).isEqualTo("in " + length);
  }

  @ParameterizedTest
  @CsvSource({"90, 90 s", "120, 2 min", "6000, 1 h 40 min", "7199, 2 h"})
  void lengthsOfSettingsStayExact(long seconds, String text) {
    assertThat(DisplayTime.length(Duration.ofSeconds(seconds))).isEqualTo(text);
  }
}
