package dev.hookferry.internal.argument;

import dev.hookferry.field.DurationText;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A builder option that is a duration, with inclusive bounds.
 *
 * @param option its name as callers write it
 * @param max the longest value, or null for no limit
 * @param otherwise advice appended to the error message; may be empty
 */
public record TimeOption(String option, Duration min, @Nullable Duration max, String otherwise) {
  private static final Duration CENTURY = Duration.ofDays(36_500);
  private static final String FOREVER = "; to keep everything, leave it out";

  /**
   * Retention of events; at least an hour, because stores still read rows minutes after writing
   * them.
   */
  public static final TimeOption RETENTION =
      new TimeOption("retention", Duration.ofHours(1), CENTURY, FOREVER);

  /** Retention of the audit log. */
  public static final TimeOption AUDIT_RETENTION =
      new TimeOption("auditRetention", Duration.ofHours(1), CENTURY, FOREVER);

  /** Time after which a blocked ordering key is reported. */
  public static final TimeOption BLOCKED_KEY_ALERT =
      new TimeOption("blockedKeyAlert", Duration.ofMillis(1), CENTURY, "");

  /** Maximum time that closing waits for requests in flight. */
  public static final TimeOption DRAIN_TIMEOUT =
      new TimeOption("drainTimeout", Duration.ZERO, null, "");

  /** Time of continuous failure after which an endpoint is disabled. */
  public static final TimeOption DISABLE_FAILING_AFTER =
      new TimeOption("disableFailingAfter", Duration.ofDays(2), Duration.ofDays(30), "");

  /**
   * Returns the value if it is in range.
   *
   * @throws IllegalArgumentException if it is out of range; the message names the option
   */
  public Duration checked(Duration value) {
    Objects.requireNonNull(value, option);
    if (value.compareTo(min) < 0 || (max != null && value.compareTo(max) > 0)) {
      String shortest = DurationText.of(min);
      String range =
          max == null
              ? shortest + " or longer"
              : "between " + shortest + " and " + DurationText.of(max);
      throw new IllegalArgumentException(
          option + " must be " + range + " (got " + value + ")" + otherwise);
    }
    return value;
  }
}
