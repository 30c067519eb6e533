package dev.hookferry.id;

import java.util.Objects;
import java.util.UUID;

/**
 * Id of a replay, written {@code rpl_…}.
 *
 * @param value time-ordered
 */
public record ReplayId(UUID value) {
  private static final String PREFIX = "rpl_";

  public ReplayId {
    Objects.requireNonNull(value, "value");
  }

  /**
   * Parses the textual form.
   *
   * @throws dev.hookferry.refusal.InvalidException if the text is malformed
   */
  public static ReplayId parse(String text) {
    Objects.requireNonNull(text, "text");
    return new ReplayId(IdText.read(PREFIX, text));
  }

  @Override
  public String toString() {
    return IdText.write(PREFIX, value);
  }
}
