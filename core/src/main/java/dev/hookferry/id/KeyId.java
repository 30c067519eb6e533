package dev.hookferry.id;

import java.util.Objects;
import java.util.UUID;

/**
 * Id of an API key, written {@code key_…}.
 *
 * @param value time-ordered
 */
public record KeyId(UUID value) {
  private static final String PREFIX = "key_";

  public KeyId {
    Objects.requireNonNull(value, "value");
  }

  /**
   * Parses the textual form.
   *
   * @throws dev.hookferry.refusal.InvalidException if the text is malformed
   */
  public static KeyId parse(String text) {
    Objects.requireNonNull(text, "text");
    return new KeyId(IdText.read(PREFIX, text));
  }

  @Override
  public String toString() {
    return IdText.write(PREFIX, value);
  }
}
