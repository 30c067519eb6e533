package dev.hookferry.app.text;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;

/** Formats how long ago something was, or when it will be. */
public final class RelativeTime {
  private static final long DAYS_FROM = 48;

  private RelativeTime() {}

  /** Returns a text such as {@code 3 min ago}, {@code in 12 s} or {@code now}. */
  public static String of(Instant when, Instant now) {
    Duration apart = Duration.between(when, now);
    Duration length = apart.abs();
    if (length.toSeconds() == 0) {
      return "now";
    }
    return apart.isNegative() ? "in " + text(length) : text(length) + " ago";
  }

  /** Returns the text for a time in ISO 8601, and anything else unchanged. */
  public static String of(String when, Instant now) {
    try {
      return of(Instant.parse(when), now);
    } catch (DateTimeException e) {
      return when;
    }
  }

  private static String text(Duration length) {
    if (length.toMinutes() == 0) {
      return length.toSeconds() + " s";
    }
    if (length.toHours() == 0) {
      return length.toMinutes() + " min";
    }
    return length.toHours() < DAYS_FROM ? length.toHours() + " h" : length.toDays() + " d";
  }
}
