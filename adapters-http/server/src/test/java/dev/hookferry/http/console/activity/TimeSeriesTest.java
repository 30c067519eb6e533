package dev.hookferry.http.console.activity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.http.console.text.FormValues;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class TimeSeriesTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final TimeSeries series = new TimeSeries(MINUTE, 3);

  @Test
  void countsBySpansAndShowsThoseInWhichNothingHappened() {
    add(0, true);
    add(59, false);
    add(121, true);
    assertThat(counts(121)).containsExactly("1/1", "0/0", "1/0");
    assertThat(counts(181)).containsExactly("0/0", "1/0", "0/0");
  }

  @Test
  void reusesTheOldestSlotAndRejectsLateValues() {
    add(0, true);
    add(180, false);
    add(1, true);
    assertThat(counts(180)).containsExactly("0/0", "0/0", "0/1");
    assertThat(counts(10_000)).containsExactly("0/0", "0/0", "0/0");
  }

  @Test
  void continuesCountingAfterTheClockWasAhead() {
    add(86_400, true);
    add(86_460, true);
    add(0, false);
    add(60, true);
    assertThat(counts(60)).containsExactly("0/0", "0/1", "1/0");
  }

  @Test
  void countsOfAnEarlierRunWhoseClockWasAheadMakeRoom() {
    series.put(new UUID(1, 1), NOON.plusSeconds(86_400), new ActivityCounts());
    add(0, true);
    assertThat(counts(0)).containsExactly("0/0", "0/0", "1/0");
  }

  @Test
  void readsMediansWithinAFifth() {
    for (int millis = 1; millis <= 100; millis++) {
      series.add(NOON, true, Duration.ofMillis(millis));
    }
    TimeSeries.Bucket bucket = series.until(NOON).get(2);
    assertThat(millis(bucket.median())).isCloseTo(50, Percentage.withPercentage(20));
    assertThat(millis(bucket.slow())).isCloseTo(95, Percentage.withPercentage(20));
  }

  @Test
  void aPercentileIsNeverFasterThanTheFastest() {
    ActivityCounts counts = new ActivityCounts();
    for (int i = 0; i < 10; i++) {
      counts.add(true, Duration.ofSeconds(3));
    }
    assertThat(counts.receiverTimes().shown(0.5)).isEqualTo("3 s");
    ActivityCounts read = ActivityCounts.parse(FormValues.parse(counts.text()));
    assertThat(read.receiverTimes().percentile(0.95))
        .as("as another node reads it")
        .isBetween(Duration.ofSeconds(3), Duration.ofMillis(3_020));
    ActivityCounts old = ActivityCounts.parse(FormValues.parse("d=10&t=31:10"));
    assertThat(old.receiverTimes().percentile(0.95))
        .as("written by an earlier version: the upper bound of the bucket")
        .isBetween(Duration.ofMillis(4_630), Duration.ofMillis(4_640));
  }

  @Test
  void noLabelOfTheAxisLeavesTheCard() {
    List<TimeSeries.Bucket> hour = new TimeSeries(MINUTE, 60).until(NOON);
    assertThat(Chart.attempts(hour, ChartSpan.HOUR).ticks())
        .extracting(Chart.Tick::text)
        .containsExactly("11:15", "11:30", "11:45");
  }

  @Test
  void theTextBelowItsChartSeparatesThousands() {
    for (int second = 0; second < 1_500; second++) {
      add(0, true);
    }
    assertThat(Chart.attempts(series.until(NOON), ChartSpan.HOUR).summary())
        .isEqualTo("Attempts in the last hour: 1,500 delivered, 0 failed.");
  }

  private static double millis(Duration duration) {
    return duration == null ? -1 : duration.toNanos() / 1e6;
  }

  private void add(int second, boolean delivered) {
    series.add(NOON.plusSeconds(second), delivered, Duration.ofMillis(5));
  }

  private List<String> counts(int second) {
    return series.until(NOON.plusSeconds(second)).stream()
        .map(bucket -> bucket.delivered() + "/" + bucket.failed())
        .toList();
  }
}
