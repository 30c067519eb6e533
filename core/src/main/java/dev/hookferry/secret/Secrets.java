package dev.hookferry.secret;

import java.security.SecureRandom;
import java.util.Objects;

/** The two ways to store secrets: sealed with a master key, or in the clear. */
public final class Secrets {
  private Secrets() {}

  /**
   * Returns a cipher that seals each secret under the newest of these master keys, so that the
   * store and its backups contain no secret that can be read.
   *
   * @param keys the source of the master keys
   * @throws MasterKeyException if the keys cannot be read
   */
  public static SecretCipher sealedBy(MasterKeySource keys) {
    return new EnvelopeCipher(Objects.requireNonNull(keys, "keys"), new SecureRandom());
  }

  /**
   * Returns a cipher that stores secrets as they are, for stores that are protected as a whole:
   * whoever can read the store or one of its backups can forge signatures.
   */
  public static SecretCipher inTheClear() {
    return new PlainCipher();
  }
}
