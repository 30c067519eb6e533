package dev.hookferry.portal;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Capability of a link, in addition to reading. */
public enum PortalCapability {
  /** To send test events. */
  TEST,
  /** To retry deliveries, including delivered ones. */
  RETRY,
  /** To add and change endpoints, and to pause and resume them. */
  MANAGE,
  /** To remove endpoints. */
  REMOVE,
  /** To see the secret of a new endpoint, and to rotate secrets. */
  SECRETS,
  /** To see the data of events, as far as the site shows it. */
  PAYLOAD;

  /** Default capabilities of a link. */
  public static final Set<PortalCapability> USUAL = Set.copyOf(EnumSet.of(TEST, RETRY, PAYLOAD));

  /** Returns the word that the API uses. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the capability of this word; empty if there is none. */
  public static Optional<PortalCapability> fromCode(String word) {
    Objects.requireNonNull(word, "word");
    return Stream.of(values()).filter(one -> one.code().equals(word)).findFirst();
  }
}
