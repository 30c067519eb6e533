package dev.hookferry.retry;

import dev.hookferry.field.FieldKind;
import dev.hookferry.field.FieldSpec;
import dev.hookferry.field.FieldTable;
import dev.hookferry.field.FieldValues;
import dev.hookferry.refusal.InvalidException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** The fields of retry settings. */
public final class RetryFields {
  /** Maximum number of retries after the first attempt. */
  public static final FieldSpec<Integer> MAX_RETRIES =
      FieldSpec.of(
              "maxRetries",
              FieldKind.integer(0, RetrySettings.MAX_RETRIES),
              "Retries after the first attempt.")
          .example(5);

  /** Interval between attempts, in seconds. */
  public static final FieldSpec<Integer> INTERVAL_SECONDS =
      FieldSpec.of(
              "intervalSeconds",
              FieldKind.integer(1, RetrySettings.MAX_SECONDS),
              "Seconds between attempts.")
          .example(300);

  /** Back-off: how the interval grows. */
  public static final FieldSpec<String> BACKOFF =
      FieldSpec.of(
              "backoff",
              FieldKind.choice("fixed", "exponential"),
              "Whether the interval stays the same or doubles with each retry, up to a day.")
          .fallback("fixed")
          .example("exponential");

  /** Schedule with a delay for each retry. */
  public static final FieldSpec<List<Duration>> SCHEDULE =
      FieldSpec.of(
              "schedule",
              FieldKind.list(
                  FieldKind.span(Duration.ofSeconds(1), RetrySettings.MAX_SCHEDULE),
                  1,
                  RetrySettings.MAX_STEPS),
              "The delay before each retry, 30 days in total at most; replaces the other three.")
          .example(List.of(Duration.ofSeconds(5), Duration.ofMinutes(1), Duration.ofHours(2)));

  /** All retry fields. */
  public static final FieldTable ALL =
      FieldTable.of("Retry", MAX_RETRIES, INTERVAL_SECONDS, BACKOFF, SCHEDULE)
          .named("Retry", "Either maxRetries and intervalSeconds, or a schedule.");

  private RetryFields() {}

  /**
   * Converts field values to settings.
   *
   * @throws InvalidException if a value is missing or cannot be combined with a schedule
   */
  public static RetrySettings settings(FieldValues values) {
    Objects.requireNonNull(values, "values");
    Integer max = values.get(MAX_RETRIES);
    Integer seconds = values.get(INTERVAL_SECONDS);
    String backoff = values.get(BACKOFF);
    List<Duration> schedule = values.get(SCHEDULE);
    if (schedule != null) {
      if (max != null || seconds != null || backoff != null) {
        throw InvalidException.of(
            "schedule", "must not be combined with maxRetries, intervalSeconds or backoff");
      }
      return RetrySettings.schedule(schedule);
    }
    if (max == null) {
      throw missing(MAX_RETRIES);
    }
    if (seconds == null) {
      throw missing(INTERVAL_SECONDS);
    }
    RetrySettings settings = RetrySettings.of(max, Duration.ofSeconds(seconds));
    return "exponential".equals(backoff) ? settings.exponential() : settings;
  }

  private static InvalidException missing(FieldSpec<?> field) {
    return InvalidException.of(field.name(), "is missing, and there is no schedule");
  }
}
