package dev.hookferry.secret;

import java.security.SecureRandom;
import java.util.Objects;

/** Ciphers for the two ways to store secrets: sealed with a master key, or in the clear. */
public final class Secrets {
  private Secrets() {}

  /**
   * Returns a cipher that seals each secret with the newest of these master keys, so that the store
   * and its backups contain no readable secrets.
   *
   * @param keys the source of the master keys
   * @throws MasterKeyException if the keys cannot be read
   */
  public static SecretCipher sealedBy(MasterKeySource keys) {
    return new EnvelopeCipher(Objects.requireNonNull(keys, "keys"), new SecureRandom());
  }

  /**
   * Returns a cipher that leaves secrets unencrypted, for stores that are protected as a whole.
   * Anyone who can read the store or one of its backups can forge signatures.
   */
  public static SecretCipher inTheClear() {
    return new PlainCipher();
  }
}
