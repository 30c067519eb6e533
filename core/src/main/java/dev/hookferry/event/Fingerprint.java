package dev.hookferry.event;

import dev.hookferry.refusal.InvalidException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether a repeated publish has the same content as the first: the SHA-256 of the type, the
 * producer's time if it gave one, and the producer's bytes.
 *
 * @param hex 64 lower-case hexadecimal digits
 */
public record Fingerprint(String hex) {
  public Fingerprint {
    if (!hex.matches("[0-9a-f]{64}")) {
      throw InvalidException.of("fingerprint", "must be 64 lower-case hexadecimal digits");
    }
  }

  /** The fingerprint of what a producer handed in. */
  public static Fingerprint of(EventType type, @Nullable Instant occurredAt, Payload data) {
    MessageDigest sha256 = sha256();
    String head = type.name() + '\n' + (occurredAt == null ? "" : occurredAt) + '\n';
    sha256.update(head.getBytes(StandardCharsets.UTF_8));
    sha256.update(data.unsafeBytes());
    return new Fingerprint(HexFormat.of().formatHex(sha256.digest()));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
