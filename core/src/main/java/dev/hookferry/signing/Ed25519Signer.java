package dev.hookferry.signing;

import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * An Ed25519 key that is ready to sign.
 *
 * @param kid the key id
 * @param sign returns the 64-byte signature of a message; may block while a key management service
 *     signs
 */
public record Ed25519Signer(String kid, UnaryOperator<byte[]> sign) {
  public Ed25519Signer {
    Objects.requireNonNull(kid, "kid");
    Objects.requireNonNull(sign, "sign");
  }

  /** Returns the signer of a key pair. */
  public static Ed25519Signer of(Ed25519Key key) {
    Objects.requireNonNull(key, "key");
    return new Ed25519Signer(new Ed25519PublicKey(key.publicKey()).kid(), key::sign);
  }
}
