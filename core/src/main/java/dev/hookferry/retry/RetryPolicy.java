package dev.hookferry.retry;

import dev.hookferry.delivery.Outcome;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Rule for when to retry after a failed attempt. Pure, apart from the random source passed in. */
@FunctionalInterface
public interface RetryPolicy {
  /**
   * Returns the delay before the next attempt.
   *
   * @param attempts number of attempts so far, at least 1
   * @param last the outcome of the last attempt
   * @param chance random source for jitter
   * @return the delay, or empty to give up
   */
  Optional<Duration> delayAfter(int attempts, Outcome last, RandomGenerator chance);

  /** Returns a policy that never retries. */
  static RetryPolicy never() {
    return (attempts, last, chance) -> Optional.empty();
  }

  /**
   * Returns a policy with jitter, so that the retries of many deliveries spread out.
   *
   * @param share 0 to 1: each delay grows by up to this fraction and never shrinks
   */
  default RetryPolicy withJitter(double share) {
    return (attempts, last, chance) ->
        delayAfter(attempts, last, chance)
            .map(wait -> wait.plusMillis((long) (wait.toMillis() * share * chance.nextDouble())));
  }
}
