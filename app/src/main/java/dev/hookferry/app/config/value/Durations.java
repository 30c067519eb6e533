package dev.hookferry.app.config.value;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses durations such as {@code 500ms}, {@code 15s}, {@code 2m}, {@code 90d}. */
public final class Durations {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");
  private static final Map<String, Duration> UNITS =
      Map.of(
          "ms", Duration.ofMillis(1),
          "s", Duration.ofSeconds(1),
          "m", Duration.ofMinutes(1),
          "h", Duration.ofHours(1),
          "d", Duration.ofDays(1));

  private Durations() {}

  /**
   * Parses a duration.
   *
   * @throws IllegalArgumentException if it is not a whole number with a unit
   */
  public static Duration parse(String text) {
    Matcher matcher = FORM.matcher(text);
    Duration unit = matcher.matches() ? UNITS.get(matcher.group(2)) : null;
    if (unit == null) {
      throw new IllegalArgumentException("not a duration such as 15s: " + text);
    }
    return unit.multipliedBy(Long.parseLong(matcher.group(1)));
  }

  public static ValueKind<Duration> between(String from, String to) {
    Duration least = parse(from);
    Duration most = parse(to);
    return ValueKind.one(
        "TIME",
        "a duration from " + from + " to " + to + ", such as 15s, 2m or 90d",
        text -> {
          Duration value = parse(text);
          ValueKind.require(value.compareTo(least) >= 0 && value.compareTo(most) <= 0);
          return value;
        });
  }
}
