package dev.hookferry.query;

import dev.hookferry.refusal.InvalidException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A span of time.
 *
 * @param since the first moment in it, or null for the beginning of all
 * @param until the first moment after it, or null for no end
 */
public record TimeWindow(@Nullable Instant since, @Nullable Instant until) {
  /** All of time. */
  public static final TimeWindow ALL = new TimeWindow(null, null);

  public TimeWindow {
    if (since != null && until != null && until.isBefore(since)) {
      throw InvalidException.of("until", "must not be before since");
    }
  }

  /** Whether a moment lies in it. */
  public boolean contains(Instant moment) {
    return (since == null || !moment.isBefore(since)) && (until == null || moment.isBefore(until));
  }
}
