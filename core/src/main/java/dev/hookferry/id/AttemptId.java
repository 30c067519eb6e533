package dev.hookferry.id;

import java.util.Objects;
import java.util.UUID;

/**
 * Id of an attempt, written {@code att_…}.
 *
 * @param value time-ordered
 */
public record AttemptId(UUID value) {
  private static final String PREFIX = "att_";

  public AttemptId {
    Objects.requireNonNull(value, "value");
  }

  /**
   * Parses the textual form.
   *
   * @throws dev.hookferry.refusal.InvalidException if the text is malformed
   */
  public static AttemptId parse(String text) {
    Objects.requireNonNull(text, "text");
    return new AttemptId(IdText.read(PREFIX, text));
  }

  @Override
  public String toString() {
    return IdText.write(PREFIX, value);
  }
}
