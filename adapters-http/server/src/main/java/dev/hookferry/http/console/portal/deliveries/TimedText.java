package dev.hookferry.http.console.portal.deliveries;

import dev.hookferry.http.words.DisplayTime;

/**
 * A text around a time, which pages show in full and in the viewer's time zone.
 *
 * @param before the text up to the time
 * @param at the time; empty if the text has none
 * @param after the text after it; may be empty
 */
public record TimedText(String before, DisplayTime at, String after) {
  /** Stands in a text for the time. */
  public static final String TIME = "\n";

  /** No text. */
  public static final TimedText EMPTY = of("");

  /** Returns a text without a time. */
  public static TimedText of(String text) {
    return new TimedText(text, DisplayTime.EMPTY, "");
  }

  /** Returns a text in which {@link #TIME} stands for a time. */
  public static TimedText of(String text, DisplayTime at) {
    int split = text.indexOf(TIME);
    return new TimedText(text.substring(0, split), at, text.substring(split + TIME.length()));
  }

  /** Returns whether there is no text. */
  public boolean isEmpty() {
    return before.isEmpty() && after.isEmpty();
  }
}
