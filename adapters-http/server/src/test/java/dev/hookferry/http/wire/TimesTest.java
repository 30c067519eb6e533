package dev.hookferry.http.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimesTest {
  @Test
  void readsAnyOffset() {
    Instant time = Instant.parse("2026-04-29T16:39:49.5Z");
    assertThat(Times.parse("2026-04-29T16:39:49.5Z")).contains(time);
    assertThat(Times.parse("2026-04-29T18:39:49.500+02:00")).contains(time);
    assertThat(Times.parse("2026-04-29t16:39:49.5z")).contains(time);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2026-04-29",
        "2026-04-29T16:39:49",
        "2026-04-29 16:39:49Z",
        "2026-02-30T00:00:00Z",
        "1969-12-31T23:59:59Z",
        "+10000-01-01T00:00:00Z",
        "+999999999-12-31T23:59:59Z",
        "-0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59-18:00",
        "1777480789",
      })
  void refusesInvalidAndUnstorableTimes(String text) {
    assertThat(Times.parse(text)).isEmpty();
  }
}
