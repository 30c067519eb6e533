package dev.hookferry.query;

import dev.hookferry.refusal.InvalidException;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A half-open time interval.
 *
 * @param since start, inclusive; null for no lower bound
 * @param until end, exclusive; null for no upper bound
 */
public record TimeWindow(@Nullable Instant since, @Nullable Instant until) {
  /** The unbounded interval. */
  public static final TimeWindow ALL = new TimeWindow(null, null);

  public TimeWindow {
    if (since != null && until != null && until.isBefore(since)) {
      throw InvalidException.of("until", "must not be before since");
    }
  }

  /** Returns whether the interval contains this moment. */
  public boolean contains(Instant moment) {
    Objects.requireNonNull(moment, "moment");
    return (since == null || !moment.isBefore(since)) && (until == null || moment.isBefore(until));
  }
}
