package dev.hookferry.id;

import java.util.UUID;

/**
 * The identity of an attempt, {@code att_…} in text.
 *
 * @param value time-ordered
 */
public record AttemptId(UUID value) {
  private static final String PREFIX = "att_";

  /** Reads the textual form; refuses any other text. */
  public static AttemptId parse(String text) {
    return new AttemptId(IdText.read(PREFIX, text));
  }

  @Override
  public String toString() {
    return IdText.write(PREFIX, value);
  }
}
