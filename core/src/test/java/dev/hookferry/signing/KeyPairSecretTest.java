package dev.hookferry.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.event.Payload;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.signing.SignatureVerifier.Finding;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A secret that is an Ed25519 key pair, and the signatures that it makes. */
class KeyPairSecretTest {
  private static final Payload BODY = Payload.of("{\"a\":1.10}");
  private static final Instant NOW = Instant.parse("2026-04-29T16:39:49Z");
  private static final SigningSecret PAIR =
      SigningSecret.generate(SecretType.ED25519, new Random(1));
  private static final SigningSecret OTHER =
      SigningSecret.generate(SecretType.ED25519, new Random(2));
  private static final SigningSecret SHARED = SigningSecret.generate(new Random(3));

  private static Map<String, String> signed(SignatureProfile profile, SigningSecret... secrets) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("webhook-id", "evt_1");
    headers.put("webhook-timestamp", Long.toString(NOW.getEpochSecond()));
    SignedMessage.Names names = new SignedMessage.Names("evt_1", "license_created", "dlv_1", 1);
    SignatureForm.of(Signature.of(profile))
        .sign(
            SignedMessage.of(names, NOW, BODY, Map.of()),
            Stream.of(secrets).map(SigningKey::new).toList(),
            headers::put);
    return headers;
  }

  private static SignatureCheck check(
      SignatureProfile profile, Map<String, String> headers, Payload body, String key) {
    SignatureVerifier verifier =
        new SignatureVerifier(InstantSource.fixed(NOW), Duration.ofMinutes(5));
    return SignatureCheck.of(verifier, Signature.of(profile), body, headers, key);
  }

  private static String publicKey(SigningSecret pair) {
    return Objects.requireNonNull(pair.publicKey()).text();
  }

  @Test
  void aReceiverGetsThePublicKeyOnly() {
    SigningSecret parsed = SigningSecret.of(PAIR.reveal());

    assertThat(parsed.type()).isEqualTo(SecretType.ED25519);
    assertThat(parsed.forReceiver()).startsWith("whpk_").isEqualTo(publicKey(PAIR));
    assertThat(parsed.reveal()).startsWith("whsk_").isEqualTo(PAIR.reveal());
    assertThat(parsed).hasToString("***");
    assertThat(SHARED.type()).isEqualTo(SecretType.HMAC);
    assertThat(SHARED.publicKey()).isNull();
    assertThat(SHARED.forReceiver()).isEqualTo(SHARED.reveal());
  }

  @ParameterizedTest
  @ValueSource(strings = {"whsk_", "whsk_AAAA", "whsk_not base64 at all"})
  void malformedKeyPairIsNotReadAsASharedSecret(String text) {
    assertThatThrownBy(() -> SigningSecret.of(text.length() < 8 ? text + "AAA" : text))
        .isInstanceOf(InvalidException.class)
        .hasMessageContaining("secret: must be whsk_ followed by 64 bytes in base64");
  }

  @Test
  void keysThatDoNotBelongTogetherAreRefused() {
    String mixed = PAIR.reveal().substring(0, 48) + OTHER.reveal().substring(48);
    assertThatThrownBy(() -> SigningSecret.of(mixed))
        .isInstanceOf(InvalidException.class)
        .hasMessageContaining("must end with the public key that matches its private key");
  }

  /** Anyone who has the public key could sign with it as the key of an HMAC. */
  @Test
  void refusesAPublicKeyAsASecret() {
    assertThatThrownBy(() -> SigningSecret.of(publicKey(PAIR)))
        .isInstanceOf(InvalidException.class)
        .hasMessageContaining("must not be a public key (whpk_)");
  }

  @ParameterizedTest
  @EnumSource(names = {"STANDARD", "SVIX"})
  void eachSecretSignsByItsKind(SignatureProfile profile) {
    Map<String, String> headers = signed(profile, PAIR, SHARED, OTHER);
    String name = Signature.of(profile).headers().get(0);

    assertThat(headers.get(name).split(" ", -1))
        .hasSize(3)
        .allMatch(one -> one.matches("v1a,[^ ,]{88}|v1,[^ ,]{44}"));
    for (SigningSecret secret : List.of(PAIR, SHARED, OTHER)) {
      String key = secret.forReceiver();
      assertThat(check(profile, headers, BODY, key).finding()).isEqualTo(Finding.VALID);
      assertThat(check(profile, headers, Payload.of("{}"), key).finding())
          .isEqualTo(Finding.NO_MATCH);
    }
    assertThat(check(profile, headers, BODY, PAIR.reveal()).header()).isEqualTo(name);
    String stranger = publicKey(SigningSecret.generate(SecretType.ED25519, new Random(9)));
    assertThat(check(profile, headers, BODY, stranger).finding()).isEqualTo(Finding.NO_MATCH);
  }

  @Test
  void aPublicKeyTellsTheSchemeByItself() {
    Map<String, String> headers = signed(SignatureProfile.STANDARD, PAIR);
    SignatureVerifier late =
        new SignatureVerifier(InstantSource.fixed(NOW.plusSeconds(301)), Duration.ofMinutes(5));
    SignatureVerifier now = new SignatureVerifier(InstantSource.fixed(NOW), Duration.ofMinutes(5));

    List<String> keys = List.of(publicKey(PAIR));
    assertThat(SignatureCheck.all(now, BODY, headers, keys).get(0).text())
        .isEqualTo("webhook-signature valid");
    assertThat(SignatureCheck.all(late, BODY, headers, keys).get(0).finding())
        .isEqualTo(Finding.TOO_OLD);
    headers.remove("webhook-id");
    assertThat(SignatureCheck.all(now, BODY, headers, keys).get(0).finding())
        .isEqualTo(Finding.MISSING_HEADER);
  }

  @ParameterizedTest
  @EnumSource(SignatureProfile.class)
  void onlySignaturesForPublicKeysTakeAKeyPair(SignatureProfile profile) {
    Signature signature =
        profile == SignatureProfile.CUSTOM
            ? Signature.parse("custom header=X-Acme-Digest")
            : Signature.of(profile);
    boolean fits = List.of("standard", "svix", "ed25519", "qlm").contains(profile.code());

    if (fits) {
      signature.requireFit(PAIR);
    } else {
      assertThatThrownBy(() -> signature.requireFit(PAIR))
          .isInstanceOf(InvalidException.class)
          .hasMessageContaining(
              "must not be a key pair (whsk_) for the signature " + profile.code());
    }
    signature.requireFit(SHARED);
  }

  @Test
  void httpMessageSignaturesTakeAKeyPairIfTheyAreEd25519() {
    Signature signature =
        Signature.of(SignatureProfile.HTTP_MESSAGE_SIGNATURES).with("algorithm", "ed25519");
    signature.requireFit(PAIR);
    assertThat(signature.isEd25519()).isTrue();
  }
}
