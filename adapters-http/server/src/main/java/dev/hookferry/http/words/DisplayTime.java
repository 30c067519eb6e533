package dev.hookferry.http.words;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * A time as pages show it.
 *
 * @param text relative, such as {@code 3 min ago}
 * @param exact in UTC, to the millisecond
 * @param machine in RFC 3339 format
 * @param isDue whether this is the time of a planned action, which reads "due now" once it has
 *     passed
 */
public record DisplayTime(String text, String exact, String machine, boolean isDue) {
  private static final DateTimeFormatter EXACT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS 'UTC'").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);

  /** Minutes from which on durations are in whole hours. */
  private static final long WHOLE_HOURS_FROM = 600;

  /** No time; shows a dash. */
  public static final DisplayTime NONE = new DisplayTime("–", "", "", false);

  /** No time; shows nothing. */
  public static final DisplayTime EMPTY = new DisplayTime("", "", "", false);

  public static DisplayTime of(@Nullable Instant time, Instant now) {
    if (time == null) {
      return NONE;
    }
    Duration ago = Duration.between(time, now);
    String text;
    if (ago.abs().compareTo(Duration.ofSeconds(1)) < 0) {
      text = "just now";
    } else {
      // Whole seconds: ticking tenths would only distract.
      String whole = relative(Duration.ofSeconds(ago.abs().toSeconds()));
      text = ago.isNegative() ? "in " + whole : whole + " ago";
    }
    return new DisplayTime(text, EXACT.format(time), time.toString(), false);
  }

  /** Returns the time of a planned action; {@code due now} if it has passed. */
  public static DisplayTime due(Instant time, Instant now) {
    DisplayTime moment = of(time, now);
    boolean isNear = time.isBefore(now.plusSeconds(1));
    String text = !time.isAfter(now) ? "due now" : isNear ? "in 1 s" : moment.text();
    return new DisplayTime(text, moment.exact(), moment.machine(), true);
  }

  /** Returns the exact time without seconds; empty if there is no time. */
  public String minute() {
    return exact.replaceFirst(":[0-9.]+ UTC$", " UTC");
  }

  /** Returns the time of day in UTC, such as {@code 17:01:05}. */
  public static String clock(Instant time) {
    return CLOCK.format(time);
  }

  /**
   * Returns a duration for ticking counters: as {@link #length} does, but never in milliseconds, in
   * minutes from 60 s on.
   */
  public static String relative(Duration length) {
    long seconds = length.toSeconds();
    if (seconds < 1) {
      return "under 1 s";
    }
    return seconds < 60 || seconds >= 120 ? length(length) : rounded(seconds, 60) + " min";
  }

  /** Returns how long something took: {@code in 47 ms}, {@code in under 1 ms}. */
  public static String took(Duration length) {
    return "in " + length(length);
  }

  /** Returns how long a failed step took: {@code after 10 s}, {@code in under 1 ms}. */
  public static String after(Duration length) {
    return length.toMillis() < 1 ? took(length) : "after " + length(length);
  }

  /**
   * Returns a duration in the unit that fits best, in hours and minutes from an hour to ten; {@code
   * under 1 ms} rather than 0 ms.
   */
  public static String length(Duration length) {
    long millis = length.toMillis();
    if (millis < 1) {
      return "under 1 ms";
    }
    if (millis < 1_000) {
      return millis + " ms";
    }
    if (millis < 10_000) {
      long tenths = millis % 1_000 / 100;
      return millis / 1_000 + (tenths == 0 ? "" : "." + tenths) + " s";
    }
    long seconds = length.toSeconds();
    if (seconds < 120) {
      return seconds + " s";
    }
    long minutes = rounded(seconds, 60);
    if (minutes < WHOLE_HOURS_FROM) {
      return minutes < 60 ? minutes + " min" : hours(minutes);
    }
    return seconds < 172_800 ? rounded(seconds, 3_600) + " h" : rounded(seconds, 86_400) + " d";
  }

  private static String hours(long minutes) {
    String hours = minutes / 60 + " h";
    return minutes % 60 == 0 ? hours : hours + " " + minutes % 60 + " min";
  }

  private static long rounded(long seconds, long unit) {
    return (seconds + unit / 2) / unit;
  }
}
