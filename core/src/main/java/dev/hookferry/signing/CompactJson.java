package dev.hookferry.signing;

import dev.hookferry.event.Payload;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Compacts JSON as some senders do: removes white space between tokens and keeps all other bytes.
 * The result is undefined for invalid JSON.
 */
final class CompactJson {
  /** First byte of U+2028 and U+2029 in UTF-8, which differ only in their last byte. */
  private static final int SEPARATOR_LEAD = 0xe2;

  private static final int SEPARATOR_MIDDLE = 0x80;
  private static final int LINE_SEPARATOR = 0xa8;
  private static final int PARAGRAPH_SEPARATOR = 0xa9;

  private CompactJson() {}

  static Payload of(Payload json) {
    return written(json, false);
  }

  /**
   * Returns compact JSON in which characters that are special in HTML and JavaScript are escaped.
   */
  static Payload escaped(Payload json) {
    return written(json, true);
  }

  private static Payload written(Payload json, boolean isEscaped) {
    byte[] from = json.unsafeBytes();
    ByteArrayOutputStream to = new ByteArrayOutputStream(from.length);
    boolean inside = false;
    for (int i = 0; i < from.length; i++) {
      int c = from[i] & 0xff;
      if (!inside && (c == ' ' || c == '\t' || c == '\n' || c == '\r')) {
        continue;
      }
      if (inside && c == '\\' && i + 1 < from.length) {
        to.write(c);
        i++;
        to.write(from[i]);
        continue;
      }
      inside ^= c == '"';
      int length = isEscaped ? escape(from, i, to) : 0;
      if (length == 0) {
        to.write(c);
      } else {
        i += length - 1;
      }
    }
    return Payload.wrap(to.toByteArray());
  }

  /** Writes an escape sequence if needed. Returns the number of bytes that it replaces, or 0. */
  private static int escape(byte[] from, int at, ByteArrayOutputStream to) {
    int c = from[at] & 0xff;
    if (c == '<' || c == '>' || c == '&') {
      to.writeBytes(String.format("\\u%04x", c).getBytes(StandardCharsets.US_ASCII));
      return 1;
    }
    if (c == SEPARATOR_LEAD && at + 2 < from.length && (from[at + 1] & 0xff) == SEPARATOR_MIDDLE) {
      int last = from[at + 2] & 0xff;
      if (last == LINE_SEPARATOR || last == PARAGRAPH_SEPARATOR) {
        String text = last == LINE_SEPARATOR ? "\\u2028" : "\\u2029";
        to.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
        return 3;
      }
    }
    return 0;
  }
}
