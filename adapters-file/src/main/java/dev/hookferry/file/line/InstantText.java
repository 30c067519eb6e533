package dev.hookferry.file.line;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;

/**
 * Formats and parses times such as {@code 2026-04-29T16:39:49.120Z}, always with milliseconds.
 * Journals are full of times, mostly within the same second, so the last second is cached. Not
 * thread-safe.
 */
public final class InstantText {
  /** Largest size of a formatted time, in bytes. */
  static final int MAX_LENGTH = 40;

  private static final int LENGTH = 24;
  private static final long FIRST = Instant.parse("0000-01-01T00:00:00Z").getEpochSecond();
  private static final long END = Instant.parse("+10000-01-01T00:00:00Z").getEpochSecond();

  private long second = Long.MIN_VALUE;
  private byte[] upToSecond = {};

  /** Writes a time into an array and returns the position after it. */
  int write(Instant time, byte[] target, int at) {
    long now = time.getEpochSecond();
    if (now < FIRST || now >= END) {
      // Indexes store milliseconds: a time out of their range could be written but not read back.
      return put(ascii(Instant.ofEpochMilli(time.toEpochMilli()).toString()), target, at);
    }
    if (now != second) {
      String text = Instant.ofEpochSecond(now).toString();
      upToSecond = ascii(text.substring(0, text.length() - 1) + '.');
      second = now;
    }
    int end = put(upToSecond, target, at);
    int millis = time.getNano() / 1_000_000;
    target[end++] = digit(millis / 100);
    target[end++] = digit(millis / 10 % 10);
    target[end++] = digit(millis % 10);
    target[end++] = 'Z';
    return end;
  }

  private static int put(byte[] text, byte[] target, int at) {
    System.arraycopy(text, 0, target, at, text.length);
    return at + text.length;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte digit(int value) {
    return (byte) ('0' + value);
  }

  /** Parses the output of {@link #write}, or any other ISO 8601 instant. */
  public static Instant read(String text) {
    if (text.length() != LENGTH || text.charAt(LENGTH - 1) != 'Z' || text.charAt(4) != '-') {
      return Instant.parse(text);
    }
    LocalDate day = LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10));
    long time = (number(text, 11, 13) * 60L + number(text, 14, 16)) * 60L + number(text, 17, 19);
    return Instant.ofEpochSecond(
        day.toEpochDay() * 86_400L + time, number(text, 20, 23) * 1_000_000L);
  }

  private static int number(String text, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      number = number * 10 + (text.charAt(i) - '0');
    }
    return number;
  }
}
