package dev.hookferry.retry;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Parses the {@code Retry-After} response header (RFC 9110, 10.2.3): seconds, or one of the three
 * forms of an HTTP date.
 */
public final class RetryAfter {
  /** Maximum wait; longer waits are capped. Equal to the longest retry interval. */
  public static final Duration MAX_TIME = Duration.ofDays(1);

  private static final int DIGITS = 100;

  private static final List<DateTimeFormatter> DATES =
      List.of(
          english("EEE, dd MMM uuuu HH:mm:ss 'GMT'"),
          new DateTimeFormatterBuilder()
              .append(english("EEEE, dd-MMM-"))
              // Two-digit years are in this century.
              .appendValueReduced(ChronoField.YEAR, 2, 2, 2000)
              .append(english(" HH:mm:ss 'GMT'"))
              .toFormatter(Locale.ENGLISH),
          english("EEE MMM ppd HH:mm:ss uuuu"));

  private RetryAfter() {}

  /**
   * Returns the time to wait.
   *
   * @param header the header as received, or null if there was none
   * @param now the current time, for HTTP dates
   * @return zero to {@link #MAX_TIME}; empty if the header is missing or malformed
   */
  public static Optional<Duration> of(@Nullable String header, Instant now) {
    Objects.requireNonNull(now, "now");
    if (header == null) {
      return Optional.empty();
    }
    String text = header.strip();
    if (!text.isEmpty() && text.length() <= DIGITS && text.chars().allMatch(RetryAfter::isDigit)) {
      return Optional.of(seconds(text));
    }
    return date(text).map(date -> clamped(Duration.between(now, date)));
  }

  private static boolean isDigit(int character) {
    return '0' <= character && character <= '9';
  }

  private static Duration seconds(String digits) {
    String significant = digits.replaceFirst("^0+(?=.)", "");
    // A number with more digits than a day has seconds is capped without parsing it.
    return significant.length() > 6 ? MAX_TIME : clamped(Duration.ofSeconds(number(significant)));
  }

  private static long number(String digits) {
    return Long.parseLong(digits);
  }

  private static Optional<Instant> date(String text) {
    return DATES.stream().flatMap(form -> date(text, form).stream()).findFirst();
  }

  private static Optional<Instant> date(String text, DateTimeFormatter form) {
    try {
      return Optional.of(LocalDateTime.parse(text, form).toInstant(ZoneOffset.UTC));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static Duration clamped(Duration requested) {
    if (requested.isNegative()) {
      return Duration.ZERO;
    }
    return requested.compareTo(MAX_TIME) < 0 ? requested : MAX_TIME;
  }

  private static DateTimeFormatter english(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
  }
}
