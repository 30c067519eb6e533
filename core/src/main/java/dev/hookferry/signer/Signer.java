package dev.hookferry.signer;

import dev.hookferry.id.SiteId;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.signing.Ed25519Key;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Objects;

/**
 * Holds Ed25519 keys of sites and signs with them, such as a key management service (KMS). Signs
 * for the profiles {@code ed25519} and {@code http-message-signatures}. Hookferry stores the name
 * and the public key of each key, and requests a new key when a site's key is rotated. It publishes
 * a key a day before the key signs; only the first key of a site signs at once.
 *
 * <p>Calls may block. They come from up to {@value #CALLS} threads at a time, which do nothing
 * else, so a slow signer delays only the requests that it signs. A call that takes longer than the
 * time limit of its attempt is given up, and its thread is interrupted. Whatever a call throws
 * becomes the text of the attempt, which users see: it must not contain credentials. The attempt
 * fails with {@code signing_failed}, which is not held against the receiver, and is retried.
 *
 * <p>Implementations are thread-safe.
 */
public interface Signer extends AutoCloseable {
  /** Maximum number of concurrent calls. */
  int CALLS = 32;

  /**
   * Returns a key that was never returned before: newly created, or prepared in advance. Hookferry
   * tries the key with a signature before it stores its name. A key that could not be stored is
   * never used.
   *
   * @param site the site that the key is for; signers need not distinguish between sites
   * @throws Exception if there is none; the change that needed the key is refused with the message
   */
  Key newKey(SiteId site) throws Exception;

  /**
   * Signs a message with pure Ed25519 (RFC 8032), without pre-hashing.
   *
   * @param key the name of a key that {@link #newKey} has returned, perhaps in another process
   * @param message must not be changed; with the profile {@code ed25519} it contains the body of
   *     the request, with {@code http-message-signatures} it is shorter than 4 KiB unless the URL
   *     is very long
   * @return the 64 bytes of the signature
   * @throws Exception if signing fails
   */
  byte[] sign(String key, byte[] message) throws Exception;

  /** Ends the signer after the last call. Called at least once; does nothing by default. */
  @Override
  default void close() {}

  /**
   * A key.
   *
   * @param name by which the signer finds it: 1 to {@value #MAX_NAME} characters; may be secret
   * @param publicKey {@code whpk_} and 32 bytes in base64
   */
  record Key(String name, String publicKey) {
    /** The longest name. */
    public static final int MAX_NAME = 1_000;

    /** Prefix of the 32 bytes in the X.509 form. */
    private static final byte[] X509 = HexFormat.of().parseHex("302a300506032b6570032100");

    private static final int LENGTH = 32;

    /**
     * Creates a key.
     *
     * @throws InvalidException if the name is empty or too long, or the public key is malformed
     */
    public Key {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(publicKey, "publicKey");
      if (name.isEmpty() || name.length() > MAX_NAME) {
        throw InvalidException.of("name", "must have 1 to " + MAX_NAME + " characters");
      }
      var unused = Ed25519Key.publicBytes(publicKey);
    }

    /**
     * Creates a key.
     *
     * @param publicKey the 32 bytes of the key, or its 44 bytes in X.509 form (DER of a {@code
     *     SubjectPublicKeyInfo}), as most services return it
     * @throws InvalidException if the name or the public key is malformed
     */
    public static Key of(String name, byte[] publicKey) {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(publicKey, "publicKey");
      boolean isX509 =
          publicKey.length == X509.length + LENGTH
              && Arrays.equals(X509, Arrays.copyOf(publicKey, X509.length));
      byte[] raw =
          isX509 ? Arrays.copyOfRange(publicKey, X509.length, publicKey.length) : publicKey;
      if (raw.length != LENGTH) {
        throw InvalidException.of(
            "publicKey", "must be the 32 bytes of an Ed25519 key, or its X.509 form");
      }
      return new Key(name, Ed25519Key.PUBLIC_PREFIX + Base64.getEncoder().encodeToString(raw));
    }

    /** Returns only the public key. */
    @Override
    public String toString() {
      return publicKey;
    }
  }
}
