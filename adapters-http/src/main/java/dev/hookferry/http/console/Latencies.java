package dev.hookferry.http.console;

import java.time.Duration;

/**
 * How long something takes, in 40 steps of which each is longer by the square root of two, from 0.1
 * ms on: what is read out is right within a fifth. Guarded by its owner.
 */
final class Latencies {
  private static final int STEPS = 40;
  private static final double FIRST_MICROS = 100;

  private final int[] counts = new int[STEPS];
  private int total;

  void add(Duration took) {
    double micros = Math.max(0, took.toNanos() / 1_000.0);
    int step = micros <= FIRST_MICROS ? 0 : 1 + (int) (2 * log2(micros / FIRST_MICROS));
    counts[Math.min(STEPS - 1, step)]++;
    total++;
  }

  void addAll(Latencies other) {
    for (int i = 0; i < STEPS; i++) {
      counts[i] += other.counts[i];
    }
    total += other.total;
  }

  int total() {
    return total;
  }

  /**
   * What this share of all did not exceed; nothing if there is none.
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
