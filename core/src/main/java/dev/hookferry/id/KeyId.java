package dev.hookferry.id;

import java.util.UUID;

/**
 * The identity of an API key, {@code key_…} in text.
 *
 * @param value time-ordered
 */
public record KeyId(UUID value) {
  private static final String PREFIX = "key_";

  /** Reads the textual form; refuses any other text. */
  public static KeyId parse(String text) {
    return new KeyId(IdText.read(PREFIX, text));
  }

  @Override
  public String toString() {
    return IdText.write(PREFIX, value);
  }
}
