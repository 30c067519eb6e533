package dev.hookferry.id;

import dev.hookferry.refusal.InvalidException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.UUID;

/**
 * Textual form of ids: a prefix and 26 lower-case characters of Crockford's base 32. Texts with the
 * same prefix sort like the ids. Only the canonical spelling is accepted.
 */
public final class IdText {
  private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
  private static final byte[] DIGITS = ALPHABET.getBytes(StandardCharsets.US_ASCII);
  private static final int LENGTH = 26;

  /**
   * Number of digits that hold bits of the low half only; the digit before them holds bits of both.
   */
  private static final int LOW_DIGITS = 12;

  private IdText() {}

  /** Formats an id after an ASCII prefix. */
  public static String write(String prefix, UUID id) {
    Objects.requireNonNull(prefix, "prefix");
    Objects.requireNonNull(id, "id");
    byte[] text = new byte[prefix.length() + LENGTH];
    long high = id.getMostSignificantBits();
    long low = id.getLeastSignificantBits();
    int middle = prefix.length() + LENGTH - LOW_DIGITS - 1;
    for (int i = text.length - 1; i > middle; i--) {
      text[i] = DIGITS[(int) low & 31];
      low >>>= 5;
    }
    text[middle] = DIGITS[(int) (high << 4 | low) & 31];
    high >>>= 1;
    for (int i = middle - 1; i >= prefix.length(); i--) {
      text[i] = DIGITS[(int) high & 31];
      high >>>= 5;
    }
    for (int i = 0; i < prefix.length(); i++) {
      text[i] = (byte) prefix.charAt(i);
    }
    return new String(text, StandardCharsets.ISO_8859_1);
  }

  /**
   * Parses an id.
   *
   * @throws InvalidException if the text is not the output of {@link #write} for this prefix
   */
  public static UUID read(String prefix, String text) {
    Objects.requireNonNull(prefix, "prefix");
    Objects.requireNonNull(text, "text");
    if (text.length() != prefix.length() + LENGTH || !text.startsWith(prefix)) {
      throw malformed(prefix);
    }
    long high = 0;
    long low = 0;
    for (int i = prefix.length(); i < text.length(); i++) {
      int digit = ALPHABET.indexOf(text.charAt(i));
      if (digit < 0 || high >>> 59 != 0) {
        throw malformed(prefix);
      }
      high = high << 5 | low >>> 59;
      low = low << 5 | digit;
    }
    return new UUID(high, low);
  }

  private static InvalidException malformed(String prefix) {
    return InvalidException.of("id", "must be " + prefix + " followed by 26 characters as issued");
  }
}
