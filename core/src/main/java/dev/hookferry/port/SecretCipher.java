package dev.hookferry.port;

import dev.hookferry.signing.Sealed;

/**
 * Seals secrets before they are kept. Thread-safe.
 *
 * <p>The context, such as {@code site/default/webHookSecretKey}, binds a sealed text to its place:
 * a cipher may refuse to open it elsewhere.
 */
public interface SecretCipher {
  /** Seals a secret. */
  Sealed seal(String secret, String context);

  /**
   * Opens what {@link #seal} gave.
   *
   * @throws IllegalArgumentException if it was sealed by another cipher, with another key, or for
   *     another context; the message holds nothing secret
   */
  String open(Sealed sealed, String context);

  /** Keeps secrets as they are, for stores that are guarded as a whole. */
  static SecretCipher none() {
    return new SecretCipher() {
      private static final String MARK = "plain:";

      @Override
      public Sealed seal(String secret, String context) {
        return new Sealed(MARK + secret);
      }

      @Override
      public String open(Sealed sealed, String context) {
        if (!sealed.text().startsWith(MARK)) {
          throw new IllegalArgumentException(context + " is sealed; the master key is missing");
        }
        return sealed.text().substring(MARK.length());
      }
    };
  }
}
