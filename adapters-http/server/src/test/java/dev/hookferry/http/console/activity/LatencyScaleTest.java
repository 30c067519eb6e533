package dev.hookferry.http.console.activity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LatencyScaleTest {
  private static LatencyScale scale(int... slow) {
    List<TimeSeries.Bucket> buckets =
        IntStream.of(slow).mapToObj(millis -> bucket(1, Duration.ofMillis(millis))).toList();
    return LatencyScale.of(
        Stream.concat(buckets.stream(), Stream.of(bucket(0, Duration.ofSeconds(50)))).toList());
  }

  private static TimeSeries.Bucket bucket(int delivered, Duration slow) {
    return new TimeSeries.Bucket(Instant.EPOCH, delivered, 0, 0, Duration.ofMillis(1), slow);
  }

  @Test
  void theScaleEndsAboveTheLongestTime() {
    assertThat(scale(3, 40, 120).top()).isEqualTo(Duration.ofMillis(200));
    assertThat(scale(3, 40, 120).peak()).isEmpty();
    assertThat(scale(45_000).top()).isEqualTo(Duration.ofSeconds(60));
    assertThat(scale().top()).isEqualTo(Duration.ofMillis(10));
    assertThat(scale().peak()).isEmpty();
  }

  @Test
  void oneTimeoutDoesNotFlattenTheOthers() {
    LatencyScale scale = scale(3, 5, 8, 4, 6, 7, 15_000, 9, 5, 4);

    assertThat(scale.top()).isEqualTo(Duration.ofMillis(10));
    assertThat(scale.peak()).isEqualTo("15 s");
  }

  @Test
  void frequentOrNearbyTimesStayOnTheScale() {
    assertThat(scale(3, 5, 8, 4, 6, 15_000, 15_000, 9, 5, 4).top())
        .isEqualTo(Duration.ofSeconds(20));
    assertThat(scale(3, 5, 8, 4, 6, 7, 39, 9, 5, 4).top()).isEqualTo(Duration.ofMillis(50));
    assertThat(scale(3, 5, 8, 4, 6, 7, 4, 9, 5, 4, 3, 15_000, 15_000).top())
        .isEqualTo(Duration.ofSeconds(20));
    assertThat(scale(IntStream.range(0, 100).map(i -> i == 3 ? 15_000 : i == 7 ? 30 : 5).toArray()))
        .isEqualTo(new LatencyScale(Duration.ofMillis(50), Duration.ofSeconds(15)));
    assertThat(scale(3, 5, 15_000).top()).isEqualTo(Duration.ofSeconds(20));
  }
}
