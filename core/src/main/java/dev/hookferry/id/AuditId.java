package dev.hookferry.id;

import java.util.Objects;
import java.util.UUID;

/**
 * Id of an audit log entry, written {@code aud_…}.
 *
 * @param value time-ordered
 */
public record AuditId(UUID value) {
  private static final String PREFIX = "aud_";

  public AuditId {
    Objects.requireNonNull(value, "value");
  }

  /**
   * Parses the textual form.
   *
   * @throws dev.hookferry.refusal.InvalidException if the text is malformed
   */
  public static AuditId parse(String text) {
    Objects.requireNonNull(text, "text");
    return new AuditId(IdText.read(PREFIX, text));
  }

  @Override
  public String toString() {
    return IdText.write(PREFIX, value);
  }
}
