package dev.hookferry.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TimeTextTest {
  @Test
  void writesWhatTheJdkWrites() {
    Random random = new Random(7);
    long second = Instant.parse("2026-04-29T16:39:49Z").getEpochSecond();
    for (int i = 0; i < 10_000; i++) {
      // Mostly the same second again, with all kinds of fractions.
      long other = i % 5 == 0 ? random.nextLong(-100_000_000_000L, 400_000_000_000L) : second;
      Instant time = Instant.ofEpochSecond(other, random.nextInt(1_000) * 1_000_000L + i);
      assertThat(TimeText.of(time)).isEqualTo(time.truncatedTo(ChronoUnit.MILLIS).toString());
    }
  }

  @Test
  void omitsZeroMilliseconds() {
    assertThat(TimeText.of(Instant.parse("2026-04-29T16:39:49.000999Z")))
        .isEqualTo("2026-04-29T16:39:49Z");
    assertThat(TimeText.of(Instant.parse("2026-04-29T16:39:49.007Z")))
        .isEqualTo("2026-04-29T16:39:49.007Z");
  }
}
