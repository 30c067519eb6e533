package dev.hookferry.secret;

/**
 * The stored form of a secret, produced by a {@link SecretCipher}. {@link #toString} never shows
 * it.
 *
 * @param text printable, in the cipher's own format
 */
public record Sealed(String text) {
  @Override
  public String toString() {
    return "***";
  }
}
