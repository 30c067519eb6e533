package dev.hookferry.http.words;

/**
 * A time as headlines show it: the time of day, with the date only if it is not today, and the
 * distance from now.
 *
 * @param text in UTC, such as {@code 03:54 AM UTC}
 * @param exact the date and time in full, in UTC
 * @param machine in RFC 3339 format
 * @param span the distance from now, such as {@code 7 min}, or {@code in 7 min} for a future time
 */
public record ClockTime(String text, String exact, String machine, String span) {
  /** No time; shows nothing. */
  public static final ClockTime EMPTY = new ClockTime("", "", "", "");
}
