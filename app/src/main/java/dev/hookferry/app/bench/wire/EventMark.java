package dev.hookferry.app.bench.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A unique mark at the start of every event's data, to match arrivals with events.
 *
 * @param run the number of the run
 * @param number the event's number, from 0 within the run
 * @param sentMicros the scheduled send time, in microseconds of Unix time
 */
public record EventMark(int run, int number, long sentMicros) {
  static final int RUN_DIGITS = 4;
  static final int NUMBER_DIGITS = 10;
  static final int MICROS_DIGITS = 16;

  private static final byte[] START = "{\"bench\":\"".getBytes(StandardCharsets.US_ASCII);
  private static final int WHERE = 256;

  /** The total number of digits. */
  public static final int LENGTH = RUN_DIGITS + NUMBER_DIGITS + MICROS_DIGITS;

  /** Returns the text of an event's data before the mark's digits. */
  public static String start() {
    return new String(START, StandardCharsets.US_ASCII);
  }

  /** Writes the digits. */
  public void write(byte[] target, int at) {
    digits(target, at, RUN_DIGITS, run);
    digits(target, at + RUN_DIGITS, NUMBER_DIGITS, number);
    digits(target, at + RUN_DIGITS + NUMBER_DIGITS, MICROS_DIGITS, sentMicros);
  }

  /** Finds the mark near the start of a body; null if there is none. */
  public static @Nullable EventMark read(ByteBuffer bytes, int body) {
    int found = HttpFrame.find(bytes, body, WHERE, START);
    int at = found + START.length;
    if (found < 0 || at + LENGTH > bytes.limit()) {
      return null;
    }
    return new EventMark(
        (int) number(bytes, at, RUN_DIGITS),
        (int) number(bytes, at + RUN_DIGITS, NUMBER_DIGITS),
        number(bytes, at + RUN_DIGITS + NUMBER_DIGITS, MICROS_DIGITS));
  }

  private static void digits(byte[] target, int at, int count, long value) {
    long rest = value;
    for (int i = at + count - 1; i >= at; i--) {
      target[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
  }

  private static long number(ByteBuffer bytes, int at, int count) {
    long value = 0;
    for (int i = at; i < at + count; i++) {
      value = 10 * value + (bytes.get(i) - '0');
    }
    return value;
  }
}
