package dev.hookferry.endpoint;

import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/** A party that provides the URL of an endpoint or manages it. */
public enum Party {
  /** The operator of this server, and the programs that have its API keys. */
  OPERATOR,
  /** A customer of the operator, such as a user of the portal. */
  CUSTOMER;

  /** Returns the word that the API uses: {@code operator} or {@code customer}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Returns the party with this code.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Party fromCode(String word) {
    Objects.requireNonNull(word, "word");
    return Stream.of(values())
        .filter(one -> one.code().equals(word))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException(word + " is neither operator nor customer"));
  }
}
