package dev.hookferry.event;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;

/** SHA-256 in hexadecimal. Thread-safe. */
public final class Sha256 {
  private static final MessageDigest EMPTY = begin();

  private Sha256() {}

  /** Returns the hash of the concatenated arrays as 64 lower-case hexadecimal digits. */
  public static String hex(byte[]... parts) {
    Objects.requireNonNull(parts, "parts");
    MessageDigest digest = newDigest();
    for (byte[] part : parts) {
      digest.update(Objects.requireNonNull(part, "parts"));
    }
    return HexFormat.of().formatHex(digest.digest());
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
