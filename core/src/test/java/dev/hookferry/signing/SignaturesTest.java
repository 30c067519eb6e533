package dev.hookferry.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import dev.hookferry.event.Payload;
import dev.hookferry.id.EventId;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.secret.Sealed;
import dev.hookferry.signing.SignatureVerifier.Finding;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignaturesTest {
  private static final EventId ID = new EventId("evt_01k0v3g5a2e8rv7n9q4c6t1xwz");

  @ParameterizedTest
  @CsvSource({
    "s3cr3t, 49b99a69083fab7439ebcf5de212721199829d456c1283f5e2e6a83292823687",
    "clé-Ω, f29a6903ec05ca54b757e78d350651f29df05dc78baadf5b3082596430ecc39a"
  })
  void signsAsQlm(String secret, String expected) {
    Payload body = Payload.of("{\"Name\":\"stWebHook\",\"WebHookUserData\":\"my user data\"}");

    assertThat(QlmSignature.of(body, secret)).isEqualTo(expected);
  }

  /** The library judges by the machine's clock, so these are signed by it, too. */
  private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);

  static Stream<String> bodies() {
    return Stream.of(
        "{}", "", "{\"Name\":\"clé-Ω 漢字 😀\"}", "a.b.c\r\n\u0000", "x".repeat(100_000));
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void signsWhatThePublicLibraryVerifies(String body) {
    for (int length : List.of(24, 32, 75)) {
      StandardSecret secret = secret(length);
      String signature = StandardSignature.of(ID, NOW, Payload.of(body), List.of(secret));
      Webhook library = new Webhook(secret.reveal());

      assertThatCode(() -> library.verify(body, headers(signature))).doesNotThrowAnyException();
      assertThatThrownBy(() -> library.verify(body + " ", headers(signature)))
          .isInstanceOf(WebhookVerificationException.class);
    }
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void verifiesWhatThePublicLibrarySigns(String body) throws Exception {
    StandardSecret secret = secret(32);
    String signature = new Webhook(secret.reveal()).sign(ID.value(), NOW.getEpochSecond(), body);
    Map<String, String> headers =
        Map.of(
            "webhook-id",
            ID.value(),
            "webhook-timestamp",
            Long.toString(NOW.getEpochSecond()),
            "webhook-signature",
            signature);
    SignatureVerifier verifier = new SignatureVerifier(() -> NOW, Duration.ofMinutes(5));

    assertThat(verifier.standard(Payload.of(body), headers, secret)).isEqualTo(Finding.VALID);
    assertThat(StandardSignature.of(ID, NOW, Payload.of(body), List.of(secret)))
        .isEqualTo(signature);
  }

  @Test
  void publicLibraryVerifiesBothSecretsOfARotation() {
    StandardSecret old = secret(24);
    StandardSecret fresh = secret(32);
    String both = StandardSignature.of(ID, NOW, Payload.of("{}"), List.of(fresh, old));

    for (StandardSecret either : List.of(old, fresh)) {
      assertThatCode(() -> new Webhook(either.reveal()).verify("{}", headers(both)))
          .doesNotThrowAnyException();
    }
  }

  private static Map<String, List<String>> headers(String signature) {
    return Map.of(
        "webhook-id",
        List.of(ID.value()),
        "webhook-timestamp",
        List.of(Long.toString(NOW.getEpochSecond())),
        "webhook-signature",
        List.of(signature));
  }

  private static StandardSecret secret(int length) {
    byte[] key = new byte[length];
    new Random(length).nextBytes(key);
    return StandardSecret.parse("whsec_" + Base64.getEncoder().encodeToString(key));
  }

  @Test
  void generatesSecretsThatCanBeReadBack() {
    Random random = new Random(3);
    Set<String> texts = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      StandardSecret secret = StandardSecret.generate(random);
      assertThat(texts.add(secret.reveal())).isTrue();
      assertThat(Base64.getDecoder().decode(secret.reveal().substring("whsec_".length())))
          .hasSize(32);
      assertThat(sign(StandardSecret.parse(secret.reveal()))).isEqualTo(sign(secret));
    }
  }

  private static String sign(StandardSecret secret) {
    return StandardSignature.of(ID, Instant.EPOCH, Payload.of("x"), List.of(secret));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "whsec_",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "WHSEC_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
        "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA!",
        "whsec_ AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAA-_"
      })
  void refusesAnInvalidSecret(String text) {
    assertThatThrownBy(() -> StandardSecret.parse(text))
        .isInstanceOf(InvalidException.class)
        .hasMessage("secret: must be whsec_ followed by 24 to 75 bytes in base64");
    assertThatThrownBy(
            () -> StandardSecret.parse("whsec_" + Base64.getEncoder().encodeToString(new byte[76])))
        .isInstanceOf(InvalidException.class);
  }

  @Test
  void neverShowsASecret() {
    StandardSecret secret = secret(32);

    assertThat(secret).hasToString("whsec_***");
    assertThat(new Sealed("plain:s3cr3t")).hasToString("***");
    assertThatThrownBy(() -> StandardSecret.parse("whsec_s3cr3t"))
        .hasMessageNotContaining("s3cr3t");
  }

  /** The key is expanded once and shared by all threads that sign. */
  @Test
  void signsOnSeveralThreadsAtOnce() {
    StandardSecret secret = secret(32);
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      expected.add(StandardSignature.of(ID, NOW, Payload.of("body " + i), List.of(secret(32))));
    }

    List<String> found =
        IntStream.range(0, 500)
            .parallel()
            .mapToObj(i -> StandardSignature.of(ID, NOW, Payload.of("body " + i), List.of(secret)))
            .toList();

    assertThat(found).isEqualTo(expected);
  }
}
