package dev.hookferry.event;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Objects;

/** SHA-256 hashing to hexadecimal digits. Thread-safe. */
public final class Sha256 {
  private static final MessageDigest EMPTY = begin();
  private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.ISO_8859_1);

  private Sha256() {}

  /** Returns the hash of the concatenated arrays as 64 lower-case hexadecimal digits. */
  public static String hex(byte[]... parts) {
    Objects.requireNonNull(parts, "parts");
    MessageDigest digest = newDigest();
    for (byte[] part : parts) {
      digest.update(Objects.requireNonNull(part, "parts"));
    }
    return hex(digest.digest());
  }

  /** Formats a hash faster than the platform's HexFormat: every request needs several hashes. */
  private static String hex(byte[] hash) {
    byte[] digits = new byte[2 * hash.length];
    for (int i = 0; i < hash.length; i++) {
      digits[2 * i] = DIGITS[hash[i] >> 4 & 0xf];
      digits[2 * i + 1] = DIGITS[hash[i] & 0xf];
    }
    return new String(digits, StandardCharsets.ISO_8859_1);
  }

  /** Clones a prototype, which is much cheaper than looking up the algorithm. */
  private static MessageDigest newDigest() {
    try {
      return (MessageDigest) EMPTY.clone();
    } catch (CloneNotSupportedException e) {
      return begin();
    }
  }

  private static MessageDigest begin() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
