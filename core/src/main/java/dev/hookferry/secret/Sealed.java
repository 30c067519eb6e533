package dev.hookferry.secret;

import java.util.Objects;

/**
 * The stored form of a secret, produced by a {@link SecretCipher}. {@link #toString} never shows
 * it.
 *
 * @param text printable text in the cipher's own format
 */
public record Sealed(String text) {
  public Sealed {
    Objects.requireNonNull(text, "text");
  }

  @Override
  public String toString() {
    return "***";
  }
}
