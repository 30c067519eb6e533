package dev.hookferry.id;

import java.util.Objects;
import java.util.UUID;

/**
 * Id of an endpoint; in text {@code ep_…}.
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

  @Override
  public String toString() {
    return IdText.write(PREFIX, value);
  }
}
