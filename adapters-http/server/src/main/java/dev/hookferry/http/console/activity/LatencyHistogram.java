package dev.hookferry.http.console.activity;

import dev.hookferry.http.words.DisplayTime;
import java.time.Duration;
import java.util.StringJoiner;

/**
 * A histogram of durations in 40 buckets from 0.1 ms on, each √2 times as wide as the one before.
 * Percentiles are accurate within 20 %. Guarded by its owner.
 */
final class LatencyHistogram {
  private static final int STEPS = 40;
  private static final double FIRST_MICROS = 100;

  /** Lower bound of the last bucket, which has no upper bound. */
  static final Duration CEILING =
      Duration.ofNanos((long) (FIRST_MICROS * Math.pow(2, (STEPS - 2) / 2.0) * 1_000));

  private final int[] counts = new int[STEPS];
  private int total;

  void add(Duration took) {
    double micros = Math.max(0, took.toNanos() / 1_000.0);
    int step = micros <= FIRST_MICROS ? 0 : 1 + (int) (2 * log2(micros / FIRST_MICROS));
    counts[Math.min(STEPS - 1, step)]++;
    total++;
  }

  void addAll(LatencyHistogram other) {
    for (int i = 0; i < STEPS; i++) {
      counts[i] += other.counts[i];
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
   * Parses what {@link #text} wrote.
   *
   * @throws RuntimeException if the text is malformed
   */
  static LatencyHistogram parse(String text) {
    LatencyHistogram read = new LatencyHistogram();
    for (String step : text.isEmpty() ? new String[0] : text.split(",", -1)) {
      int colon = step.indexOf(':');
      int count = Integer.parseInt(step.substring(colon + 1));
      read.counts[Integer.parseInt(step.substring(0, colon))] += count;
      read.total += count;
    }
    return read;
  }

  int total() {
    return total;
  }

  /** Returns a percentile as text; the last bucket reads {@code > 52 s}. */
  String shown(double share) {
    Duration value = percentile(share);
    return value.compareTo(CEILING) > 0
        ? "> " + DisplayTime.length(CEILING)
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
        double micros = FIRST_MICROS * Math.pow(2, (i - 0.5) / 2);
        return Duration.ofNanos((long) (micros * 1_000));
      }
    }
    return Duration.ZERO;
  }

  private static double log2(double number) {
    return Math.log(number) / Math.log(2);
  }
}
