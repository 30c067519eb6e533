package dev.hookferry.retry;

import dev.hookferry.field.DurationText;
import dev.hookferry.field.FieldKind;
import dev.hookferry.field.IntegerKind;
import dev.hookferry.field.SpanKind;
import dev.hookferry.internal.argument.NoNulls;
import dev.hookferry.refusal.InvalidException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Retry settings of a site (QLM's two settings) or of one endpoint: an interval, as in {@code
 * RetrySettings.of(8, Duration.ofSeconds(10)).exponential()}, or a schedule, as in {@code
 * RetrySettings.schedule(List.of(Duration.ofSeconds(5), Duration.ofMinutes(1)))}. Immutable; each
 * method returns a copy and checks its argument immediately.
 */
public final class RetrySettings {
  /** The maximum number of retries. */
  public static final int MAX_RETRIES = 1000;

  /** The maximum interval, in seconds. */
  public static final int MAX_SECONDS = 86_400;

  /** The maximum number of steps in a schedule. */
  public static final int MAX_STEPS = 50;

  /** The maximum time from the first to the last attempt of a schedule. */
  public static final Duration MAX_SCHEDULE = Duration.ofDays(30);

  private static final Duration DAY = Duration.ofDays(1);
  private static final IntegerKind COUNT = FieldKind.integer(0, MAX_RETRIES);
  private static final SpanKind INTERVAL = FieldKind.span(Duration.ofSeconds(1), DAY);
  private static final SpanKind STEP = FieldKind.span(Duration.ofSeconds(1), MAX_SCHEDULE);
  private static final double JITTER = 0.2;
  private static final int MAX_DOUBLINGS = 30;

  /** Hookferry's defaults, since QLM documents none: 5 retries, 5 minutes apart. */
  public static final RetrySettings DEFAULT =
      new RetrySettings(5, Duration.ofMinutes(5), Backoff.FIXED, List.of());

  private final int maxRetries;
  private final Duration interval;
  private final Backoff backoff;
  private final List<Duration> schedule;

  /** Growth of the interval from retry to retry. */
  public enum Backoff {
    /** Fixed, without jitter, as in QLM. */
    FIXED,
    /** Doubles up to one day, plus up to 20% jitter. */
    EXPONENTIAL
  }

  private RetrySettings(
      int maxRetries, Duration interval, Backoff backoff, List<Duration> schedule) {
    this.maxRetries = maxRetries;
    this.interval = interval;
    this.backoff = backoff;
    this.schedule = schedule;
  }

  /**
   * Returns settings with a fixed interval.
   *
   * @param maxRetries retries after the first attempt, 0 to 1000
   * @param interval between attempts, 1 second to 1 day
   * @throws InvalidException if one of them is out of bounds
   */
  public static RetrySettings of(int maxRetries, Duration interval) {
    Objects.requireNonNull(interval, "interval");
    return DEFAULT.maxRetries(maxRetries).interval(interval);
  }

  /**
   * Returns settings with a delay for each retry.
   *
   * @param delays 1 to 50 delays of at least a second, 30 days in total; the first one follows the
   *     first attempt
   * @throws InvalidException if there are too few or too many delays, or one is out of bounds
   */
  public static RetrySettings schedule(List<Duration> delays) {
    NoNulls.in(delays, "delays");
    if (delays.isEmpty() || delays.size() > MAX_STEPS) {
      throw InvalidException.of(
          "schedule", "must have 1 to " + MAX_STEPS + " delays (got " + delays.size() + ")");
    }
    Duration total = Duration.ZERO;
    for (int i = 0; i < delays.size(); i++) {
      Duration delay = STEP.checked("schedule[" + i + "]", delays.get(i));
      total = total.plus(delay);
    }
    if (total.compareTo(MAX_SCHEDULE) > 0) {
      throw InvalidException.of("schedule", "must take 30 days in total or less");
    }
    return new RetrySettings(delays.size(), delays.get(0), Backoff.FIXED, List.copyOf(delays));
  }

  /**
   * Returns a copy with this many retries after the first attempt: 0 to 1000, 5 by default.
   * Replaces any schedule.
   *
   * @throws InvalidException if the number is out of bounds
   */
  public RetrySettings maxRetries(int count) {
    return new RetrySettings(COUNT.checked("maxRetries", count), interval, backoff, List.of());
  }

  /**
   * Returns a copy with this interval between attempts: 1 second to 1 day, 5 minutes by default.
   * Replaces any schedule.
   *
   * @throws InvalidException if the interval is out of bounds
   */
  public RetrySettings interval(Duration length) {
    Objects.requireNonNull(length, "length");
    Duration checked = INTERVAL.checked("interval", length);
    return new RetrySettings(maxRetries, checked, backoff, List.of());
  }

  /** Returns a copy with this back-off: {@link Backoff#FIXED} by default. Replaces any schedule. */
  public RetrySettings backoff(Backoff kind) {
    Objects.requireNonNull(kind, "kind");
    return new RetrySettings(maxRetries, interval, kind, List.of());
  }

  /** Returns a copy whose interval doubles up to one day, plus up to 20% jitter. */
  public RetrySettings exponential() {
    return backoff(Backoff.EXPONENTIAL);
  }

  /** Returns the number of retries after the first attempt; QLM's {@code webHookMaxRetries}. */
  public int maxRetries() {
    return maxRetries;
  }

  /**
   * Returns the interval between attempts, QLM's {@code webHookRetryInterval}; with a schedule, its
   * first delay.
   */
  public Duration interval() {
    return interval;
  }

  /** Returns the delay before each retry; empty if the settings use an interval. */
  public List<Duration> schedule() {
    return schedule;
  }

  /**
   * Returns the delay before the next attempt, without jitter.
   *
   * @param attempts number of attempts so far, at least 1; beyond the last retry, the last delay
   */
  public Duration delayAfter(int attempts) {
    if (!schedule.isEmpty()) {
      return schedule.get(Math.min(attempts, schedule.size()) - 1);
    }
    if (backoff == Backoff.FIXED) {
      return interval;
    }
    Duration delay = interval.multipliedBy(1L << Math.min(attempts - 1, MAX_DOUBLINGS));
    return delay.compareTo(DAY) < 0 ? delay : DAY;
  }

  /** Returns whether the interval is fixed or grows. */
  public Backoff backoff() {
    return backoff;
  }

  /** Returns the policy for these settings. */
  public RetryPolicy policy() {
    RetryPolicy exact =
        (attempts, last, chance) ->
            attempts <= maxRetries ? Optional.of(delayAfter(attempts)) : Optional.empty();
    return backoff == Backoff.FIXED ? exact : exact.withJitter(JITTER);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RetrySettings settings
        && maxRetries == settings.maxRetries
        && interval.equals(settings.interval)
        && backoff == settings.backoff
        && schedule.equals(settings.schedule);
  }

  @Override
  public int hashCode() {
    return Objects.hash(maxRetries, interval, backoff, schedule);
  }

  /**
   * Returns the settings in the form of the command line: {@code 8:10:exponential} or {@code
   * 5s,1m}.
   */
  @Override
  public String toString() {
    if (!schedule.isEmpty()) {
      return schedule.stream().map(DurationText::of).collect(Collectors.joining(","));
    }
    return maxRetries + ":" + interval.toSeconds() + ":" + backoff.name().toLowerCase(Locale.ROOT);
  }
}
