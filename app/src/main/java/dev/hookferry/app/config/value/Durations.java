package dev.hookferry.app.config.value;

import dev.hookferry.field.DurationText;
import java.time.Duration;

/** Parses durations such as {@code 500ms}, {@code 15s}, {@code 2m}, {@code 90d}. */
public final class Durations {
  private Durations() {}

  /**
   * Parses a duration.
   *
   * @throws IllegalArgumentException if it is not a whole number with a unit
   */
  public static Duration parse(String text) {
    return DurationText.parse(text)
        .orElseThrow(() -> new IllegalArgumentException("not a duration such as 15s: " + text));
  }

  public static ValueKind<Duration> between(String from, String to) {
    Duration min = parse(from);
    Duration max = parse(to);
    return ValueKind.one(
        "TIME",
        "a duration from " + from + " to " + to,
        text -> {
          Duration value = parse(text);
          ValueKind.require(value.compareTo(min) >= 0 && value.compareTo(max) <= 0);
          return value;
        });
  }
}
