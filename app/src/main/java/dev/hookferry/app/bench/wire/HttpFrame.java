package dev.hookferry.app.bench.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Finds the ends of HTTP/1.1 messages with a {@code Content-Length}, the only ones sent here.
 * Optimized for low CPU use, since the bench shares the machine with the server.
 */
public final class HttpFrame {
  private static final byte[] LENGTH = "content-length:".getBytes(StandardCharsets.US_ASCII);
  private static final int TO_LOWER = 0x20;

  private HttpFrame() {}

  /** Returns the length of the head at a position, including its last line; -1 if incomplete. */
  public static int head(ByteBuffer bytes, int from) {
    for (int i = from + 3; i < bytes.limit(); i++) {
      if (bytes.get(i) == '\n' && bytes.get(i - 1) == '\r' && bytes.get(i - 2) == '\n') {
        return i + 1 - from;
      }
    }
    return -1;
  }

  /** Returns the length of the body announced by a head; 0 if absent. */
  public static int body(ByteBuffer bytes, int from, int head) {
    int at = value(bytes, from, head, LENGTH);
    if (at < 0) {
      return 0;
    }
    while (bytes.get(at) == ' ') {
      at++;
    }
    int length = 0;
    for (byte b = bytes.get(at); b >= '0' && b <= '9'; b = bytes.get(++at)) {
      length = 10 * length + (b - '0');
    }
    return length;
  }

  /**
   * Returns the position of a header's value; -1 if absent.
   *
   * @param name the name in lower case, with its colon
   */
  public static int value(ByteBuffer bytes, int from, int head, byte[] name) {
    int last = from + head - name.length;
    for (int i = from; i < last; i++) {
      if (bytes.get(i) == '\n' && isAt(bytes, i + 1, name)) {
        return i + 1 + name.length;
      }
    }
    return -1;
  }

  /** Returns the position of some bytes within a limited number of positions; -1 if absent. */
  static int find(ByteBuffer bytes, int from, int places, byte[] sought) {
    int last = Math.min(from + places, bytes.limit() - sought.length);
    for (int i = from; i < last; i++) {
      if (bytes.get(i) == sought[0] && isAt(bytes, i, sought)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isAt(ByteBuffer bytes, int at, byte[] lower) {
    for (int i = 0; i < lower.length; i++) {
      byte b = bytes.get(at + i);
      byte folded = b >= 'A' && b <= 'Z' ? (byte) (b | TO_LOWER) : b;
      if (folded != lower[i]) {
        return false;
      }
    }
    return true;
  }
}
