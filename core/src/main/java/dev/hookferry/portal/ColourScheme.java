package dev.hookferry.portal;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Colour scheme of the portal's pages. */
public enum ColourScheme {
  /** Follows the visitor's system setting. */
  AUTO,
  /** Dark text on a light background. */
  LIGHT,
  /** Light text on a dark background. */
  DARK;

  /** Returns the code used in the API. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the scheme with this code; empty if there is none. */
  public static Optional<ColourScheme> fromCode(String word) {
    Objects.requireNonNull(word, "word");
    return Stream.of(values()).filter(one -> one.code().equals(word)).findFirst();
  }
}
