package dev.hookferry.app.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hookferry.app.bench.figures.LatencyHistograms;
import dev.hookferry.app.bench.figures.Rounded;
import dev.hookferry.app.bench.figures.Spread;
import dev.hookferry.app.bench.load.ServerMetrics;
import dev.hookferry.app.bench.run.BenchPlan;
import dev.hookferry.app.bench.run.BenchReport;
import dev.hookferry.app.bench.run.HistogramSvg;
import dev.hookferry.app.bench.run.ServerLatency;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
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
    assertThat(odd.text("%.1f", " s")).isEqualTo("2.0 s  (1.0 – 3.0, 3 repeats)");
    assertThat(new Spread(List.of(1.0)).text("%.1f", " s")).isEqualTo("1.0 s");
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
    Histogram histogram = LatencyHistograms.empty();
    for (int i = 1; i <= 1000; i++) {
      LatencyHistograms.record(histogram, i * 1000L);
    }
    LatencyHistograms.record(histogram, -5);
    Histogram read = LatencyHistograms.of(LatencyHistograms.bytes(histogram));
    assertThat(read).isEqualTo(histogram);
    assertThat(LatencyHistograms.millis(read, 50)).isCloseTo(500, within(1.0));
    assertThat(LatencyHistograms.millis(read, 99)).isCloseTo(990, within(1.0));
    assertThat(LatencyHistograms.millis(LatencyHistograms.empty(), 99)).isZero();
  }

  @Test
  void metricsAddUpOverLabels() {
    ServerMetrics metrics =
        ServerMetrics.of(
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

  @Test
  void theServersOwnLatenciesAreThoseBetweenTwoLooks() {
    String name = "hookferry_accept_to_attempt_seconds_bucket";
    String text = name + "{le=\"0.001\"} %d\n" + name + "{le=\"0.005\"} %d\n";
    String last = name + "{le=\"+Inf\"} %d\n";
    ServerLatency before = ServerLatency.of(ServerMetrics.of((text + last).formatted(5, 5, 5)));
    ServerLatency after = ServerLatency.of(ServerMetrics.of((text + last).formatted(45, 105, 105)));
    ServerLatency between = after.since(before);
    assertThat(between.millis(20)).isCloseTo(0.5, within(0.001));
    assertThat(between.millis(70)).isCloseTo(3, within(0.001));
    assertThat(before.since(before).millis(99)).isZero();
    ServerLatency slow = ServerLatency.of(ServerMetrics.of((text + last).formatted(0, 0, 1)));
    assertThat(slow.millis(99)).as("no more is known than the last bound").isEqualTo(5);
  }

  @Test
  void aPictureShowsTheFiguresAndIsXml() throws Exception {
    Histogram histogram = LatencyHistograms.empty();
    for (int i = 1; i <= 100; i++) {
      LatencyHistograms.record(histogram, i * 1000L);
    }
    for (Histogram drawn : List.of(histogram, LatencyHistograms.empty())) {
      String svg = HistogramSvg.of(new BenchReport.Picture("a < b", drawn));
      var document =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
      assertThat(document.getDocumentElement().getAttribute("aria-label")).isEqualTo("a < b");
      assertThat(svg).contains("prefers-color-scheme: dark", "milliseconds", "events");
    }
    assertThat(HistogramSvg.of(new BenchReport.Picture("x", histogram)))
        .contains("p50 50.", "p99 99.", ">10<", ">100<");
  }

  @Test
  void timingsAfterASlowStartAreShortened() {
    BenchPlan.BenchTiming quick = BenchPlan.BenchTiming.QUICK;
    assertThat(quick.after(Duration.ofSeconds(5))).isEqualTo(quick);
    assertThat(quick.hasTimeAfter(Duration.ofSeconds(5))).isTrue();
    assertThat(quick.hasTimeAfter(Duration.ofSeconds(30))).isFalse();
    BenchPlan.BenchTiming late = quick.after(Duration.ofSeconds(26));
    assertThat(late.window()).isBetween(Duration.ofMillis(1200), Duration.ofMillis(1400));
    assertThat(late.total()).isEqualTo(quick.total());
    assertThat(quick.after(Duration.ofHours(1)).window()).isEqualTo(Duration.ofMillis(500));
  }
}
