package dev.hookferry.site;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Objects;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Keyed hashing of subjects, the people and things that events are about. Within a site, the same
 * subject always has the same hash, which does not reveal the subject without the site's key. The
 * key is created once, sealed like other secrets, and moved together with the site's settings.
 * Thread-safe.
 */
public final class SubjectKey {
  private static final int KEY_BYTES = 32;
  private static final int HASH_BYTES = 16;

  private SubjectKey() {}

  /** Returns a new key: 32 random bytes in base64. */
  public static String generate(RandomGenerator random) {
    Objects.requireNonNull(random, "random");
    byte[] key = new byte[KEY_BYTES];
    random.nextBytes(key);
    return Base64.getEncoder().withoutPadding().encodeToString(key);
  }

  /**
   * Returns the hash of a subject: the first 16 bytes of HMAC-SHA-256, as 32 hexadecimal digits.
   *
   * @param key a key from {@link #generate}
   */
  public static String hash(String key, String subject) {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(subject, "subject");
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(Base64.getDecoder().decode(key), "HmacSHA256"));
      byte[] hash = mac.doFinal(subject.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, HASH_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }
}
