package dev.hookferry.event;

import dev.hookferry.id.EventType;
import dev.hookferry.refusal.InvalidException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Content hash that tells a repeated publish from a conflicting one: SHA-256 over the type, the
 * producer's time and options if given, and the producer's bytes.
 *
 * @param hex 64 lower-case hexadecimal digits
 */
public record Fingerprint(String hex) {
  private static final int DIGITS = 64;

  public Fingerprint {
    Objects.requireNonNull(hex, "hex");
    if (hex.length() != DIGITS || !isHex(hex)) {
      throw InvalidException.of("fingerprint", "must be 64 lower-case hexadecimal digits");
    }
  }

  private static boolean isHex(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        return false;
      }
    }
    return true;
  }

  /** Computes the fingerprint of a producer's input without options. */
  public static Fingerprint of(EventType type, @Nullable Instant occurredAt, Payload data) {
    return of(type, occurredAt, data, null);
  }

  /**
   * Computes the fingerprint of a producer's input.
   *
   * @param options a string that is equal for equal options, or null if there are none
   */
  static Fingerprint of(
      EventType type, @Nullable Instant occurredAt, Payload data, @Nullable String options) {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(data, "data");
    String more = options == null ? "" : '\t' + options;
    String head = type.name() + '\n' + (occurredAt == null ? "" : occurredAt) + more + '\n';
    return new Fingerprint(Sha256.hex(head.getBytes(StandardCharsets.UTF_8), data.unsafeBytes()));
  }
}
