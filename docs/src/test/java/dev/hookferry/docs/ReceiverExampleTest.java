package dev.hookferry.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.event.Payload;
import dev.hookferry.id.EventId;
import dev.hookferry.signing.QlmSignature;
import dev.hookferry.signing.SignatureVerifier;
import dev.hookferry.signing.StandardSecret;
import dev.hookferry.signing.StandardSignature;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The receivers that the manual shows, in Java. */
class ReceiverExampleTest {
  private static final byte[] BODY = "{\"Name\":\"Zoë\"}".getBytes(StandardCharsets.UTF_8);

  @Test
  void theQlmExampleTellsRightFromWrong() throws Exception {
    String signature = QlmSignature.of(Payload.wrap(BODY), "clé-Ω");

    assertThat(verifyQlm(BODY, signature, "clé-Ω")).isTrue();
    assertThat(verifyQlm(BODY, signature, "other")).isFalse();
  }

  @Test
  void theStandardExampleTellsRightFromWrong() {
    StandardSecret right = StandardSecret.generate(new Random(1));
    StandardSecret wrong = StandardSecret.generate(new Random(2));
    Instant now = InstantSource.system().instant();
    EventId id = new EventId("evt_1");
    Map<String, String> headers =
        Map.of(
            "webhook-id",
            id.value(),
            "webhook-timestamp",
            Long.toString(now.getEpochSecond()),
            "webhook-signature",
            StandardSignature.of(id, now, Payload.wrap(BODY), List.of(right)));

    assertThat(verifyStandard(BODY, headers, right.reveal())).isTrue();
    assertThat(verifyStandard(BODY, headers, wrong.reveal())).isFalse();
  }

  // tag::qlm
  static boolean verifyQlm(byte[] body, String signature, String secret) throws Exception {
    MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
    sha256.update(body);
    byte[] expected = sha256.digest(secret.getBytes(StandardCharsets.UTF_8));
    return MessageDigest.isEqual(expected, HexFormat.of().parseHex(signature));
  }

  // end::qlm

  private static boolean verifyStandard(byte[] body, Map<String, String> headers, String secret) {
    // tag::standard
    SignatureVerifier verifier =
        new SignatureVerifier(InstantSource.system(), Duration.ofMinutes(5));
    SignatureVerifier.Finding finding =
        verifier.standard(Payload.wrap(body), headers, StandardSecret.parse(secret));
    boolean trusted = finding == SignatureVerifier.Finding.VALID;
    // end::standard
    return trusted;
  }
}
