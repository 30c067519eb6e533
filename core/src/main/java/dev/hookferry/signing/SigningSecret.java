package dev.hookferry.signing;

import dev.hookferry.refusal.InvalidException;
import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * A secret that signs requests to an endpoint: {@code whsec_} and 24 to 75 bytes in base64, or the
 * text that receivers of another sender use. Immutable and thread-safe; {@link #toString} never
 * shows it.
 */
public final class SigningSecret {
  /** The longest text, in characters. */
  public static final int MAX_LENGTH = 256;

  /** The shortest text, in characters. */
  public static final int MIN_LENGTH = 8;

  private final String text;

  private SigningSecret(String text) {
    this.text = text;
  }

  /**
   * Returns a secret of this text: 8 to 256 characters, none of them a control character. A text
   * that begins with {@code whsec_} may be malformed base64, because some senders use the text
   * itself.
   *
   * @throws InvalidException if it is malformed
   */
  public static SigningSecret of(String text) {
    Objects.requireNonNull(text, "text");
    boolean fits = MIN_LENGTH <= text.length() && text.length() <= MAX_LENGTH;
    if (!fits || text.chars().anyMatch(Character::isISOControl)) {
      throw InvalidException.of(
          "secret", "must have 8 to 256 characters, none of them a control character");
    }
    return new SigningSecret(text);
  }

  /**
   * Generates a {@code whsec_} secret of 32 bytes.
   *
   * @param random cryptographically secure in production
   */
  public static SigningSecret generate(RandomGenerator random) {
    return new SigningSecret(StandardSecret.generate(random).reveal());
  }

  /** Returns the secret itself, to be shown once or sealed. */
  public String reveal() {
    return text;
  }

  /**
   * Returns it as a secret of Standard Webhooks.
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
