package dev.hookferry.signing;

import dev.hookferry.event.Sha256;
import java.util.Objects;

/**
 * An Ed25519 public key with which receivers verify requests.
 *
 * @param text {@code whpk_} and 32 bytes in base64
 */
public record Ed25519PublicKey(String text) {
  private static final int KID_LENGTH = 16;

  /**
   * Creates a key.
   *
   * @throws dev.hookferry.refusal.InvalidException if the text is malformed
   */
  public Ed25519PublicKey {
    Objects.requireNonNull(text, "text");
    var unused = Ed25519Key.publicBytes(text);
  }

  /** Returns the key id: 16 hexadecimal digits of the hash of the key. */
  public String kid() {
    return Sha256.hex(bytes()).substring(0, KID_LENGTH);
  }

  /** Returns the 32 bytes of the key. */
  public byte[] bytes() {
    return Ed25519Key.publicBytes(text);
  }

  @Override
  public String toString() {
    return text;
  }
}
