package dev.hookferry.file.line;

import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;

/** A growing, reusable buffer for lines of JSON. Not thread-safe. */
public final class LineBuffer {
  private static final int INITIAL_SIZE = 1 << 16;
  private static final int LARGE = 1 << 23;
  private static final int PIECE = 1 << 12;
  private static final String HEX = "0123456789abcdef";

  private final InstantText times = new InstantText();
  private byte[] bytes = new byte[INITIAL_SIZE];
  private int size;

  /** Empties the buffer. */
  public void clear() {
    size = 0;
    if (bytes.length > LARGE) {
      bytes = new byte[INITIAL_SIZE];
    }
  }

  public int size() {
    return size;
  }

  /** Returns the backing array; only the first {@link #size} bytes are valid. */
  public byte[] array() {
    return bytes;
  }

  /** Reserves space for bytes that are written later. */
  public LineBuffer skip(int count) {
    ensure(count);
    size += count;
    return this;
  }

  /** Appends ASCII characters that need no escaping. */
  public LineBuffer plain(String ascii) {
    ensure(ascii.length());
    copy(ascii);
    return this;
  }

  /**
   * Copies the text with a deprecated method, the only one that bulk-copies the bytes into an
   * existing array.
   */
  @SuppressWarnings("deprecation")
  private void copy(String ascii) {
    int length = ascii.length();
    ascii.getBytes(0, length, bytes, size);
    size += length;
  }

  /** Appends bytes verbatim. */
  public LineBuffer raw(byte[] more) {
    return raw(more, 0, more.length);
  }

  /** Appends a range of bytes verbatim. */
  public LineBuffer raw(byte[] more, int from, int to) {
    ensure(to - from);
    System.arraycopy(more, from, bytes, size, to - from);
    size += to - from;
    return this;
  }

  /** Begins an object member: a comma unless it is the first, the name, a colon. */
  public LineBuffer name(String name) {
    ensure(name.length() + 4);
    if (bytes[size - 1] != '{') {
      bytes[size++] = ',';
    }
    bytes[size++] = '"';
    copy(name);
    bytes[size++] = '"';
    bytes[size++] = ':';
    return this;
  }

  /** Appends a string member that needs no escaping. */
  public LineBuffer token(String name, String ascii) {
    name(name);
    ensure(ascii.length() + 2);
    bytes[size++] = '"';
    copy(ascii);
    bytes[size++] = '"';
    return this;
  }

  /** Appends a number member. */
  public LineBuffer number(String name, long value) {
    return name(name).plain(Long.toString(value));
  }

  /** Appends a time member. */
  public LineBuffer time(String name, Instant value) {
    name(name);
    ensure(InstantText.MAX_LENGTH + 2);
    bytes[size++] = '"';
    size = times.write(value, bytes, size);
    bytes[size++] = '"';
    return this;
  }

  /** Appends a string member, escaping it. */
  public LineBuffer text(String name, String value) {
    name(name).plain("\"");
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      ensure(6);
      if (c < 0x80) {
        escaped((byte) c);
      } else {
        // Unpaired surrogates have no UTF-8 encoding; escapes preserve them.
        plain("\\u").hex(c >> 12).hex(c >> 8).hex(c >> 4).hex(c);
      }
    }
    return plain("\"");
  }

  private LineBuffer hex(int digit) {
    bytes[size++] = (byte) HEX.charAt(digit & 15);
    return this;
  }

  /** Appends a string member given as UTF-8, escaping it. */
  public LineBuffer utf8(String name, byte[] value) {
    name(name).plain("\"");
    for (int from = 0; from < value.length; from += PIECE) {
      piece(value, from, Math.min(from + PIECE, value.length));
    }
    return plain("\"");
  }

  /**
   * Copies a range while escaping. Avoids field access in the loop over the payload, the longest
   * loop of a commit.
   */
  private void piece(byte[] value, int from, int to) {
    ensure(6 * (to - from));
    byte[] out = bytes;
    int at = size;
    for (int i = from; i < to; i++) {
      byte b = value[i];
      if (b == '"' || b == '\\') {
        out[at++] = '\\';
        out[at++] = b;
      } else if (b < 0 || b >= ' ') {
        out[at++] = b;
      } else {
        size = at;
        escaped(b);
        at = size;
      }
    }
    size = at;
  }

  private void escaped(byte b) {
    if (b == '"' || b == '\\') {
      bytes[size++] = '\\';
      bytes[size++] = b;
    } else if (b >= 0 && b < ' ') {
      plain("\\u00").hex(b >> 4).hex(b);
    } else {
      bytes[size++] = b;
    }
  }

  /** Appends a member with arbitrary bytes as Base64. */
  public LineBuffer base64(String name, byte[] value) {
    return name(name).plain("\"").raw(Base64.getEncoder().encode(value)).plain("\"");
  }

  private void ensure(int more) {
    if (bytes.length - size < more) {
      int required = Math.addExact(size, more);
      bytes = Arrays.copyOf(bytes, Math.max(required, (int) Math.min(bytes.length * 2L, 1 << 30)));
    }
  }
}
