package dev.hookferry.query;

import dev.hookferry.internal.argument.StorableTimes;
import dev.hookferry.refusal.InvalidException;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A half-open time interval: {@code TimeWindow.ALL.since(begin).until(end)}. Immutable; each method
 * returns a copy and checks its argument immediately.
 */
public final class TimeWindow {
  /** The unbounded interval. */
  public static final TimeWindow ALL = new TimeWindow(null, null);

  private final @Nullable Instant since;
  private final @Nullable Instant until;

  private TimeWindow(@Nullable Instant since, @Nullable Instant until) {
    if (since != null) {
      StorableTimes.checked("since", since, "start");
    }
    if (until != null) {
      StorableTimes.checked("until", until, "end");
    }
    if (since != null && until != null && until.isBefore(since)) {
      throw InvalidException.of("until", "must not be before since");
    }
    this.since = since;
    this.until = until;
  }

  /**
   * Returns a copy that starts at this time, inclusive; null for no lower bound.
   *
   * @throws InvalidException if the interval ends before this time, or the time is not in the years
   *     1 to 9999
   */
  public TimeWindow since(@Nullable Instant start) {
    return new TimeWindow(start, until);
  }

  /**
   * Returns a copy that ends before this time; null for no upper bound.
   *
   * @throws InvalidException if the interval starts after this time, or the time is not in the
   *     years 1 to 9999
   */
  public TimeWindow until(@Nullable Instant end) {
    return new TimeWindow(since, end);
  }

  /** Returns the start, inclusive, or null if there is no lower bound. */
  public @Nullable Instant since() {
    return since;
  }

  /** Returns the end, exclusive, or null if there is no upper bound. */
  public @Nullable Instant until() {
    return until;
  }

  /** Returns whether the interval contains this moment. */
  public boolean contains(Instant moment) {
    Objects.requireNonNull(moment, "moment");
    return (since == null || !moment.isBefore(since)) && (until == null || moment.isBefore(until));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TimeWindow window
        && Objects.equals(since, window.since)
        && Objects.equals(until, window.until);
  }

  @Override
  public int hashCode() {
    return Objects.hash(since, until);
  }

  /** Returns both bounds; a missing one appears as {@code null}. */
  @Override
  public String toString() {
    return "[" + since + ", " + until + ")";
  }
}
