package dev.hookferry.access;

import dev.hookferry.event.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32;

/**
 * Format of API keys: {@code hf_}, 22 random letters and digits, {@code _}, and a six-character
 * checksum, by which mistyped and invented keys are rejected before any lookup.
 */
public final class KeyText {
  private static final String PREFIX = "hf_";
  private static final String ALPHABET =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final int RANDOM = 22;
  private static final int CHECKSUM = 6;

  /** Maximum length of a key chosen by an operator, in characters. */
  private static final int MAX_LENGTH = 500;

  private KeyText() {}

  /**
   * Generates a key.
   *
   * @param random cryptographically secure in production
   */
  public static String generate(RandomGenerator random) {
    Objects.requireNonNull(random, "random");
    StringBuilder text = new StringBuilder(PREFIX);
    for (int i = 0; i < RANDOM; i++) {
      text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return text + "_" + checksum(text.toString());
  }

  /**
   * Returns whether a string can be a key: if it has the prefix, form and checksum must match; else
   * it must be 1 to 500 visible ASCII characters.
   */
  public static boolean isPlausible(String text) {
    Objects.requireNonNull(text, "text");
    if (!text.startsWith(PREFIX)) {
      return isVisible(text) && text.length() <= MAX_LENGTH;
    }
    int end = PREFIX.length() + RANDOM;
    return text.length() == end + 1 + CHECKSUM
        && text.charAt(end) == '_'
        && text.endsWith(checksum(text.substring(0, end)));
  }

  /** Returns the stored hash of a key. */
  public static String sha256(String text) {
    Objects.requireNonNull(text, "text");
    return Sha256.hex(text.getBytes(StandardCharsets.UTF_8));
  }

  private static boolean isVisible(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '!' || text.charAt(i) > '~') {
        return false;
      }
    }
    return !text.isEmpty();
  }

  private static String checksum(String text) {
    CRC32 crc = new CRC32();
    crc.update(text.getBytes(StandardCharsets.US_ASCII));
    long rest = crc.getValue();
    StringBuilder checksum = new StringBuilder();
    for (int i = 0; i < CHECKSUM; i++) {
      checksum.append(ALPHABET.charAt((int) (rest % ALPHABET.length())));
      rest /= ALPHABET.length();
    }
    return checksum.toString();
  }
}
