package dev.hookferry.internal.endpoint;

import dev.hookferry.secret.MasterKeyException;
import dev.hookferry.secret.Sealed;
import dev.hookferry.secret.SecretCipher;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Seals secrets that are given again. Sealing is not deterministic, so the same secret would look
 * like a change.
 */
public final class KeptSecret {
  private KeptSecret() {}

  /**
   * Seals a secret; returns the present one if it is equal and sealed under the newest key.
   *
   * @param context that of the present one, too
   */
  public static Sealed seal(
      SecretCipher cipher, String secret, String context, @Nullable Sealed present) {
    return present != null && isEqual(cipher, secret, context, present)
        ? present
        : cipher.seal(secret, context);
  }

  private static boolean isEqual(
      SecretCipher cipher, String secret, String context, Sealed present) {
    int keys = cipher.keys().size();
    Optional<String> newest =
        keys == 0 ? Optional.empty() : Optional.of(cipher.keys().get(keys - 1));
    try {
      return cipher.keyOf(present).equals(newest) && cipher.open(present, context).equals(secret);
    } catch (MasterKeyException | IllegalArgumentException e) {
      return false;
    }
  }
}
