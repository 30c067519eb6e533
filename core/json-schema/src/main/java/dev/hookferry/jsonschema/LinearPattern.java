package dev.hookferry.jsonschema;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/**
 * A regular expression that matches in time linear in the length of the text, even if written to be
 * slow. Thread-safe.
 */
final class LinearPattern {
  static final int MAX_LENGTH = 512;
  private static final int MAX_SIZE = 5_000;

  /** Characters, times the instructions of the pattern, that are matched in one step. */
  private static final long PER_STEP = 64;

  private final Pattern pattern;

  private LinearPattern(Pattern pattern) {
    this.pattern = pattern;
  }

  /**
   * Compiles an expression.
   *
   * @throws IllegalArgumentException with the violated rule as its message
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

  /** Translates four-digit character escapes, the only syntax that differs in RE2. */
  private static String translated(String expression) {
    return expression.replaceAll("(?<!\\\\)((?:\\\\\\\\)*)\\\\u([0-9a-fA-F]{4})", "$1\\\\x{$2}");
  }

  boolean find(String text, Budget budget) {
    budget.spend((long) text.length() * pattern.programSize() / PER_STEP);
    return pattern.matcher(text).find();
  }
}
