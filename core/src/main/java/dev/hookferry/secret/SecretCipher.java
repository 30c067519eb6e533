package dev.hookferry.secret;

import java.util.List;
import java.util.Optional;

/**
 * Seals secrets before they are stored, so that stores never see plain text. Thread-safe.
 *
 * <p>A sealed text is bound to its context, such as {@code site/default/webHookSecretKey}: a cipher
 * may refuse to open it in another one. A cipher must always be able to open what it sealed, and
 * its exceptions must not contain secrets.
 */
public interface SecretCipher {
  /** Seals a secret with the newest key. Need not be deterministic. */
  Sealed seal(String secret, String context);

  /**
   * Opens a sealed secret.
   *
   * @throws MasterKeyException if the key that sealed it is not available
   * @throws IllegalArgumentException if it was sealed by another cipher or for another context, or
   *     was altered
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

  /** Returns the name of the master key that opens it; empty if it is stored unencrypted. */
  default Optional<String> keyOf(Sealed sealed) {
    return Optional.empty();
  }

  /**
   * Returns the names of the available master keys, with the newest, which seals, last; may be
   * empty.
   */
  default List<String> keys() {
    return List.of();
  }

  /**
   * Reloads the keys from their source. If Hookferry manages the source, creates a first key if
   * there is none.
   *
   * @param createKey whether to create another key, which becomes the newest
   * @throws MasterKeyException if the keys cannot be read or stored; known keys stay
   */
  default void reloadKeys(boolean createKey) {}
}
