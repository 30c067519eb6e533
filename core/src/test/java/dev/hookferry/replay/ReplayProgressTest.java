package dev.hookferry.replay;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReplayProgressTest {
  private static int percent(long expected, long sent) {
    return new ReplayProgress(expected, sent, 1, null, "").percent();
  }

  @Test
  void countsWhatWasSentAndSkipped() {
    assertThat(percent(4, 1)).isEqualTo(50);
    assertThat(percent(4, 9)).isEqualTo(100);
    assertThat(percent(0, 0)).isEqualTo(100);
  }

  @Test
  void isZeroWhileTheTotalIsUnknown() {
    assertThat(percent(-1, 100_000)).isZero();
  }
}
