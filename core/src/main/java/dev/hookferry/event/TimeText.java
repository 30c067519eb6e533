package dev.hookferry.event;

import java.time.Instant;

/**
 * Writes times as {@link Instant#toString} does, with milliseconds at most. Events come many in a
 * second, so the text of the last second is kept. Thread-safe.
 */
final class TimeText {
  private static volatile Second last = new Second(0, textOf(0));

  private TimeText() {}

  /**
   * A second.
   *
   * @param upTo its text without the {@code Z}
   */
  private record Second(long number, String upTo) {}

  /** The text of a time; what is finer than milliseconds is left out. */
  static String of(Instant time) {
    Second second = last;
    if (second.number() != time.getEpochSecond()) {
      second = new Second(time.getEpochSecond(), textOf(time.getEpochSecond()));
      last = second;
    }
    int millis = time.getNano() / 1_000_000;
    if (millis == 0) {
      return second.upTo() + 'Z';
    }
    char[] fraction = {'.', digit(millis / 100), digit(millis / 10 % 10), digit(millis % 10), 'Z'};
    return second.upTo().concat(new String(fraction));
  }

  private static String textOf(long second) {
    String text = Instant.ofEpochSecond(second).toString();
    return text.substring(0, text.length() - 1);
  }

  private static char digit(int value) {
    return (char) ('0' + value);
  }
}
