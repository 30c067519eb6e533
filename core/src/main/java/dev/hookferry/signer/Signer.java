package dev.hookferry.signer;

import dev.hookferry.id.SiteId;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.signing.Ed25519Key;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Objects;

/**
 * Port to a service that holds the Ed25519 keys of sites and signs with them, such as a key
 * management service (KMS). Signs for the profiles {@code ed25519} and {@code
 * http-message-signatures}. Hookferry stores only the name and the public key, and requests a new
 * key when a site's key is rotated. It publishes a key a day before the key starts to sign; only a
 * site's first key signs immediately.
 *
 * <p>Calls may block. They come from up to {@value #CALLS} dedicated threads, so a slow signer
 * delays only the requests that it signs. A call that exceeds the timeout of its attempt is
 * abandoned, and its thread is interrupted. If a call throws, the attempt fails with {@code
 * signing_failed} and is retried; the receiver's health is not affected. The message of the
 * exception is shown to users in the attempt, so it must not contain credentials.
 *
 * <p>Implementations are thread-safe.
 */
public interface Signer extends AutoCloseable {
  /** Maximum number of concurrent calls. */
  int CALLS = 32;

  /**
   * Returns a key that was never returned before, either newly created or prepared in advance.
   * Hookferry tests the key by signing with it before it stores the key's name. A key that could
   * not be stored is never used.
   *
   * @param site the site for which the key signs; signers need not distinguish between sites
   * @throws Exception if there is no such key; the change that needs the key is refused with the
   *     exception's message
   */
  Key newKey(SiteId site) throws Exception;

  /**
   * Signs a message with pure Ed25519 (RFC 8032), without pre-hashing.
   *
   * @param key the name of a key returned by {@link #newKey}, perhaps in another process
   * @param message the bytes to sign, which must not be modified. With the profile {@code ed25519},
   *     they contain the body of the request; with {@code http-message-signatures}, they are
   *     shorter than 4 KiB unless the URL is very long
   * @return the 64-byte signature
   * @throws Exception if signing fails
   */
  byte[] sign(String key, byte[] message) throws Exception;

  /** Closes the signer after the last call. Called at least once; does nothing by default. */
  @Override
  default void close() {}

  /**
   * A key of a signer.
   *
   * @param name the name by which the signer finds the key: 1 to {@value #MAX_NAME} characters; may
   *     be secret
   * @param publicKey {@code whpk_} and 32 bytes in base64
   */
  record Key(String name, String publicKey) {
    /** Maximum length of a name, in characters. */
    public static final int MAX_NAME = 1_000;

    /** Prefix of a public key's 32 bytes in X.509 form. */
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
     * Returns a key with this name and these public key bytes.
     *
     * @param publicKey the 32 bytes of the key, or its 44 bytes in X.509 form (DER of a {@code
     *     SubjectPublicKeyInfo}), as returned by most services
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
