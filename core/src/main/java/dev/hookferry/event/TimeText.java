package dev.hookferry.event;

import java.time.Instant;

/**
 * Formats times as {@link Instant#toString} does, truncated to milliseconds. Caches the text of the
 * last second, because many events share it. Thread-safe.
 */
final class TimeText {
  private static volatile Second last = new Second(0, textOf(0));

  private TimeText() {}

  /**
   * A cached second.
   *
   * @param upTo its text without the {@code Z}
   */
  private record Second(long number, String upTo) {}

  /** Formats a time, truncated to milliseconds. */
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
