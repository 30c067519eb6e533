package dev.hookferry.http.words;

/**
 * A time as headlines show it: the time of day, with the date only if it is on another day than
 * now, and how far away it is.
 *
 * @param text in UTC, such as {@code 3:54 AM UTC}
 * @param exact the date and time in full, in UTC
 * @param machine RFC 3339
 * @param span such as {@code 7 min}, or {@code in 7 min} for a time to come
 */
public record ClockTime(String text, String exact, String machine, String span) {
  /** No time; shows nothing. */
  public static final ClockTime EMPTY = new ClockTime("", "", "", "");
}
