package dev.hookferry.access;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Permissions of API keys. */
public enum Scope {
  /** Publish events. */
  PUBLISH,
  /** Read events, deliveries, the log, endpoints and settings. */
  READ,
  /** Change endpoints and settings; retry, cancel, replay. Includes {@code READ}. */
  MANAGE,
  /** Everything, including sites and API keys. */
  ADMIN;

  /** Returns whether this scope includes another. */
  public boolean covers(Scope requested) {
    Objects.requireNonNull(requested, "requested");
    return this == requested || this == ADMIN || (this == MANAGE && requested == READ);
  }

  /** Returns the lower-case name used in the API. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Parses the name used in the API; empty if it is unknown. */
  public static Optional<Scope> fromCode(String word) {
    Objects.requireNonNull(word, "word");
    return Stream.of(values()).filter(scope -> scope.code().equals(word)).findFirst();
  }
}
