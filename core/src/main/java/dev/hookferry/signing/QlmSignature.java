package dev.hookferry.signing;

import dev.hookferry.event.Payload;
import dev.hookferry.event.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * QLM's signature: lower-case hexadecimal SHA-256 of the body followed by the secret's UTF-8 bytes.
 * Contains no time, so it does not protect against replay attacks.
 */
public final class QlmSignature {
  /** The name of the HTTP header. */
  public static final String HEADER = "X-QLM-Signature";

  private QlmSignature() {}

  /** Signs a body. */
  public static String of(Payload body, String secret) {
    Objects.requireNonNull(body, "body");
    Objects.requireNonNull(secret, "secret");
    return Sha256.hex(body.unsafeBytes(), secret.getBytes(StandardCharsets.UTF_8));
  }
}
