package dev.hookferry.http.console.activity;

import java.util.List;
import java.util.Locale;

/**
 * How many deliveries failed in a span of time: those whose first attempt failed and which were not
 * delivered since. One that is being retried counts as failed until then.
 *
 * @param failed deliveries
 * @param all deliveries that were attempted
 */
public record FailureShare(int failed, int all) {
  public static FailureShare of(List<TimeSeries.Bucket> buckets) {
    int delivered = buckets.stream().mapToInt(TimeSeries.Bucket::delivered).sum();
    int failed = buckets.stream().mapToInt(TimeSeries.Bucket::undelivered).sum();
    int floor = Math.max(0, failed);
    return new FailureShare(floor, delivered + floor);
  }

  /** Such as {@code 12.5 %}, or a dash if nothing was attempted. */
  public String percent() {
    if (all == 0) {
      return "–";
    }
    double share = 100.0 * failed / all;
    // One failure among thousands is not none.
    return failed > 0 && share < 0.1 ? "< 0.1 %" : String.format(Locale.ROOT, "%.1f %%", share);
  }

  /** Such as {@code 3 of 24}; empty if nothing was attempted. */
  public String counts() {
    return all == 0 ? "" : String.format(Locale.ENGLISH, "%,d of %,d", failed, all);
  }

  /** The class of the stylesheet for its text, or an empty text. */
  public String tone() {
    return failed == 0 ? "" : "bad-text";
  }
}
