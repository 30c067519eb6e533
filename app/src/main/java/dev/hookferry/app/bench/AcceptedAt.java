package dev.hookferry.app.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * When the server accepted what it delivers. It makes a delivery's id when it takes the event up,
 * before the commit, and the first ten characters of the id are that millisecond.
 */
final class AcceptedAt {
  private static final byte[] HEADER = "hookferry-delivery:".getBytes(StandardCharsets.US_ASCII);
  private static final String PREFIX = "dlv_";
  private static final String DIGITS = "0123456789abcdefghjkmnpqrstvwxyz";
  private static final int LENGTH = 10;
  private static final byte[] VALUES = values();

  private AcceptedAt() {}

  /** Milliseconds of Unix time, or 0 if a request does not say. */
  static long millis(ByteBuffer request, int start, int head) {
    int at = HttpFrame.value(request, start, head, HEADER);
    if (at < 0) {
      return 0;
    }
    while (request.get(at) == ' ') {
      at++;
    }
    long millis = 0;
    for (int i = at + PREFIX.length(); i < at + PREFIX.length() + LENGTH; i++) {
      millis = millis << 5 | VALUES[request.get(i) & 0x7f];
    }
    return millis;
  }

  private static byte[] values() {
    byte[] values = new byte[128];
    for (int i = 0; i < DIGITS.length(); i++) {
      values[DIGITS.charAt(i)] = (byte) i;
    }
    return values;
  }
}
