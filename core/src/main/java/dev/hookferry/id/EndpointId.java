package dev.hookferry.id;

import java.util.UUID;

/**
 * The identity of an endpoint, {@code ep_…} in text.
 *
 * @param value time-ordered
 */
public record EndpointId(UUID value) {
  private static final String PREFIX = "ep_";

  /** Reads the textual form; refuses any other text. */
  public static EndpointId parse(String text) {
    return new EndpointId(IdText.read(PREFIX, text));
  }

  @Override
  public String toString() {
    return IdText.write(PREFIX, value);
  }
}
