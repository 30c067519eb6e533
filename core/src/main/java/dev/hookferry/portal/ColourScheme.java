package dev.hookferry.portal;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Color scheme of the portal's pages. */
public enum ColourScheme {
  /** Follows the visitor's system. */
  AUTO,
  /** Dark text on a light ground. */
  LIGHT,
  /** Light text on a dark ground. */
  DARK;

  /** Returns the word that the API uses. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the scheme of this word; empty if there is none. */
  public static Optional<ColourScheme> fromCode(String word) {
    Objects.requireNonNull(word, "word");
    return Stream.of(values()).filter(one -> one.code().equals(word)).findFirst();
  }
}
