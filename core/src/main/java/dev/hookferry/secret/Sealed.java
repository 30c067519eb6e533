package dev.hookferry.secret;

/**
 * A secret as it is kept: what a {@link SecretCipher} made of it. Never shown by {@link #toString}.
 *
 * @param text printable, of the cipher's own form
 */
public record Sealed(String text) {
  @Override
  public String toString() {
    return "***";
  }
}
