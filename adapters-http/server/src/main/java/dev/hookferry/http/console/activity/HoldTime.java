package dev.hookferry.http.console.activity;

import dev.hookferry.delivery.Outcome;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The last period in which an endpoint was on hold: paused, rate limited, or backing off with
 * probes only. Derived from attempts as they end. Guarded by its owner.
 */
final class HoldTime {
  /** Number of consecutive failures after which the engine backs off. */
  private static final int STREAK = 10;

  private Instant from = Instant.MAX;
  private Instant until = Instant.MIN;
  private @Nullable Instant onHoldSince;

  /** Notes the start of an attempt, which ends a hold. */
  void begun(Instant at, @Nullable Instant resumed) {
    if (onHoldSince != null && at.isAfter(onHoldSince)) {
      from = onHoldSince;
      until = at.isAfter(until) ? at : until;
    }
    if (resumed != null && resumed.isAfter(until)) {
      from = Instant.MIN;
      until = resumed;
    }
  }

  /** Returns how much of a period was on hold. */
  Duration within(Instant begin, Instant end) {
    Instant first = begin.isAfter(from) ? begin : from;
    Instant last = end.isBefore(until) ? end : until;
    return first.isBefore(last) ? Duration.between(first, last) : Duration.ZERO;
  }

  /** Notes the end of an attempt. */
  void ended(Outcome outcome, Instant at, int failures) {
    if (outcome.isSuccess()) {
      onHoldSince = null;
    } else if (onHoldSince == null && (failures >= STREAK || asksForLess(outcome))) {
      onHoldSince = at;
    }
  }

  private static boolean asksForLess(Outcome outcome) {
    return switch (outcome.statusCode()) {
      case 429, 502, 503, 504 -> true;
      default -> outcome.response() != null && outcome.response().retryAfter() != null;
    };
  }
}
