package dev.hookferry.http.console.activity;

import dev.hookferry.http.words.DisplayTime;
import java.time.Duration;
import java.util.StringJoiner;

/**
 * A histogram of durations in 40 buckets, starting at 0.1 ms, each √2 times as wide as the previous
 * one. A percentile is the mean of its bucket's durations: at most 41% off. If all durations are
 * equal, it is exact to within 1% of the bucket's width. Guarded by its owner.
 */
final class LatencyHistogram {
  private static final int STEPS = 40;
  private static final double FIRST_MICROS = 100;
  private static final double SQUARE_ROOT_OF_TWO = Math.sqrt(2);

  /** A tolerance of far less than a percent, but more than the rounding error of sums. */
  private static final double ROUNDING = 1e-6;

  /** Lower bound of the last bucket, which has no upper bound. */
  static final Duration CEILING =
      Duration.ofNanos((long) (FIRST_MICROS * Math.pow(2, (STEPS - 2) / 2.0) * 1_000));

  private final int[] counts = new int[STEPS];

  /** Sum of the durations in each bucket, in microseconds. */
  private final double[] sums = new double[STEPS];

  private int total;

  void add(Duration took) {
    double micros = Math.max(0, took.toNanos() / 1_000.0);
    int there = Math.min(STEPS - 1, step(micros / FIRST_MICROS));
    counts[there]++;
    sums[there] += micros;
    total++;
  }

  /**
   * Returns the bucket of a duration. Avoids a logarithm, because every attempt needs several
   * lookups.
   *
   * @param ratio the ratio of the duration to the upper bound of the first bucket
   */
  private static int step(double ratio) {
    if (ratio <= 1) {
      return 0;
    }
    int doublings = Math.getExponent(ratio);
    return 1 + 2 * doublings + (Math.scalb(ratio, -doublings) < SQUARE_ROOT_OF_TWO ? 0 : 1);
  }

  void addAll(LatencyHistogram other) {
    for (int i = 0; i < STEPS; i++) {
      counts[i] += other.counts[i];
      sums[i] += other.sums[i];
    }
    total += other.total;
  }

  /** Returns the non-empty buckets, such as {@code 3:1,12:90}. */
  String text() {
    StringJoiner text = new StringJoiner(",");
    for (int i = 0; i < STEPS && total > 0; i++) {
      if (counts[i] > 0) {
        text.add(i + ":" + counts[i]);
      }
    }
    return text.toString();
  }

  /**
   * Returns the position of the mean within each non-empty bucket, in percent of the bucket's
   * width, rounded up, such as {@code 40,7}.
   */
  String means() {
    StringJoiner text = new StringJoiner(",");
    for (int i = 0; i < STEPS && total > 0; i++) {
      if (counts[i] > 0) {
        text.add(Long.toString(mean(i)));
      }
    }
    return text.toString();
  }

  /**
   * Parses the output of {@link #text} and {@link #means}.
   *
   * @param means empty if unknown; the upper bound of each bucket is used then
   * @throws RuntimeException if a string is malformed
   */
  static LatencyHistogram parse(String text, String means) {
    LatencyHistogram read = new LatencyHistogram();
    String[] steps = text.isEmpty() ? new String[0] : text.split(",", -1);
    String[] shares = means.isEmpty() ? new String[0] : means.split(",", -1);
    for (int i = 0; i < steps.length; i++) {
      int colon = steps[i].indexOf(':');
      int step = Integer.parseInt(steps[i].substring(0, colon));
      int count = Integer.parseInt(steps[i].substring(colon + 1));
      double share = shares.length == 0 ? 1 : Integer.parseInt(shares[i]) / 100.0;
      read.counts[step] += count;
      read.sums[step] += count * (lower(step) + share * (upper(step) - lower(step)));
      read.total += count;
    }
    return read;
  }

  int total() {
    return total;
  }

  /** Returns a percentile as text; the last bucket reads {@code over 52 s}. */
  String shown(double share) {
    Duration value = percentile(share);
    return value.compareTo(CEILING) > 0
        ? "over " + DisplayTime.length(CEILING)
        : DisplayTime.length(value);
  }

  /**
   * Returns a percentile; zero if nothing was counted.
   *
   * @param share 0 to 1
   */
  Duration percentile(double share) {
    long wanted = (long) Math.ceil(share * total);
    long seen = 0;
    for (int i = 0; i < STEPS; i++) {
      seen += counts[i];
      if (seen >= wanted) {
        double micros = lower(i) + mean(i) / 100.0 * (upper(i) - lower(i));
        return counts[i] == 0 ? Duration.ZERO : Duration.ofNanos(Math.round(micros * 1_000));
      }
    }
    return Duration.ZERO;
  }

  /**
   * Returns the position of the mean within a bucket, in percent of the bucket's width, rounded up,
   * exactly as other nodes parse it.
   */
  private long mean(int step) {
    double above = sums[step] / Math.max(1, counts[step]) - lower(step);
    return (long) Math.ceil(100 * above / (upper(step) - lower(step)) - ROUNDING);
  }

  /** Returns the lower bound of a bucket, in microseconds. */
  private static double lower(int step) {
    return step == 0 ? 0 : upper(step - 1);
  }

  private static double upper(int step) {
    return FIRST_MICROS * Math.pow(2, step / 2.0);
  }
}
