package dev.hookferry.body;

import dev.hookferry.event.Payload;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** An output buffer for JSON with a size limit. Not thread-safe. */
final class JsonBuffer {
  private static final String HEX = "0123456789abcdef";

  private final int max;
  private byte[] bytes;
  private int size;

  /**
   * Creates an empty buffer.
   *
   * @param max the maximum number of bytes that it may hold
   */
  JsonBuffer(int max) {
    this.max = max;
    bytes = new byte[Math.min(max, 512)];
  }

  int size() {
    return size;
  }

  /** Appends bytes that are already JSON. */
  JsonBuffer json(byte[] from, int begin, int end) {
    int length = end - begin;
    reserve(length);
    System.arraycopy(from, begin, bytes, size, length);
    size += length;
    return this;
  }

  /** Appends JSON in ASCII. */
  JsonBuffer json(String ascii) {
    byte[] added = ascii.getBytes(StandardCharsets.US_ASCII);
    return json(added, 0, added.length);
  }

  /** Appends a JSON value. */
  JsonBuffer json(Payload value) {
    return json(value.unsafeBytes(), 0, value.size());
  }

  /** Appends an ASCII character. */
  JsonBuffer json(char ascii) {
    reserve(1);
    bytes[size++] = (byte) ascii;
    return this;
  }

  /** Appends a string in quotation marks, escaped where necessary. */
  JsonBuffer text(String value) {
    byte[] added = quoted(value);
    return json(added, 0, added.length);
  }

  /** Returns a string in quotation marks, escaped where necessary. */
  static byte[] quoted(String value) {
    int plain = 0;
    while (plain < value.length() && isPlain(value.charAt(plain))) {
      plain++;
    }
    return plain == value.length() ? quotedPlain(value) : quotedWithEscapes(value);
  }

  private static boolean isPlain(char c) {
    return c >= ' ' && c < 0x7f && c != '"' && c != '\\';
  }

  private static byte[] quotedPlain(String ascii) {
    byte[] quoted = new byte[ascii.length() + 2];
    quoted[0] = '"';
    for (int i = 0; i < ascii.length(); i++) {
      quoted[i + 1] = (byte) ascii.charAt(i);
    }
    quoted[quoted.length - 1] = '"';
    return quoted;
  }

  private static byte[] quotedWithEscapes(String value) {
    StringBuilder quoted = new StringBuilder(value.length() + 16).append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ' || isLone(value, i)) {
        escape(quoted, c);
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Returns the bytes; the buffer must not be changed afterwards. */
  Payload end() {
    return Payload.wrap(size == bytes.length ? bytes : Arrays.copyOf(bytes, size));
  }

  private void reserve(int more) {
    if (more > max - size) {
      throw new BodyException("the body would have more than " + max + " bytes");
    }
    if (more > bytes.length - size) {
      bytes = Arrays.copyOf(bytes, Math.min(max, Math.max(size + more, 2 * bytes.length)));
    }
  }

  /** Returns whether a character is an unpaired surrogate, which UTF-8 cannot encode. */
  private static boolean isLone(String value, int at) {
    char c = value.charAt(at);
    if (Character.isHighSurrogate(c)) {
      return at + 1 == value.length() || !Character.isLowSurrogate(value.charAt(at + 1));
    }
    return Character.isLowSurrogate(c)
        && (at == 0 || !Character.isHighSurrogate(value.charAt(at - 1)));
  }

  private static void escape(StringBuilder quoted, char c) {
    int known = "\b\f\n\r\t".indexOf(c);
    if (known >= 0) {
      quoted.append('\\').append("bfnrt".charAt(known));
      return;
    }
    quoted.append("\\u");
    for (int shift = 12; shift >= 0; shift -= 4) {
      quoted.append(HEX.charAt(c >> shift & 15));
    }
  }
}
