package dev.hookferry.id;

import dev.hookferry.refusal.InvalidException;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * Id of an endpoint, written {@code ep_…}.
 *
 * @param value time-ordered
 */
public record EndpointId(UUID value) {
  private static final String PREFIX = "ep_";

  public EndpointId {
    Objects.requireNonNull(value, "value");
  }

  /**
   * Parses the textual form.
   *
   * @throws dev.hookferry.refusal.InvalidException if the text is malformed
   */
  public static EndpointId parse(String text) {
    Objects.requireNonNull(text, "text");
    return new EndpointId(IdText.read(PREFIX, text));
  }

  /** Parses the textual form; empty if the text is anything else. */
  public static Optional<EndpointId> find(String text) {
    Objects.requireNonNull(text, "text");
    try {
      return text.startsWith(PREFIX) ? Optional.of(parse(text)) : Optional.empty();
    } catch (InvalidException e) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return IdText.write(PREFIX, value);
  }
}
