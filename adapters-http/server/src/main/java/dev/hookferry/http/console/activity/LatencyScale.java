package dev.hookferry.http.console.activity;

import dev.hookferry.http.words.DisplayTime;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * The scale of a chart of response times. A few spans with very long times, such as timeouts, may
 * exceed it, so that they do not flatten the rest of the chart.
 *
 * @param top the value at the upper edge
 * @param max the highest 95th percentile; zero if there is none
 */
public record LatencyScale(Duration top, Duration max) {
  /** Minimum number of spans with a value for outliers to be cut off. */
  private static final int MANY = 10;

  /** Share of the spans that always fit, in tenths. */
  private static final int NEARLY_ALL = 9;

  /** Values above this multiple of the scale are cut off. */
  private static final int FAR = 4;

  /** Returns the scale for some spans. */
  public static LatencyScale of(List<TimeSeries.Bucket> buckets) {
    List<Duration> slow =
        buckets.stream()
            .filter(bucket -> bucket.total() > 0)
            .flatMap(bucket -> Stream.ofNullable(bucket.slow()))
            .sorted()
            .toList();
    if (slow.isEmpty()) {
      return new LatencyScale(Duration.ofMillis(10), Duration.ZERO);
    }
    int size = slow.size();
    Duration max = slow.get(size - 1);
    if (size < MANY) {
      return new LatencyScale(above(max), max);
    }
    Duration usual = above(slow.get((size * NEARLY_ALL + 9) / 10 - 1));
    Duration far = usual.multipliedBy(FAR);
    Duration fitting =
        slow.stream().filter(time -> time.compareTo(far) <= 0).max(Duration::compareTo).orElse(far);
    return new LatencyScale(above(fitting), max);
  }

  private static Duration above(Duration time) {
    return Stream.of(10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 30_000)
        .map(Duration::ofMillis)
        .filter(step -> step.compareTo(time) >= 0)
        .findFirst()
        .orElse(Duration.ofSeconds(60));
  }

  /** Returns the highest value if it is off the scale, such as {@code 15 s}; otherwise empty. */
  public String peak() {
    return max.compareTo(top) > 0 ? DisplayTime.length(max) : "";
  }
}
