package dev.hookferry.signing;

import dev.hookferry.refusal.InvalidException;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A secret that signs requests to an endpoint. May be {@code whsec_} and 24 to 75 bytes in base64,
 * arbitrary text that another sender's receivers use, or an Ed25519 key pair, {@code whsk_} and 64
 * bytes in base64. Immutable and thread-safe; {@link #toString} never shows the secret.
 */
public final class SigningSecret {
  /** Maximum length, in characters. */
  public static final int MAX_LENGTH = 256;

  /** Minimum length, in characters. */
  public static final int MIN_LENGTH = 8;

  private final String text;
  private final @Nullable Ed25519Key keyPair;

  private SigningSecret(String text, @Nullable Ed25519Key keyPair) {
    this.text = text;
    this.keyPair = keyPair;
  }

  /**
   * Returns the secret with this text: 8 to 256 characters, without control characters. Text that
   * begins with {@code whsec_} may contain malformed base64, because some senders use the text
   * itself; text that begins with {@code whsk_} must be a key pair.
   *
   * @throws InvalidException if the text is malformed or is a public key
   */
  public static SigningSecret of(String text) {
    Objects.requireNonNull(text, "text");
    boolean fits = MIN_LENGTH <= text.length() && text.length() <= MAX_LENGTH;
    if (!fits || text.chars().anyMatch(Character::isISOControl)) {
      throw InvalidException.of(
          "secret", "must have 8 to 256 characters, none of them a control character");
    }
    if (Ed25519Key.isPublicKey(text)) {
      throw InvalidException.of(
          "secret", "must not be a public key (whpk_); use its key pair, which begins with whsk_");
    }
    return new SigningSecret(text, Ed25519Key.isKeyPair(text) ? keyPair(text) : null);
  }

  private static Ed25519Key keyPair(String text) {
    try {
      return Ed25519Key.parse(text);
    } catch (InvalidException e) {
      throw InvalidException.of("secret", e.problems().get(0).reason());
    }
  }

  /** Returns a secret with this key pair. */
  public static SigningSecret of(Ed25519Key keyPair) {
    Objects.requireNonNull(keyPair, "keyPair");
    return new SigningSecret(keyPair.reveal(), keyPair);
  }

  /**
   * Generates a {@code whsec_} secret of 32 bytes.
   *
   * @param random cryptographically secure in production
   */
  public static SigningSecret generate(RandomGenerator random) {
    return generate(SecretType.HMAC, random);
  }

  /**
   * Generates a {@code whsec_} secret of 32 bytes, or a key pair.
   *
   * @param random cryptographically secure in production
   */
  public static SigningSecret generate(SecretType type, RandomGenerator random) {
    Objects.requireNonNull(type, "type");
    return switch (type) {
      case HMAC -> new SigningSecret(StandardSecret.generate(random).reveal(), null);
      case ED25519 -> of(Ed25519Key.generate(random));
    };
  }

  /** Returns the kind of secret. */
  public SecretType type() {
    return keyPair == null ? SecretType.HMAC : SecretType.ED25519;
  }

  /** Returns the public key; null if the secret is not a key pair. */
  public @Nullable Ed25519PublicKey publicKey() {
    return keyPair == null ? null : new Ed25519PublicKey(keyPair.publicKey());
  }

  /** Returns the key pair; null for a shared secret. */
  @Nullable Ed25519Key keyPair() {
    return keyPair;
  }

  /**
   * Returns the text that a receiver uses to verify requests: a shared secret itself, or only the
   * public key of a key pair.
   */
  public String forReceiver() {
    return keyPair == null ? text : keyPair.publicKey();
  }

  /**
   * Returns the secret itself, including the private key of a key pair. Must be sealed before it is
   * stored.
   */
  public String reveal() {
    return text;
  }

  /**
   * Returns the secret as a Standard Webhooks secret.
   *
   * @throws InvalidException if it is not {@code whsec_} and 24 to 75 bytes in base64
   */
  public StandardSecret standard() {
    return StandardSecret.parse(text);
  }

  @Override
  public String toString() {
    return "***";
  }
}
