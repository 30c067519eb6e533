package dev.hookferry.app.cli.io;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.app.config.value.Durations;
import dev.hookferry.limit.SendRate;
import dev.hookferry.refusal.InvalidException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Parses option values, so that commands can report the errors in all of them together. */
public final class ArgumentValues {
  private ArgumentValues() {}

  /** Returns the error text for an invalid duration: the rule and the given value. */
  public static String durationRule(String text) {
    return "must be a duration such as 500ms, 15s, 2m or 1d (got " + text + ")";
  }

  /**
   * Parses a duration.
   *
   * @param option the option's name, for error messages
   * @throws InvalidException if it is malformed
   */
  public static Duration duration(String option, String text) {
    try {
      return Durations.parse(text);
    } catch (IllegalArgumentException e) {
      throw InvalidException.of(option, durationRule(text));
    }
  }

  /**
   * Parses a whole number.
   *
   * @param option the option's name, for error messages
   * @param min the smallest allowed number, at least 0
   * @throws InvalidException if it is malformed or out of range
   */
  public static int whole(String option, String text, int min, int max) {
    int number = text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : -1;
    if (number < min || number > max) {
      throw InvalidException.of(
          option, "must be a whole number from " + min + " to " + max + " (got " + text + ")");
    }
    return number;
  }

  /**
   * Adds the value of {@code --rate-limit} to the limits of an endpoint.
   *
   * @param text null if it is not given
   * @throws InvalidException if it is not a rate
   */
  public static void addRate(ObjectNode limits, @Nullable String text) {
    if (text != null) {
      SendRate rate = rate(text);
      limits.put(field(rate.unit()), rate.count());
    }
  }

  private static SendRate rate(String text) {
    try {
      return SendRate.parse(text);
    } catch (InvalidException e) {
      throw InvalidException.of(
          "--rate-limit", "must be like 10/s, 600/min, 5000/h or site (got " + text + ")");
    }
  }

  private static String field(SendRate.Unit unit) {
    return switch (unit) {
      case SECOND -> "perSecond";
      case MINUTE -> "perMinute";
      case HOUR -> "perHour";
    };
  }
}
