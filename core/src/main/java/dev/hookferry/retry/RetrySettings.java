package dev.hookferry.retry;

import dev.hookferry.refusal.Problems;
import java.time.Duration;
import java.util.Objects;

/**
 * Retry settings of a site (QLM's two settings) or of one endpoint.
 *
 * @param maxRetries retries after the first attempt, 0 to 1000; QLM's {@code webHookMaxRetries}
 * @param interval between attempts, 1 second to 1 day; QLM's {@code webHookRetryInterval}
 * @param backoff whether the interval is fixed or grows
 */
public record RetrySettings(int maxRetries, Duration interval, Backoff backoff) {
  /** The maximum number of retries. */
  public static final int MAX_RETRIES = 1000;

  /** The longest interval, in seconds. */
  public static final int LONGEST_SECONDS = 86_400;

  private static final Duration DAY = Duration.ofDays(1);
  private static final double JITTER = 0.2;

  /** Hookferry's defaults; QLM documents none. */
  public static final RetrySettings DEFAULT =
      new RetrySettings(5, Duration.ofMinutes(5), Backoff.FIXED);

  /** How the interval changes from retry to retry. */
  public enum Backoff {
    /** Fixed, without jitter, as in QLM. */
    FIXED,
    /** Doubles up to one day, plus up to 20% jitter. */
    EXPONENTIAL
  }

  public RetrySettings {
    Objects.requireNonNull(interval, "interval");
    Objects.requireNonNull(backoff, "backoff");
    Problems problems = new Problems();
    problems.require(
        0 <= maxRetries && maxRetries <= MAX_RETRIES, "maxRetries", "must be from 0 to 1000");
    problems.require(
        interval.compareTo(Duration.ofSeconds(1)) >= 0 && interval.compareTo(DAY) <= 0,
        "interval",
        "must be from 1 to 86400 seconds");
    problems.throwIfAny();
  }

  /** Returns the policy for these settings. */
  public RetryPolicy policy() {
    return switch (backoff) {
      case FIXED -> RetryPolicy.fixed(maxRetries, interval);
      case EXPONENTIAL -> RetryPolicy.exponential(maxRetries, interval, DAY).withJitter(JITTER);
    };
  }
}
