package dev.hookferry.id;

import dev.hookferry.refusal.InvalidException;
import java.util.UUID;

/**
 * The textual form of ids: a prefix and 26 characters of Crockford's base 32, lower case. Texts of
 * one prefix sort like the ids. Only the canonical spelling is read.
 */
public final class IdText {
  private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
  private static final int LENGTH = 26;

  private IdText() {}

  /** Writes an id. */
  public static String write(String prefix, UUID id) {
    char[] text = new char[LENGTH];
    long high = id.getMostSignificantBits();
    long low = id.getLeastSignificantBits();
    for (int i = LENGTH - 1; i >= 0; i--) {
      text[i] = ALPHABET.charAt((int) (low & 31));
      low = low >>> 5 | high << 59;
      high >>>= 5;
    }
    return prefix + new String(text);
  }

  /**
   * Reads an id back.
   *
   * @throws InvalidException if the text is not what {@link #write} gives for this prefix
   */
  public static UUID read(String prefix, String text) {
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
