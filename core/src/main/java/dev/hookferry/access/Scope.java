package dev.hookferry.access;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What an API key may do. */
public enum Scope {
  /** Publish events. */
  PUBLISH,
  /** Read events, deliveries, the log, endpoints and settings. */
  READ,
  /** Change endpoints and settings; retry, cancel, replay. Includes {@code READ}. */
  MANAGE,
  /** Everything, sites and keys too. */
  ADMIN;

  /** Whether a key with this scope may do what asks for the other. */
  public boolean covers(Scope asked) {
    return this == asked || this == ADMIN || (this == MANAGE && asked == READ);
  }

  /** The word on the wire. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Reads the word on the wire. */
  public static Optional<Scope> ofWord(String word) {
    return Stream.of(values()).filter(scope -> scope.word().equals(word)).findFirst();
  }
}
