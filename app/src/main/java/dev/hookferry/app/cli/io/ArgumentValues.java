package dev.hookferry.app.cli.io;

import dev.hookferry.app.config.value.Durations;
import dev.hookferry.refusal.InvalidException;
import java.time.Duration;

/** Reads values of options, so that commands can tell what is wrong with all of them together. */
public final class ArgumentValues {
  private ArgumentValues() {}

  /** Returns the rule for a duration, with what was given instead. */
  public static String durationRule(String text) {
    return "must be a duration such as 500ms, 15s, 2m or 1d (got " + text + ")";
  }

  /**
   * Reads a duration.
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
   * Reads a whole number.
   *
   * @param option the option's name, for error messages
   * @param least the smallest one, at least 0
   * @throws InvalidException if it is malformed or out of its range
   */
  public static int whole(String option, String text, int least, int most) {
    int number = text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : -1;
    if (number < least || number > most) {
      throw InvalidException.of(
          option, "must be a whole number from " + least + " to " + most + " (got " + text + ")");
    }
    return number;
  }
}
