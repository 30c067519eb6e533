package dev.hookferry.id;

import java.util.UUID;

/**
 * Id of an API key; in text {@code key_…}.
 *
 * @param value time-ordered
 */
public record KeyId(UUID value) {
  private static final String PREFIX = "key_";

  /**
   * Parses the textual form.
   *
   * @throws dev.hookferry.refusal.InvalidException if the text is malformed
   */
  public static KeyId parse(String text) {
    return new KeyId(IdText.read(PREFIX, text));
  }

  @Override
  public String toString() {
    return IdText.write(PREFIX, value);
  }
}
