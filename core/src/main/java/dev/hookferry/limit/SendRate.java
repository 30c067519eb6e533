package dev.hookferry.limit;

import dev.hookferry.refusal.InvalidException;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Maximum rate of requests to an endpoint, retries included: {@code SendRate.perSecond(10)}.
 * Immutable.
 *
 * @param count requests per unit of time, 1 to 1,000,000
 * @param unit the unit of time
 */
public record SendRate(int count, Unit unit) {
  /** Maximum number of requests per unit of time. */
  public static final int MAX_COUNT = 1_000_000;

  private static final Pattern FORM = Pattern.compile("([0-9]{1,7})/(s|min|h)");

  /** The unit of time of a rate. */
  public enum Unit {
    /** Per second, written {@code 10/s}. */
    SECOND("s", Duration.ofSeconds(1)),
    /** Per minute, written {@code 600/min}. */
    MINUTE("min", Duration.ofMinutes(1)),
    /** Per hour, written {@code 5000/h}. */
    HOUR("h", Duration.ofHours(1));

    private final String symbol;
    private final Duration length;

    Unit(String symbol, Duration length) {
      this.symbol = symbol;
      this.length = length;
    }

    /** Returns the length of the unit. */
    public Duration length() {
      return length;
    }
  }

  /**
   * Creates a rate.
   *
   * @throws InvalidException if the count is not from 1 to 1,000,000
   */
  public SendRate {
    Objects.requireNonNull(unit, "unit");
    if (count < 1 || count > MAX_COUNT) {
      throw InvalidException.of("", "must be a rate of 1 to 1000000 requests (got " + count + ")");
    }
  }

  /** Returns a rate of {@code count} requests per second, 1 to 1,000,000. */
  public static SendRate perSecond(int count) {
    return new SendRate(count, Unit.SECOND);
  }

  /**
   * Parses a rate such as {@code 10/s}, {@code 600/min} or {@code 5000/h}.
   *
   * @throws InvalidException if the text is not a rate
   */
  public static SendRate parse(String text) {
    Objects.requireNonNull(text, "text");
    Matcher matcher = FORM.matcher(text.toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw InvalidException.of("", "must be a rate such as 10/s, 600/min or 5000/h");
    }
    Unit unit =
        switch (matcher.group(2)) {
          case "s" -> Unit.SECOND;
          case "min" -> Unit.MINUTE;
          default -> Unit.HOUR;
        };
    return new SendRate(Integer.parseInt(matcher.group(1)), unit);
  }

  /** Returns the average number of requests per second. */
  public double averagePerSecond() {
    return (double) count / unit.length().toSeconds();
  }

  /** Returns the text of the rate, such as {@code 10/s}. */
  @Override
  public String toString() {
    return count + "/" + unit.symbol;
  }
}
