package dev.hookferry.http.console.activity;

import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.observe.EndpointHealth;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The most recent periods in which an endpoint was on hold: paused, rate limited, or backing off
 * with probes only. They are derived from finished attempts by the engine's rules. Guarded by its
 * owner.
 */
final class HoldPeriods {
  private static final int MAX = 32;

  private final Deque<Period> periods = new ArrayDeque<>();
  private @Nullable Instant onHoldSince;

  /** Number of consecutive failures without a response, or with one that asks for a pause. */
  private int unavailable;

  /** A period on hold. */
  private record Period(Instant from, Instant until) {
    Duration within(Instant begin, Instant end) {
      Instant first = begin.isAfter(from) ? begin : from;
      Instant last = end.isBefore(until) ? end : until;
      return first.isBefore(last) ? Duration.between(first, last) : Duration.ZERO;
    }
  }

  /** Records the start of an attempt, which ends a hold. */
  void begun(Instant at, @Nullable Instant resumed) {
    if (onHoldSince != null && at.isAfter(onHoldSince)) {
      add(onHoldSince, at);
    }
    if (resumed != null && resumed.isAfter(last())) {
      periods.clear();
      periods.add(new Period(Instant.MIN, resumed));
    }
  }

  private Instant last() {
    return periods.isEmpty() ? Instant.MIN : periods.getLast().until();
  }

  /** Adds a period, or extends the last one, which began no later. */
  private void add(Instant from, Instant until) {
    Instant last = last();
    if (!until.isAfter(last)) {
      return;
    }
    if (!periods.isEmpty() && !from.isAfter(last)) {
      Period before = periods.removeLast();
      periods.add(new Period(before.from(), until));
      return;
    }
    periods.add(new Period(from, until));
    if (periods.size() > MAX) {
      periods.removeFirst();
    }
  }

  /** Returns how long the endpoint was on hold within a period. */
  Duration within(Instant begin, Instant end) {
    Duration sum = Duration.ZERO;
    for (Period period : periods) {
      sum = sum.plus(period.within(begin, end));
    }
    return sum;
  }

  /** Records the end of an attempt. */
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
