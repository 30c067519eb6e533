package dev.hookferry.auth;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Method by which a client authenticates to a token endpoint. */
public enum ClientAuthStyle {
  /** Client id and secret in an {@code Authorization} header. */
  BASIC,
  /** Client id and secret in the body. */
  POST,
  /** A JWT that the client signs with its private key (RFC 7523). */
  PRIVATE_KEY_JWT;

  /** Returns the lower-case name used in the API, such as {@code private_key_jwt}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Parses the name used in the API; empty if it is unknown. */
  public static Optional<ClientAuthStyle> fromCode(String word) {
    Objects.requireNonNull(word, "word");
    return Stream.of(values()).filter(style -> style.code().equals(word)).findFirst();
  }
}
