package dev.hookferry.http.words;

import java.util.Locale;

/** Formats numbers as the console shows them, with thousands separators. */
public final class NumberText {
  private NumberText() {}

  /** Returns a whole number, such as {@code 1,024}. */
  public static String of(long number) {
    return String.format(Locale.ENGLISH, "%,d", number);
  }

  /**
   * Returns a number, with a plus sign if there may be more, such as {@code 1,000+}.
   *
   * @param more whether counting stopped at {@code number}
   */
  public static String of(long number, boolean more) {
    return of(number) + (more ? "+" : "");
  }

  /**
   * Returns a number of things, such as {@code 1,024 events} or {@code 1 event}.
   *
   * @param noun the singular, whose plural ends with an s
   */
  public static String counted(long number, String noun) {
    return of(number) + " " + noun + (number == 1 ? "" : "s");
  }
}
