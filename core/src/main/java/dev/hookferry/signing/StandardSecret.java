package dev.hookferry.signing;

import dev.hookferry.event.Payload;
import dev.hookferry.refusal.InvalidException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Objects;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A Standard Webhooks secret: {@code whsec_} and 24 to 75 bytes in base64. Immutable and
 * thread-safe; {@link #toString} never shows the secret.
 */
public final class StandardSecret {
  /** The prefix of every secret. */
  public static final String PREFIX = "whsec_";

  private static final int NEW_LENGTH = 32;

  private final String text;
  private final Mac keyed;

  private StandardSecret(String text, byte[] key) {
    this.text = text;
    try {
      keyed = Mac.getInstance("HmacSHA256");
      keyed.init(new SecretKeySpec(key, "HmacSHA256"));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }

  /**
   * Parses a secret.
   *
   * @throws InvalidException if it is malformed
   */
  public static StandardSecret parse(String text) {
    Objects.requireNonNull(text, "text");
    String form = "must be whsec_ followed by 24 to 75 bytes in base64";
    if (!text.startsWith(PREFIX)) {
      throw InvalidException.of("secret", form);
    }
    byte[] key;
    try {
      key = Base64.getDecoder().decode(text.substring(PREFIX.length()));
    } catch (IllegalArgumentException e) {
      throw InvalidException.of("secret", form);
    }
    if (key.length < 24 || key.length > 75) {
      throw InvalidException.of("secret", form);
    }
    return new StandardSecret(text, key);
  }

  /**
   * Generates a secret of 32 bytes.
   *
   * @param random cryptographically secure in production
   */
  public static StandardSecret generate(RandomGenerator random) {
    Objects.requireNonNull(random, "random");
    byte[] key = new byte[NEW_LENGTH];
    random.nextBytes(key);
    return new StandardSecret(PREFIX + Base64.getEncoder().encodeToString(key), key);
  }

  /** Returns the secret itself, to be shown once and sealed before it is stored. */
  public String reveal() {
    return text;
  }

  /** Returns the {@code v1,…} signature of a message. */
  String sign(String id, long timestamp, Payload body) {
    Mac mac = newMac();
    mac.update((id + '.' + timestamp + '.').getBytes(StandardCharsets.UTF_8));
    mac.update(body.unsafeBytes());
    return "v1," + Base64.getEncoder().encodeToString(mac.doFinal());
  }

  /**
   * Clones a prototype, which is much cheaper than looking up the algorithm and expanding the key.
   */
  private Mac newMac() {
    try {
      return (Mac) keyed.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("the platform's HmacSHA256 cannot be cloned", e);
    }
  }

  @Override
  public String toString() {
    return PREFIX + "***";
  }
}
