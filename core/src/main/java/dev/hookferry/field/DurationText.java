package dev.hookferry.field;

import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text form of durations: a whole number with a unit, such as {@code 500ms}, {@code 15s}, {@code
 * 2m}.
 */
public final class DurationText {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");

  private DurationText() {}

  private enum Unit {
    D(Duration.ofDays(1)),
    H(Duration.ofHours(1)),
    M(Duration.ofMinutes(1)),
    S(Duration.ofSeconds(1)),
    MS(Duration.ofMillis(1));

    private final Duration length;

    Unit(Duration length) {
      this.length = length;
    }
  }

  /** Parses a duration; empty if the text is not a whole number with a unit. */
  public static Optional<Duration> parse(String text) {
    Objects.requireNonNull(text, "text");
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Unit unit = Unit.valueOf(matcher.group(2).toUpperCase(Locale.ROOT));
    return Optional.of(unit.length.multipliedBy(Long.parseLong(matcher.group(1))));
  }

  /**
   * Formats a duration, truncated to milliseconds, in the largest unit that leaves no remainder.
   */
  public static String of(Duration duration) {
    Objects.requireNonNull(duration, "duration");
    long millis = duration.toMillis();
    for (Unit unit : Unit.values()) {
      long size = unit.length.toMillis();
      if (millis != 0 && millis % size == 0) {
        return millis / size + unit.name().toLowerCase(Locale.ROOT);
      }
    }
    return "0s";
  }
}
