package dev.hookferry.signing;

import dev.hookferry.event.Payload;
import dev.hookferry.refusal.InvalidException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * An Ed25519 key pair that signs requests. Its text form is that of Standard Webhooks: {@code
 * whsk_} and 64 bytes in base64, of which the last 32 are the public key. Immutable and
 * thread-safe; {@link #toString} never shows the private key.
 */
public final class Ed25519Key {
  /** The prefix of a private key. */
  public static final String PRIVATE_PREFIX = "whsk_";

  /** The prefix of a public key. */
  public static final String PUBLIC_PREFIX = "whpk_";

  private static final String NAME = "Ed25519";
  static final String VERSION = "v1a,";
  private static final int LENGTH = 32;

  /** The prefix of a private key's 32 bytes in PKCS #8. */
  private static final byte[] PKCS8 = HexFormat.of().parseHex("302e020100300506032b657004220420");

  /** The prefix of a public key's 32 bytes in X.509. */
  private static final byte[] X509 = HexFormat.of().parseHex("302a300506032b6570032100");

  private final String text;
  private final byte[] publicBytes;
  private final PrivateKey privateKey;

  private Ed25519Key(byte[] seed, byte[] publicBytes) {
    this.publicBytes = publicBytes;
    text = PRIVATE_PREFIX + base64(concat(seed, publicBytes));
    try {
      privateKey =
          KeyFactory.getInstance(NAME)
              .generatePrivate(new PKCS8EncodedKeySpec(concat(PKCS8, seed)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + NAME, e);
    }
  }

  /**
   * Generates a key pair.
   *
   * @param random cryptographically secure in production
   */
  public static Ed25519Key generate(RandomGenerator random) {
    Objects.requireNonNull(random, "random");
    byte[] seed = new byte[LENGTH];
    random.nextBytes(seed);
    return new Ed25519Key(seed, publicBytes(seed));
  }

  /**
   * Parses a key pair.
   *
   * @throws InvalidException if the text is malformed, or the public key does not belong to the
   *     private key
   */
  public static Ed25519Key parse(String text) {
    Objects.requireNonNull(text, "text");
    byte[] bytes = decoded(text, PRIVATE_PREFIX, 2 * LENGTH);
    byte[] seed = Arrays.copyOf(bytes, LENGTH);
    byte[] publicKey = Arrays.copyOfRange(bytes, LENGTH, bytes.length);
    if (!Arrays.equals(publicKey, publicBytes(seed))) {
      throw InvalidException.of("key", "must end with the public key that matches its private key");
    }
    return new Ed25519Key(seed, publicKey);
  }

  /** Returns the text of the key pair, which must be sealed before it is stored. */
  public String reveal() {
    return text;
  }

  /** Returns the public key: {@code whpk_} and 32 bytes in base64. */
  public String publicKey() {
    return PUBLIC_PREFIX + base64(publicBytes);
  }

  /** Returns whether a string has the prefix of a public key. */
  static boolean isPublicKey(String text) {
    return text.startsWith(PUBLIC_PREFIX);
  }

  /** Returns whether a string has the prefix of a key pair. */
  static boolean isKeyPair(String text) {
    return text.startsWith(PRIVATE_PREFIX);
  }

  /**
   * Returns the 32 bytes of a public key.
   *
   * @throws InvalidException if it is not {@code whpk_} and 32 bytes in base64
   */
  public static byte[] publicBytes(String publicKey) {
    Objects.requireNonNull(publicKey, "publicKey");
    return decoded(publicKey, PUBLIC_PREFIX, LENGTH);
  }

  /** Returns the {@code v1a,…} signature of a string followed by a body. */
  public String sign(String before, Payload body) {
    return versioned(sign(message(before, body)));
  }

  /** Returns the bytes of a string followed by a body. */
  public static byte[] message(String before, Payload body) {
    Objects.requireNonNull(before, "before");
    Objects.requireNonNull(body, "body");
    return concat(before.getBytes(StandardCharsets.UTF_8), body.unsafeBytes());
  }

  /** Returns a signature in the form of Standard Webhooks: {@code v1a,} and its bytes in base64. */
  public static String versioned(byte[] signature) {
    Objects.requireNonNull(signature, "signature");
    return VERSION + base64(signature);
  }

  /** Returns the 64-byte signature of a message. */
  public byte[] sign(byte[] message) {
    Objects.requireNonNull(message, "message");
    try {
      Signature signature = Signature.getInstance(NAME);
      signature.initSign(privateKey);
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot sign with " + NAME, e);
    }
  }

  /**
   * Returns whether a signature is valid for a string followed by a body.
   *
   * @param signature the signature, {@code v1a,…}; any other form is not valid
   * @throws InvalidException if the public key is malformed
   */
  public static boolean verifies(String publicKey, String signature, String before, Payload body) {
    Objects.requireNonNull(signature, "signature");
    Objects.requireNonNull(before, "before");
    Objects.requireNonNull(body, "body");
    byte[] raw = publicBytes(publicKey);
    try {
      PublicKey key =
          KeyFactory.getInstance(NAME).generatePublic(new X509EncodedKeySpec(concat(X509, raw)));
      Signature verifier = Signature.getInstance(NAME);
      verifier.initVerify(key);
      verifier.update(before.getBytes(StandardCharsets.UTF_8));
      verifier.update(body.unsafeBytes());
      return signature.startsWith(VERSION)
          && verifier.verify(Base64.getDecoder().decode(signature.substring(VERSION.length())));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      // The key is not a point on the curve, or the signature is malformed.
      return false;
    }
  }

  private static byte[] publicBytes(byte[] seed) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(NAME);
      generator.initialize(255, new Given(seed));
      byte[] encoded = generator.generateKeyPair().getPublic().getEncoded();
      return Arrays.copyOfRange(encoded, encoded.length - LENGTH, encoded.length);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + NAME, e);
    }
  }

  /**
   * Returns fixed bytes instead of random ones. The platform derives a public key only while it
   * generates a pair.
   */
  private static final class Given extends SecureRandom {
    private static final long serialVersionUID = 1L;
    private final byte[] bytes;

    Given(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public void nextBytes(byte[] to) {
      System.arraycopy(bytes, 0, to, 0, to.length);
    }
  }

  private static byte[] decoded(String text, String prefix, int length) {
    InvalidException malformed =
        InvalidException.of(
            "key", "must be " + prefix + " followed by " + length + " bytes in base64");
    if (!text.startsWith(prefix)) {
      throw malformed;
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(text.substring(prefix.length()));
      if (bytes.length == length) {
        return bytes;
      }
    } catch (IllegalArgumentException e) {
      // Reported below.
    }
    throw malformed;
  }

  private static byte[] concat(byte[] first, byte[] second) {
    byte[] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** Returns only the public key. */
  @Override
  public String toString() {
    return publicKey();
  }
}
