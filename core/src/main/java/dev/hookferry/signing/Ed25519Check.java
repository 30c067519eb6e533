package dev.hookferry.signing;

import dev.hookferry.event.Payload;
import dev.hookferry.signing.SignatureVerifier.Finding;
import java.util.Map;
import java.util.stream.Stream;

/** Checks one message by a public key, on the receiver's side. */
final class Ed25519Check {
  private Ed25519Check() {}

  /**
   * Checks a message.
   *
   * @param headers those of the message, with names in lower case
   * @param publicKey {@code whpk_} and 32 bytes in base64
   */
  static Finding check(
      SignatureVerifier verifier, Payload body, Map<String, String> headers, String publicKey) {
    String id = headers.get(StandardSignature.ID_HEADER);
    String time = headers.get(StandardSignature.TIMESTAMP_HEADER);
    String given = headers.get(StandardSignature.HEADER);
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
