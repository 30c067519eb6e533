package dev.hookferry.app.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

final class FiguresTest {
  @Test
  void theMedianIsTheMiddleOne() {
    Spread odd = new Spread(List.of(3.0, 1.0, 2.0));
    assertThat(odd.median()).isEqualTo(2);
    assertThat(odd.min()).isEqualTo(1);
    assertThat(odd.max()).isEqualTo(3);
    assertThat(new Spread(List.of(4.0, 1.0, 2.0, 3.0)).median()).isEqualTo(2.5);
    assertThat(odd.text("%.1f")).isEqualTo("2.0  (1.0 – 3.0 in 3)");
    assertThatThrownBy(() -> new Spread(List.of())).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void figuresHaveNoDigitsThatMeanNothing() {
    assertThat(Rounded.of(12_345.678)).hasToString("12346");
    assertThat(Rounded.of(0.812345)).hasToString("0.8123");
    assertThat(Rounded.of(100.0)).hasToString("100");
    assertThat(Rounded.of(0)).hasToString("0");
  }

  @Test
  void latenciesKeepTheirPercentilesOnTheWay() {
    Histogram histogram = Latencies.empty();
    for (int i = 1; i <= 1000; i++) {
      Latencies.record(histogram, i * 1000L);
    }
    Latencies.record(histogram, -5);
    Histogram read = Latencies.of(Latencies.bytes(histogram));
    assertThat(read).isEqualTo(histogram);
    assertThat(Latencies.millis(read, 50)).isCloseTo(500, within(1.0));
    assertThat(Latencies.millis(read, 99)).isCloseTo(990, within(1.0));
    assertThat(Latencies.millis(Latencies.empty(), 99)).isZero();
  }

  @Test
  void metricsAddUpOverLabels() {
    Metrics metrics =
        Metrics.of(
            """
            # TYPE hookferry_attempts_total counter
            hookferry_attempts_total{site="a",outcome="delivered"} 3
            hookferry_attempts_total{site="b",outcome="delivered"} 4
            hookferry_attempts_total{site="b",outcome="timeout"} 100
            hookferry_attempts_total_other{outcome="delivered"} 1000
            jvm_memory_used_bytes{area="heap"} 1048576
            """);
    assertThat(metrics.logged()).isEqualTo(7);
    assertThat(metrics.heapMiB()).isEqualTo(1);
  }
}
