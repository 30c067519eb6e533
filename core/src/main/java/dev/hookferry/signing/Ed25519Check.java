package dev.hookferry.signing;

import dev.hookferry.event.Payload;
import dev.hookferry.signing.SignatureVerifier.Finding;
import java.util.Map;
import java.util.stream.Stream;

/** Verifies a message with a public key, on the receiver's side. */
final class Ed25519Check {
  /** Prefix of Standard Webhooks headers. */
  static final String STANDARD = "webhook-";

  /** Prefix of Svix headers. */
  static final String SVIX = "svix-";

  private Ed25519Check() {}

  /**
   * Verifies a message.
   *
   * @param headers the message's headers, with names in lower case
   * @param publicKey {@code whpk_} and 32 bytes in base64
   * @param prefix prefix of the id, timestamp and signature headers
   */
  static Finding check(
      SignatureVerifier verifier,
      Payload body,
      Map<String, String> headers,
      String publicKey,
      String prefix) {
    String id = headers.get(prefix + "id");
    String time = headers.get(prefix + "timestamp");
    String given = headers.get(prefix + "signature");
    if (id == null || time == null || given == null) {
      return Finding.MISSING_HEADER;
    }
    Finding untimely = verifier.untimely(time);
    if (untimely != null) {
      return untimely;
    }
    String before = id + '.' + time + '.';
    boolean match =
        Stream.of(given.split(" ", -1))
            .anyMatch(token -> Ed25519Key.verifies(publicKey, token, before, body));
    return match ? Finding.VALID : Finding.NO_MATCH;
  }
}
