package dev.hookferry.http.console.portal.forms;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.event.Payload;
import dev.hookferry.http.words.Words;
import dev.hookferry.signing.SignatureCheck;
import dev.hookferry.signing.SignatureVerifier;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reasons why signatures do not match, as customers read them. */
class MismatchWordsTest {
  private static final Words GERMAN = Words.of("de", null);
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  private static String why(Map<String, String> headers) {
    SignatureVerifier verifier =
        new SignatureVerifier(InstantSource.system(), Duration.ofMinutes(5));
    return SignatureCheck.all(verifier, Payload.of("{}"), headers, List.of(SECRET)).get(0).why();
  }

  @Test
  void whatTheVerifierSaysIsTranslated() {
    Map<String, String> headers = new HashMap<>();
    headers.put("webhook-id", "evt_1");
    headers.put("webhook-signature", "v1,AAAA");
    assertThat(MismatchWords.of(why(headers), GERMAN))
        .isEqualTo("in der Nachricht fehlt webhook-timestamp");
    headers.put("webhook-timestamp", "soon");
    assertThat(MismatchWords.of(why(headers), GERMAN))
        .isEqualTo("webhook-timestamp ist keine Anzahl von Sekunden");
    headers.put("webhook-timestamp", "1000000000");
    assertThat(MismatchWords.of(why(headers), GERMAN)).startsWith("webhook-timestamp ist zu alt");
    headers.put("webhook-timestamp", "9000000000");
    assertThat(MismatchWords.of(why(headers), GERMAN)).contains("liegt in der Zukunft");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "it would match if the body ended without its last line break: these are not the bytes sent",
        "it would match if the body ended without its last line break (CR LF): these are not the"
            + " bytes sent",
        "it would match if the body ended with a line break: these are not the bytes sent",
        "it would match if the secret had no spaces around it",
        "a part of the signature header is missing",
        "the message has no a but b, which the profile c writes",
        "the timestamp is not a number of seconds"
      })
  void englishReasonsStayAsTheyAre(String reason) {
    assertThat(MismatchWords.of(reason, Words.of("en", null))).isEqualTo(reason);
    assertThat(MismatchWords.of(reason, GERMAN)).isNotEqualTo(reason).doesNotContain("match");
  }
}
