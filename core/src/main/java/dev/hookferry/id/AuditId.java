package dev.hookferry.id;

import java.util.UUID;

/**
 * The identity of an entry of the audit log, {@code aud_…} in text.
 *
 * @param value time-ordered
 */
public record AuditId(UUID value) {
  private static final String PREFIX = "aud_";

  /** Reads the textual form; refuses any other text. */
  public static AuditId parse(String text) {
    return new AuditId(IdText.read(PREFIX, text));
  }

  @Override
  public String toString() {
    return IdText.write(PREFIX, value);
  }
}
