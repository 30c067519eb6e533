package dev.hookferry.secret;

import dev.hookferry.event.Payload;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Objects;

/**
 * Redacts secrets from text received from others, whether verbatim, in hexadecimal or base64,
 * URL-encoded, or escaped for JSON or HTML. Ignores secrets shorter than four bytes, because
 * masking them would reveal their positions. Immutable and thread-safe.
 */
public final class Redactor {
  /** The replacement for a secret. */
  public static final String MASK = "********";

  /** The minimum length of a match, so that masking never lengthens a string. */
  private static final int MIN_LENGTH = 4;

  private static final int BITS = 12;

  /** The length to which headers and details are truncated before they are stored. */
  private static final int CUT = 200;

  private final byte[][] forms;
  private final long[] beginnings = new long[1 << (BITS - 6)];

  private Redactor(byte[][] forms) {
    this.forms = forms;
    for (byte[] form : forms) {
      int hash = hash(form, 0);
      beginnings[hash >> 6] |= 1L << (hash & 63);
    }
  }

  /** Creates a redactor for these secrets. */
  public static Redactor of(Collection<String> secrets) {
    Objects.requireNonNull(secrets, "secrets");
    return new Redactor(SecretEncodings.bytes(secrets, MIN_LENGTH));
  }

  /** Returns the text with secrets masked; the same instance if it contains none. */
  public String clean(String text) {
    Objects.requireNonNull(text, "text");
    if (text.isEmpty()) {
      return text;
    }
    Payload all = Payload.of(text);
    Payload clean = clean(all, text.length() >= CUT);
    return clean.equals(all) ? text : clean.text();
  }

  /**
   * Returns the bytes with secrets masked; the same instance if they contain none. The result is
   * never longer than the input.
   *
   * @param cut whether the bytes were truncated, so that they may end with part of a secret
   */
  public Payload clean(Payload payload, boolean cut) {
    Objects.requireNonNull(payload, "payload");
    byte[] text = payload.unsafeBytes();
    ByteArrayOutputStream clean = null;
    int kept = 0;
    for (int at = 0; at <= text.length - MIN_LENGTH; ) {
      int length = lengthAt(text, at, cut);
      if (length == 0) {
        at++;
        continue;
      }
      clean = clean == null ? new ByteArrayOutputStream(text.length) : clean;
      clean.write(text, kept, at - kept);
      clean.write(MASK.getBytes(StandardCharsets.US_ASCII), 0, Math.min(MASK.length(), length));
      at += length;
      kept = at;
    }
    if (clean == null) {
      return payload;
    }
    clean.write(text, kept, text.length - kept);
    return Payload.wrap(clean.toByteArray());
  }

  private int lengthAt(byte[] text, int at, boolean cut) {
    int hash = hash(text, at);
    if ((beginnings[hash >> 6] & (1L << (hash & 63))) == 0) {
      return 0;
    }
    for (byte[] form : forms) {
      int length = Math.min(form.length, text.length - at);
      boolean whole = length == form.length;
      if ((whole || cut) && Arrays.equals(text, at, at + length, form, 0, length)) {
        return length;
      }
    }
    return 0;
  }

  private static int hash(byte[] text, int at) {
    int word =
        (text[at] & 0xff)
            | ((text[at + 1] & 0xff) << 8)
            | ((text[at + 2] & 0xff) << 16)
            | (text[at + 3] << 24);
    return (word * 0x9E3779B9) >>> (32 - BITS);
  }
}
