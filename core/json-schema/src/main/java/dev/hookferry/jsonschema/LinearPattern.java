package dev.hookferry.jsonschema;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/**
 * A regular expression that is matched in time proportional to the text, whatever its author had in
 * mind. Thread-safe.
 */
final class LinearPattern {
  static final int MAX_LENGTH = 512;
  private static final int MAX_SIZE = 5_000;

  /** Characters that one step matches with a program of one instruction. */
  private static final long PER_STEP = 64;

  private final Pattern pattern;

  private LinearPattern(Pattern pattern) {
    this.pattern = pattern;
  }

  /**
   * Compiles an expression.
   *
   * @throws IllegalArgumentException with the rule that is violated
   */
  static LinearPattern of(String expression) {
    if (expression.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "must have at most " + MAX_LENGTH + " characters (got " + expression.length() + ")");
    }
    if (PatternSize.of(expression) > MAX_SIZE) {
      throw new IllegalArgumentException(
          "must not have repetitions that multiply to more than " + MAX_SIZE + " characters");
    }
    try {
      return new LinearPattern(Pattern.compile(translated(expression)));
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "must be a regular expression without look-around and back references ("
              + e.getDescription()
              + ")",
          e);
    }
  }

  /** The escape of a character by its number is the one that is written differently. */
  private static String translated(String expression) {
    return expression.replaceAll("(?<!\\\\)((?:\\\\\\\\)*)\\\\u([0-9a-fA-F]{4})", "$1\\\\x{$2}");
  }

  boolean find(String text, Budget budget) {
    budget.spend((long) text.length() * pattern.programSize() / PER_STEP);
    return pattern.matcher(text).find();
  }
}
