package dev.hookferry.id;

import java.util.UUID;

/**
 * The identity of a replay, {@code rpl_…} in text.
 *
 * @param value time-ordered
 */
public record ReplayId(UUID value) {
  private static final String PREFIX = "rpl_";

  /** Reads the textual form; refuses any other text. */
  public static ReplayId parse(String text) {
    return new ReplayId(IdText.read(PREFIX, text));
  }

  @Override
  public String toString() {
    return IdText.write(PREFIX, value);
  }
}
