package dev.hookferry.app.cli.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class BenchProgressTest {
  @Test
  void showsHowFarItIsAndHowLongItTakes() {
    Duration expected = Duration.ofSeconds(40);
    assertThat(BenchProgress.text(Duration.ofSeconds(10), expected))
        .startsWith("[#######-----------------------] 10 s, about 30 s left");
    assertThat(BenchProgress.text(Duration.ofSeconds(50), expected))
        .startsWith("[##############################] 50 s, about 0 s left");
    assertThat(BenchProgress.text(Duration.ofSeconds(50), Duration.ZERO).strip()).isEqualTo("50 s");
  }

  @Test
  void drawsNothingWhereLinesCannotBeDrawnOver() {
    StringWriter out = new StringWriter();
    try (BenchProgress progress = new BenchProgress(new PrintWriter(out), false, Duration.ZERO)) {
      progress.line("warming up");
    }
    assertThat(out.toString()).isEqualToNormalizingNewlines("warming up\n");
  }
}
