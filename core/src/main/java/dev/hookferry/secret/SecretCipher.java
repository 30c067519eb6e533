package dev.hookferry.secret;

import java.util.List;
import java.util.Optional;

/**
 * Port that seals secrets before they are stored, so that stores never see plain text. Thread-safe.
 *
 * <p>A sealed text is bound to its context, such as {@code site/default/webHookSecretKey}; a cipher
 * may refuse to open it in a different context. A cipher must always be able to open what it
 * sealed, and its exceptions must not contain secrets.
 */
public interface SecretCipher {
  /** Seals a secret with the newest key. Need not be deterministic. */
  Sealed seal(String secret, String context);

  /**
   * Opens a sealed secret.
   *
   * @throws MasterKeyException if the key that sealed it is not available
   * @throws IllegalArgumentException if the secret was sealed by a different cipher or for a
   *     different context, or was altered
   */
  String open(Sealed sealed, String context);

  /**
   * Reseals a secret under the newest key; need not decrypt the secret itself.
   *
   * @throws MasterKeyException as for {@link #open}
   * @throws IllegalArgumentException as for {@link #open}
   */
  default Sealed rewrap(Sealed sealed, String context) {
    return seal(open(sealed, context), context);
  }

  /**
   * Returns the name of the master key that opens this secret; empty if it is stored unencrypted.
   */
  default Optional<String> keyOf(Sealed sealed) {
    return Optional.empty();
  }

  /**
   * Returns the names of the available master keys, oldest first; may be empty. The last one seals
   * new secrets.
   */
  default List<String> keys() {
    return List.of();
  }

  /**
   * Reloads the keys from their source. If Hookferry manages the source, creates a first key if
   * there is none.
   *
   * @param createKey whether to create an additional key, which becomes the newest
   * @throws MasterKeyException if the keys cannot be read or stored; the known keys are kept
   */
  default void reloadKeys(boolean createKey) {}
}
