package dev.hookferry.portal;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Capability of a link, in addition to reading. */
public enum PortalCapability {
  /** Send test events. */
  TEST,
  /** Retry deliveries, including delivered ones. */
  RETRY,
  /** Add, change, pause and resume endpoints. */
  MANAGE,
  /** Remove endpoints. */
  REMOVE,
  /** See the secret of a new endpoint, and rotate secrets. */
  SECRETS,
  /** See event data, as far as the site's settings allow. */
  PAYLOAD;

  /** Default capabilities of a link. */
  public static final Set<PortalCapability> DEFAULTS = Set.copyOf(EnumSet.of(TEST, RETRY, PAYLOAD));

  /** Returns the code used in the API. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the capability with this code; empty if there is none. */
  public static Optional<PortalCapability> fromCode(String word) {
    Objects.requireNonNull(word, "word");
    return Stream.of(values()).filter(one -> one.code().equals(word)).findFirst();
  }
}
