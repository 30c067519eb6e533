package dev.hookferry.retry;

import dev.hookferry.delivery.Outcome;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** When to try again after a failed attempt. A pure function but for the chance it is handed. */
@FunctionalInterface
public interface RetryPolicy {
  /**
   * Decides after a failure.
   *
   * @param attempts how many attempts were made, at least 1
   * @param last the outcome of the last one
   * @param chance for jitter
   * @return how long to wait, or nothing to give up
   */
  Optional<Duration> after(int attempts, Outcome last, RandomGenerator chance);

  /** A regular interval, as QLM does it. */
  static RetryPolicy fixed(int maxRetries, Duration interval) {
    return (attempts, last, chance) ->
        attempts <= maxRetries ? Optional.of(interval) : Optional.empty();
  }

  /** Doubles the wait after each failure, up to a longest one. */
  static RetryPolicy exponential(int maxRetries, Duration first, Duration longest) {
    return (attempts, last, chance) -> {
      if (attempts > maxRetries) {
        return Optional.empty();
      }
      int doublings = Math.min(attempts - 1, 30);
      Duration wait = first.multipliedBy(1L << doublings);
      return Optional.of(wait.compareTo(longest) < 0 ? wait : longest);
    };
  }

  /** Never again. */
  static RetryPolicy never() {
    return (attempts, last, chance) -> Optional.empty();
  }

  /**
   * Stretches every wait by a random part, so that retries of many deliveries do not come at once.
   *
   * @param share 0 to 1: a wait grows by up to this share of itself, never shrinks
   */
  default RetryPolicy withJitter(double share) {
    return (attempts, last, chance) ->
        after(attempts, last, chance)
            .map(wait -> wait.plusMillis((long) (wait.toMillis() * share * chance.nextDouble())));
  }
}
