package dev.hookferry.http.console.portal.deliveries;

import dev.hookferry.http.words.ClockTime;
import dev.hookferry.http.words.DisplayTime;

/**
 * A text around a time, which pages show in the viewer's time zone: in full, or in headlines with
 * the date only if it is not today.
 *
 * @param before the text up to the time
 * @param at the time in full; empty if the text has none
 * @param clock the time of a headline; empty if the text has none
 * @param after the text after it; may be empty
 */
public record TimedText(String before, DisplayTime at, ClockTime clock, String after) {
  /** The placeholder for the time in a text. */
  public static final String TIME = "\n";

  /** No text. */
  public static final TimedText EMPTY = of("");

  /** Returns a text without a time. */
  public static TimedText of(String text) {
    return new TimedText(text, DisplayTime.EMPTY, ClockTime.EMPTY, "");
  }

  /** Returns a text in which {@link #TIME} stands for a time in full. */
  public static TimedText of(String text, DisplayTime at) {
    int split = text.indexOf(TIME);
    return new TimedText(
        text.substring(0, split), at, ClockTime.EMPTY, text.substring(split + TIME.length()));
  }

  /** Returns a headline in which {@link #TIME} stands for a time. */
  public static TimedText headline(String text, ClockTime clock) {
    int split = text.indexOf(TIME);
    return new TimedText(
        text.substring(0, split), DisplayTime.EMPTY, clock, text.substring(split + TIME.length()));
  }

  /** Returns whether there is no text. */
  public boolean isEmpty() {
    return before.isEmpty() && after.isEmpty();
  }
}
