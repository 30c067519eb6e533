package dev.hookferry.retry;

import dev.hookferry.refusal.Problems;
import java.time.Duration;

/**
 * How retries are set, for a site (QLM's two settings) or for one endpoint.
 *
 * @param maxRetries retries after the first attempt, 0 to 1000; QLM's {@code webHookMaxRetries}
 * @param interval between attempts, 1 second to 1 day; QLM's {@code webHookRetryInterval}
 * @param backoff whether the interval stays or grows
 */
public record RetrySettings(int maxRetries, Duration interval, Backoff backoff) {
  /** The most retries. */
  public static final int MAX_RETRIES = 1000;

  /** The longest interval, in seconds. */
  public static final int LONGEST_SECONDS = 86_400;

  private static final Duration DAY = Duration.ofDays(1);
  private static final double JITTER = 0.2;

  /** Ours; QLM documents no defaults. */
  public static final RetrySettings DEFAULT =
      new RetrySettings(5, Duration.ofMinutes(5), Backoff.FIXED);

  /** How the interval develops. */
  public enum Backoff {
    /** Always the same, as QLM does it, exactly. */
    FIXED,
    /** Doubles up to one day, stretched at random by up to a fifth. */
    EXPONENTIAL
  }

  public RetrySettings {
    Problems problems = new Problems();
    problems.require(
        0 <= maxRetries && maxRetries <= MAX_RETRIES, "maxRetries", "must be from 0 to 1000");
    problems.require(
        interval.compareTo(Duration.ofSeconds(1)) >= 0 && interval.compareTo(DAY) <= 0,
        "interval",
        "must be from 1 to 86400 seconds");
    problems.throwIfAny();
  }

  /** The policy that these settings describe. */
  public RetryPolicy policy() {
    return switch (backoff) {
      case FIXED -> RetryPolicy.fixed(maxRetries, interval);
      case EXPONENTIAL -> RetryPolicy.exponential(maxRetries, interval, DAY).withJitter(JITTER);
    };
  }
}
