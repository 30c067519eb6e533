package dev.hookferry.signing;

import dev.hookferry.event.Payload;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * QLM's signature: lower-case hexadecimal SHA-256 of the body followed by the secret's UTF-8 bytes.
 * It holds no time, hence gives no protection against replay.
 */
public final class QlmSignature {
  /** The header that carries it. */
  public static final String HEADER = "X-QLM-Signature";

  private QlmSignature() {}

  /** Signs a body. */
  public static String of(Payload body, String secret) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(body.unsafeBytes());
      sha256.update(secret.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(sha256.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
