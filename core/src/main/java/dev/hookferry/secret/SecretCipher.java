package dev.hookferry.secret;

import java.util.List;
import java.util.Optional;

/**
 * Seals secrets before they are stored, so that stores never see plain text. Thread-safe.
 *
 * <p>The context, such as {@code site/default/webHookSecretKey}, binds a sealed text to its place:
 * a cipher may refuse to open it elsewhere. What a cipher sealed it must open for ever, and an
 * error must hold nothing secret.
 */
public interface SecretCipher {
  /** Seals a secret with the newest key. Sealing twice need not give the same. */
  Sealed seal(String secret, String context);

  /**
   * Opens what {@link #seal} gave.
   *
   * @throws MasterKeyException if the key that sealed it is not there
   * @throws IllegalArgumentException if it was sealed by another cipher or for another context, or
   *     was altered
   */
  String open(Sealed sealed, String context);

  /**
   * The same secret under the newest key; needs not see the secret for that.
   *
   * @throws MasterKeyException as for {@link #open}
   * @throws IllegalArgumentException as for {@link #open}
   */
  default Sealed rewrap(Sealed sealed, String context) {
    return seal(open(sealed, context), context);
  }

  /** The name of the master key that opens it; nothing if it is kept as it is. */
  default Optional<String> keyOf(Sealed sealed) {
    return Optional.empty();
  }

  /** The names of the master keys that can open, the newest, which seals, last; may be none. */
  default List<String> keys() {
    return List.of();
  }

  /**
   * Looks where the keys come from for what is new there. Where keys are the cipher's own business,
   * a first one is made if there is none.
   *
   * @param another whether a further key is made there, to take the place of the newest
   * @throws MasterKeyException if the keys cannot be read or kept; what was known stays known
   */
  default void renew(boolean another) {}

  /** Keeps secrets as they are, for stores that are guarded as a whole. */
  static SecretCipher none() {
    return new PlainCipher();
  }
}
