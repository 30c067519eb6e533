package dev.hookferry.retry;

import dev.hookferry.field.FieldKind;
import dev.hookferry.field.FieldSpec;
import dev.hookferry.field.FieldTable;
import dev.hookferry.field.FieldValues;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The fields of retry settings. */
public final class RetryFields {
  /** Retries after the first attempt. */
  public static final FieldSpec<Integer> MAX_RETRIES =
      FieldSpec.of(
              "maxRetries",
              FieldKind.whole(0, RetrySettings.MAX_RETRIES),
              "Retries after the first attempt.")
          .example(5);

  /** The interval. */
  public static final FieldSpec<Integer> INTERVAL_SECONDS =
      FieldSpec.of(
              "intervalSeconds",
              FieldKind.whole(1, RetrySettings.LONGEST_SECONDS),
              "Seconds between attempts.")
          .example(300);

  /** The back-off of the interval. */
  public static final FieldSpec<String> BACKOFF =
      FieldSpec.of(
              "backoff",
              FieldKind.choice("fixed", "exponential"),
              "Whether the interval stays the same or doubles with each retry, up to a day.")
          .fallback("fixed")
          .example("exponential");

  /** All of them. */
  public static final FieldTable ALL =
      FieldTable.of("Retry", MAX_RETRIES, INTERVAL_SECONDS, BACKOFF)
          .requiring(MAX_RETRIES, INTERVAL_SECONDS);

  private RetryFields() {}

  /** Returns the settings that these values make; null if a required one is absent. */
  public static @Nullable RetrySettings settings(FieldValues given) {
    Objects.requireNonNull(given, "given");
    Integer most = given.get(MAX_RETRIES);
    Integer seconds = given.get(INTERVAL_SECONDS);
    if (most == null || seconds == null) {
      return null;
    }
    RetrySettings settings = RetrySettings.of(most, Duration.ofSeconds(seconds));
    return "exponential".equals(given.get(BACKOFF)) ? settings.exponential() : settings;
  }
}
