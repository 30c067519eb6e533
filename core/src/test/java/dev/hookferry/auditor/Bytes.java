package dev.hookferry.auditor;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hookferry.event.Payload;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A second implementation of the wire format, written from the documentation alone. */
final class Bytes {
  private Bytes() {}

  /** One character for each byte. */
  static String text(Payload payload) {
    return new String(payload.toBytes(), ISO_8859_1);
  }

  /** Returns the expected {@code X-QLM-Signature}. */
  static String signature(Payload body, String secret) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      sha.update(body.toBytes());
      return HexFormat.of().formatHex(sha.digest(secret.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
