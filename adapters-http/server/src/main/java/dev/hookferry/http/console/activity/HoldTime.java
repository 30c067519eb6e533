package dev.hookferry.http.console.activity;

import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.observe.EndpointHealth;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The last period in which an endpoint was on hold: paused, rate limited, or backing off with
 * probes only. Derived from attempts as they end, by the rules of the engine. Guarded by its owner.
 */
final class HoldTime {
  private Instant from = Instant.MAX;
  private Instant until = Instant.MIN;
  private @Nullable Instant onHoldSince;

  /** Consecutive failures without a response, or with one that asks for a pause. */
  private int unavailable;

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
  void ended(Outcome outcome, Instant at) {
    boolean asksForPause = asksForPause(outcome);
    boolean responds = outcome.isSuccess() || outcome.kind() == OutcomeKind.HTTP_ERROR;
    unavailable = responds && !asksForPause ? 0 : unavailable + 1;
    if (unavailable == 0) {
      onHoldSince = null;
    } else if (onHoldSince == null
        && (asksForPause || unavailable >= EndpointHealth.FAILING_AFTER)) {
      onHoldSince = at;
    }
  }

  private static boolean asksForPause(Outcome outcome) {
    return outcome.isThrottling()
        || (outcome.kind() == OutcomeKind.HTTP_ERROR
            && outcome.response() != null
            && outcome.response().retryAfter() != null);
  }
}
