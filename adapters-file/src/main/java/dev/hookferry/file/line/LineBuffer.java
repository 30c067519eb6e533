package dev.hookferry.file.line;

import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;

/** A growing buffer into which lines of JSON are written, used again and again. */
public final class LineBuffer {
  private static final int USUAL = 1 << 16;
  private static final int LARGE = 1 << 23;
  private static final int PIECE = 1 << 12;
  private static final String HEX = "0123456789abcdef";

  private final InstantText times = new InstantText();
  private byte[] bytes = new byte[USUAL];
  private int size;

  /** Empties it. */
  public void clear() {
    size = 0;
    if (bytes.length > LARGE) {
      bytes = new byte[USUAL];
    }
  }

  public int size() {
    return size;
  }

  /** The bytes; those after {@link #size} mean nothing. */
  public byte[] array() {
    return bytes;
  }

  /** Leaves room for bytes that are written later. */
  public LineBuffer skip(int count) {
    ensure(count);
    size += count;
    return this;
  }

  /** Adds characters that are ASCII and need no escape. */
  public LineBuffer plain(String ascii) {
    ensure(ascii.length());
    copy(ascii);
    return this;
  }

  /** The one way to copy a text's bytes as a whole and into a place that is there already. */
  @SuppressWarnings("deprecation")
  private void copy(String ascii) {
    int length = ascii.length();
    ascii.getBytes(0, length, bytes, size);
    size += length;
  }

  /** Adds bytes as they are. */
  public LineBuffer raw(byte[] more) {
    return raw(more, 0, more.length);
  }

  /** Adds some bytes as they are. */
  public LineBuffer raw(byte[] more, int from, int to) {
    ensure(to - from);
    System.arraycopy(more, from, bytes, size, to - from);
    size += to - from;
    return this;
  }

  /** Begins a member of an object: a comma if it is not the first, the name, a colon. */
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

  /** Adds a member whose value needs no escape. */
  public LineBuffer token(String name, String ascii) {
    name(name);
    ensure(ascii.length() + 2);
    bytes[size++] = '"';
    copy(ascii);
    bytes[size++] = '"';
    return this;
  }

  /** Adds a member that is a number. */
  public LineBuffer number(String name, long value) {
    return name(name).plain(Long.toString(value));
  }

  /** Adds a member that is a time. */
  public LineBuffer time(String name, Instant value) {
    name(name);
    ensure(InstantText.LONGEST + 2);
    bytes[size++] = '"';
    size = times.write(value, bytes, size);
    bytes[size++] = '"';
    return this;
  }

  /** Adds a member that is any text. */
  public LineBuffer text(String name, String value) {
    name(name).plain("\"");
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      ensure(6);
      if (c < 0x80) {
        escaped((byte) c);
      } else {
        // Surrogates that stand alone have no UTF-8; escaped, all of them come back.
        plain("\\u").hex(c >> 12).hex(c >> 8).hex(c >> 4).hex(c);
      }
    }
    return plain("\"");
  }

  private LineBuffer hex(int digit) {
    bytes[size++] = (byte) HEX.charAt(digit & 15);
    return this;
  }

  /** Adds a member that is a text given as UTF-8. */
  public LineBuffer utf8(String name, byte[] value) {
    name(name).plain("\"");
    for (int from = 0; from < value.length; from += PIECE) {
      piece(value, from, Math.min(from + PIECE, value.length));
    }
    return plain("\"");
  }

  /** Fields are kept out of the loop over a payload's bytes: it is the longest of a commit. */
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

  /** Adds a member that is any bytes, as Base64. */
  public LineBuffer base64(String name, byte[] value) {
    return name(name).plain("\"").raw(Base64.getEncoder().encode(value)).plain("\"");
  }

  private void ensure(int more) {
    if (bytes.length - size < more) {
      int wanted = Math.addExact(size, more);
      bytes = Arrays.copyOf(bytes, Math.max(wanted, (int) Math.min(bytes.length * 2L, 1 << 30)));
    }
  }
}
