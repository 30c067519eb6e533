package dev.hookferry.secret;

import dev.hookferry.refusal.InvalidException;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * A 256-bit key that wraps the data keys of secrets. Its name is derived from the key. Immutable
 * and thread-safe; {@link #toString} never shows the key.
 */
public final class MasterKey {
  /** The prefix of every key name. */
  public static final String ID_PREFIX = "mk_";

  private static final int LENGTH = 32;
  private static final int ID_BYTES = 6;

  /** Minimum number of distinct bytes; a key with fewer is considered not random. */
  private static final int MIN_VARIETY = 12;

  private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{64}");

  private final String id;
  private final byte[] bytes;
  private final SecretKey key;

  private MasterKey(byte[] bytes) {
    this.bytes = bytes;
    key = new SecretKeySpec(bytes, "AES");
    id = ID_PREFIX + HexFormat.of().formatHex(fingerprint(bytes), 0, ID_BYTES);
  }

  /**
   * Parses a key: 32 random bytes in base64 or hexadecimal.
   *
   * @throws InvalidException if the key is malformed or not random; the message contains no part of
   *     it
   */
  public static MasterKey parse(String text) {
    Objects.requireNonNull(text, "text");
    byte[] bytes = bytes(text);
    if (bytes.length != LENGTH) {
      throw InvalidException.of("masterKey", "must be 32 random bytes in base64 or hexadecimal");
    }
    if (distinctBytes(bytes) < MIN_VARIETY) {
      throw InvalidException.of(
          "masterKey", "must be random; generate one with hookferry master-keys add");
    }
    return new MasterKey(bytes);
  }

  /**
   * Generates a key.
   *
   * @param random cryptographically secure in production
   */
  public static MasterKey generate(RandomGenerator random) {
    Objects.requireNonNull(random, "random");
    byte[] bytes = new byte[LENGTH];
    do {
      random.nextBytes(bytes);
    } while (distinctBytes(bytes) < MIN_VARIETY);
    return new MasterKey(bytes);
  }

  /**
   * Returns the name, {@code mk_} and twelve hexadecimal digits, which reveals nothing about the
   * key.
   */
  public String id() {
    return id;
  }

  /** Returns the key itself in base64. Store it where only its owner can read it. */
  public String reveal() {
    return Base64.getEncoder().encodeToString(bytes);
  }

  SecretKey key() {
    return key;
  }

  private static byte[] bytes(String text) {
    try {
      return HEX.matcher(text).matches()
          ? HexFormat.of().parseHex(text)
          : Base64.getDecoder().decode(text.replace('-', '+').replace('_', '/'));
    } catch (IllegalArgumentException e) {
      // Discard the decoder's message, which would reveal a character of the key.
      return new byte[0];
    }
  }

  private static long distinctBytes(byte[] bytes) {
    return java.util.stream.IntStream.range(0, bytes.length).map(i -> bytes[i]).distinct().count();
  }

  private static byte[] fingerprint(byte[] bytes) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(bytes, "HmacSHA256"));
      return mac.doFinal(
          "hookferry master key id".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }

  @Override
  public String toString() {
    return id;
  }
}
