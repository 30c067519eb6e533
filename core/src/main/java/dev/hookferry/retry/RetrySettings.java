package dev.hookferry.retry;

import dev.hookferry.field.FieldKind;
import dev.hookferry.field.SpanKind;
import dev.hookferry.field.WholeKind;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;

/**
 * Retry settings of a site (QLM's two settings) or of one endpoint: {@code RetrySettings.of(8,
 * Duration.ofSeconds(10)).exponential()}. Immutable; each method returns a copy and checks its
 * argument at once.
 */
public final class RetrySettings {
  /** The maximum number of retries. */
  public static final int MAX_RETRIES = 1000;

  /** The longest interval, in seconds. */
  public static final int LONGEST_SECONDS = 86_400;

  private static final Duration DAY = Duration.ofDays(1);
  private static final WholeKind COUNT = FieldKind.whole(0, MAX_RETRIES);
  private static final SpanKind INTERVAL = FieldKind.span(Duration.ofSeconds(1), DAY);
  private static final double JITTER = 0.2;

  /** Hookferry's defaults, since QLM documents none: 5 retries, 5 minutes apart. */
  public static final RetrySettings DEFAULT =
      new RetrySettings(5, Duration.ofMinutes(5), Backoff.FIXED);

  private final int maxRetries;
  private final Duration interval;
  private final Backoff backoff;

  /** How the interval changes from retry to retry. */
  public enum Backoff {
    /** Fixed, without jitter, as in QLM. */
    FIXED,
    /** Doubles up to one day, plus up to 20% jitter. */
    EXPONENTIAL
  }

  private RetrySettings(int maxRetries, Duration interval, Backoff backoff) {
    this.maxRetries = maxRetries;
    this.interval = interval;
    this.backoff = backoff;
  }

  /**
   * Returns settings with a fixed interval.
   *
   * @param maxRetries retries after the first attempt, 0 to 1000
   * @param interval between attempts, 1 second to 1 day
   * @throws dev.hookferry.refusal.InvalidException if one of them is out of bounds
   */
  public static RetrySettings of(int maxRetries, Duration interval) {
    Objects.requireNonNull(interval, "interval");
    return DEFAULT.maxRetries(maxRetries).interval(interval);
  }

  /**
   * Returns a copy with this many retries after the first attempt: 0 to 1000, 5 by default.
   *
   * @throws dev.hookferry.refusal.InvalidException if the number is out of bounds
   */
  public RetrySettings maxRetries(int count) {
    return new RetrySettings(COUNT.checked("maxRetries", count), interval, backoff);
  }

  /**
   * Returns a copy with this interval between attempts: 1 second to 1 day, 5 minutes by default.
   *
   * @throws dev.hookferry.refusal.InvalidException if the interval is out of bounds
   */
  public RetrySettings interval(Duration length) {
    Objects.requireNonNull(length, "length");
    return new RetrySettings(maxRetries, INTERVAL.checked("interval", length), backoff);
  }

  /** Returns a copy with this back-off: {@link Backoff#FIXED} by default. */
  public RetrySettings backoff(Backoff kind) {
    return new RetrySettings(maxRetries, interval, Objects.requireNonNull(kind, "kind"));
  }

  /** Returns a copy whose interval doubles up to one day, plus up to 20% jitter. */
  public RetrySettings exponential() {
    return backoff(Backoff.EXPONENTIAL);
  }

  /** Returns the number of retries after the first attempt; QLM's {@code webHookMaxRetries}. */
  public int maxRetries() {
    return maxRetries;
  }

  /** Returns the interval between attempts; QLM's {@code webHookRetryInterval}. */
  public Duration interval() {
    return interval;
  }

  /** Returns whether the interval is fixed or grows. */
  public Backoff backoff() {
    return backoff;
  }

  /** Returns the policy for these settings. */
  public RetryPolicy policy() {
    return switch (backoff) {
      case FIXED -> RetryPolicy.fixed(maxRetries, interval);
      case EXPONENTIAL -> RetryPolicy.exponential(maxRetries, interval, DAY).withJitter(JITTER);
    };
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RetrySettings settings
        && maxRetries == settings.maxRetries
        && interval.equals(settings.interval)
        && backoff == settings.backoff;
  }

  @Override
  public int hashCode() {
    return Objects.hash(maxRetries, interval, backoff);
  }

  /** Returns the settings in the form of the command line: {@code 8:10:exponential}. */
  @Override
  public String toString() {
    return maxRetries + ":" + interval.toSeconds() + ":" + backoff.name().toLowerCase(Locale.ROOT);
  }
}
