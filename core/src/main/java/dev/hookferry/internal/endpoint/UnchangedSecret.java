package dev.hookferry.internal.endpoint;

import dev.hookferry.secret.MasterKeyException;
import dev.hookferry.secret.Sealed;
import dev.hookferry.secret.SecretCipher;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sealing that keeps unchanged secrets as they are. Sealing is not deterministic, so resealing an
 * unchanged secret would look like a change.
 */
public final class UnchangedSecret {
  private UnchangedSecret() {}

  /**
   * Seals a secret; returns the current one if it is equal and already sealed under the newest key.
   *
   * @param context the context of both secrets
   */
  public static Sealed seal(
      SecretCipher cipher, String secret, String context, @Nullable Sealed current) {
    return current != null && isEqual(cipher, secret, context, current)
        ? current
        : cipher.seal(secret, context);
  }

  private static boolean isEqual(
      SecretCipher cipher, String secret, String context, Sealed current) {
    List<String> keys = cipher.keys();
    Optional<String> newest =
        keys.isEmpty() ? Optional.empty() : Optional.of(keys.get(keys.size() - 1));
    try {
      return cipher.keyOf(current).equals(newest)
          && MessageDigest.isEqual(
              secret.getBytes(StandardCharsets.UTF_8),
              cipher.open(current, context).getBytes(StandardCharsets.UTF_8));
    } catch (MasterKeyException | IllegalArgumentException e) {
      return false;
    }
  }
}
