package dev.hookferry.id;

import dev.hookferry.refusal.InvalidException;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * Id of an event, unique within its site; receivers see it as {@code webhook-id}. Producers may
 * choose their own ids. Must not contain dots, because the signed text uses them as separators.
 *
 * @param value 1 to 128 characters from {@code A-Za-z0-9_-}
 */
public record EventId(String value) {
  private static final String PREFIX = "evt_";
  private static final int MAX_LENGTH = 128;

  public EventId {
    Objects.requireNonNull(value, "value");
    if (value.isEmpty() || value.length() > MAX_LENGTH || !isPlain(value)) {
      throw InvalidException.of("id", "must be 1 to 128 characters of A-Z a-z 0-9 _ -");
    }
  }

  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!isPlain(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isPlain(char c) {
    return ('a' <= c && c <= 'z')
        || ('0' <= c && c <= '9')
        || ('A' <= c && c <= 'Z')
        || c == '_'
        || c == '-';
  }

  /** Creates a generated id with the prefix {@code evt_}. */
  public static EventId of(UUID unique) {
    Objects.requireNonNull(unique, "unique");
    return new EventId(IdText.write(PREFIX, unique));
  }

  /**
   * Returns the creation time in a generated id, with millisecond precision; empty if the producer
   * chose the id.
   */
  public Optional<Instant> createdAt() {
    if (!value.startsWith(PREFIX)) {
      return Optional.empty();
    }
    try {
      UUID unique = IdText.read(PREFIX, value);
      return unique.version() == 7
          ? Optional.of(Instant.ofEpochMilli(unique.getMostSignificantBits() >>> 16))
          : Optional.empty();
    } catch (InvalidException e) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
