package dev.hookferry.http.console.activity;

import dev.hookferry.http.words.NumberText;
import java.util.List;
import java.util.Locale;

/**
 * Share of failed deliveries in a span of time: those whose first attempt failed and that have not
 * been delivered since. A delivery that is being retried counts as failed.
 *
 * @param failed number of failed deliveries
 * @param all number of deliveries that were attempted for the first time or delivered
 */
public record FailureShare(int failed, int all) {
  /** The share of nothing. */
  static final FailureShare NONE = new FailureShare(0, 0);

  /** Alarm threshold as a share, 0 to 1. */
  private static final double NOTICED = 0.01;

  public static FailureShare of(List<TimeSeries.Bucket> buckets) {
    int delivered = buckets.stream().mapToInt(TimeSeries.Bucket::delivered).sum();
    int failed = buckets.stream().mapToInt(TimeSeries.Bucket::undelivered).sum();
    return of(delivered, failed);
  }

  /**
   * Returns a share.
   *
   * @param undelivered deliveries that failed and have not recovered; may be negative
   */
  static FailureShare of(int delivered, int undelivered) {
    int failed = Math.max(0, undelivered);
    return new FailureShare(failed, delivered + failed);
  }

  /** Returns the share of both sets of deliveries together. */
  FailureShare and(FailureShare other) {
    return new FailureShare(failed + other.failed, all + other.all);
  }

  /** Returns the share from 0 to 1. */
  public double value() {
    return all == 0 ? 0 : failed / (double) all;
  }

  /** Returns the share, such as {@code 12.5%}, or a dash if nothing was attempted. */
  public String percent() {
    if (all == 0) {
      return "–";
    }
    double share = 100.0 * failed / all;
    // Never show one failure among thousands as 0%.
    return failed > 0 && share < 0.1
        ? "< 0.1%"
        : String.format(Locale.ROOT, "%.1f%%", share).replace(".0%", "%");
  }

  /** Returns the counts, such as {@code 3 of 24}; empty if nothing was attempted. */
  public String counts() {
    return all == 0 ? "" : NumberText.of(failed) + " of " + NumberText.of(all);
  }

  /** Returns the CSS class of the text, or an empty string. */
  public String tone() {
    return value() < NOTICED ? "" : "bad-text";
  }
}
