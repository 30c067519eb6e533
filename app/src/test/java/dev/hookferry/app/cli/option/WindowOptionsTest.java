package dev.hookferry.app.cli.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.refusal.InvalidException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WindowOptionsTest {
  @Test
  void aDateIsItsFirstMomentInUtc() {
    assertThat(WindowOptions.moment("--since", "2026-11-30")).isEqualTo("2026-11-30T00:00:00Z");
  }

  @Test
  void aTimeStaysAsItIs() {
    String time = "2026-11-30T01:02:03.004+01:00";
    assertThat(WindowOptions.moment("--since", time)).isEqualTo(time);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-30,2026-11-30",
    "2026-11-30,2026-11-29",
    "2026-11-30T01:00:00+01:00,2026-11-30T00:00:00Z",
    "2h,3h",
    "2h,2h",
  })
  void refusesAnEndNotAfterTheStart(String since, String until) {
    assertThatThrownBy(() -> WindowOptions.end(since, until))
        .isInstanceOf(InvalidException.class)
        .hasMessage(
            "--until: must be after --since; a date means 00:00 UTC, so that day is excluded (got "
                + until
                + ")");
  }

  @Test
  void anEndAfterTheStartIsTaken() {
    String end = "2026-12-01T00:00:00Z";
    assertThat(WindowOptions.end("2026-11-30", "2026-12-01")).isEqualTo(end);
    assertThat(WindowOptions.end(null, "2026-12-01")).isEqualTo(end);
    assertThat(WindowOptions.end("yesterday", "2026-12-01")).isEqualTo(end);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-02-30", "2026-1-30", "30.11.2026", "yesterday", "2026-11-30T01:02"})
  void anythingElseIsRefused(String text) {
    assertThatThrownBy(() -> WindowOptions.moment("--until", text))
        .isInstanceOf(InvalidException.class)
        .hasMessageContaining("--until: must be how long ago");
  }
}
