package dev.hookferry.field;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {
  @ParameterizedTest
  @ValueSource(strings = {"500ms", "15s", "90s", "2m", "36h", "90d", "0s"})
  void readsWhatItWrites(String text) {
    assertThat(DurationText.of(DurationText.parse(text).orElseThrow())).isEqualTo(text);
  }

  @Test
  void prefersTheLargestUnitWithoutRemainder() {
    assertThat(DurationText.of(Duration.ofSeconds(120))).isEqualTo("2m");
    assertThat(DurationText.of(Duration.ofMillis(1_500))).isEqualTo("1500ms");
    assertThat(DurationText.of(Duration.ofHours(48))).isEqualTo("2d");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "s", "15", "1.5s", "-1s", " 1s", "1S", "PT1S", "1234567890s", "15 s"})
  void rejectsEverythingElse(String text) {
    assertThat(DurationText.parse(text)).isEqualTo(Optional.empty());
  }
}
