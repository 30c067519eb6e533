package dev.hookferry.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.event.Payload;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.signing.SignatureVerifier.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpMessageSignatureTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_618_884_473);
  private static final Signature HMAC = Signature.of(SignatureProfile.HTTP_MESSAGE_SIGNATURES);
  private static final String SECRET =
      "whsec_uzvJfB4u3N0Jy4T7NZ75MDVcr8zSTInedJtkgcu46YW4XByzNJjxBdtjUkdJPBtbmHhIDi6pcl8jsasjlTMtDQ==";
  private static final String OTHER = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
  private static final String URL = "https://receiver.example/hooks?a=1";
  private static final Payload BODY = Payload.of("{\"hello\": \"world\"}");

  private final SignatureVerifier verifier =
      new SignatureVerifier(() -> NOW, Duration.ofMinutes(5));

  /** RFC 9421, B.2.5, and RFC 9530, B.1. */
  @Test
  void hmacIsThatOfTheStandard() {
    Map<String, String> components = new LinkedHashMap<>();
    components.put("date", "Tue, 20 Apr 2021 02:07:55 GMT");
    components.put("@authority", "example.com");
    components.put("content-type", "application/json");
    String base =
        HttpMessageSignature.base(
            components,
            "(\"date\" \"@authority\" \"content-type\");created=1618884473"
                + ";keyid=\"test-shared-secret\"");

    assertThat(HttpMessageSignature.hmac(new SigningKey(SigningSecret.of(SECRET)), base))
        .isEqualTo("pxcQw6G3AjtMBQjwo8XzkZf/bws5LelbaMk5rGIGtE8=");
    assertThat(HttpMessageSignature.digest(BODY))
        .isEqualTo("sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:");
  }

  /** RFC 9421, B.2.6. */
  @Test
  void ed25519IsThatOfTheStandard() {
    Map<String, String> components = new LinkedHashMap<>();
    components.put("date", "Tue, 20 Apr 2021 02:07:55 GMT");
    components.put("@method", "POST");
    components.put("@path", "/foo");
    components.put("@authority", "example.com");
    components.put("content-type", "application/json");
    components.put("content-length", "18");
    String base =
        HttpMessageSignature.base(
            components,
            "(\"date\" \"@method\" \"@path\" \"@authority\" \"content-type\" \"content-length\")"
                + ";created=1618884473;keyid=\"test-key-ed25519\"");
    byte[] point = Base64.getUrlDecoder().decode("JrQLj5P_89iXES9-vFgrIy29clF9CC_oPPsw3c5D0bs");
    String publicKey = Ed25519Key.PUBLIC_PREFIX + Base64.getEncoder().encodeToString(point);

    assertThat(
            Ed25519Key.verifies(
                publicKey,
                "v1a,wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPp"
                    + "BKRCw==",
                base,
                Payload.empty()))
        .isTrue();
  }

  private static Map<String, String> signed(Signature signature, String... secrets) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("webhook-id", "evt_1");
    headers.put(HttpMessageSignature.TARGET, URL);
    HttpMessageSignature.sign(
        signature,
        new HttpMessageSignature.Request(URL, "evt_1", BODY, NOW),
        List.of(secrets).stream().map(text -> new SigningKey(SigningSecret.of(text))).toList(),
        headers::put);
    return headers;
  }

  private SignatureCheck check(Map<String, String> headers, Payload body, String secret) {
    return SignatureCheck.of(verifier, HMAC, body, headers, secret);
  }

  @Test
  void writesTheHeadersOfTheStandard() {
    Map<String, String> headers = signed(HMAC.with("keyid", "crm-1"), SECRET, OTHER);

    assertThat(headers.get("Signature-Input"))
        .startsWith(
            "sig1=(\"@method\" \"@target-uri\" \"content-digest\" \"webhook-id\");created=1618884473"
                + ";keyid=\"crm-1\";alg=\"hmac-sha256\", sig2=(");
    assertThat(headers.get("Signature")).matches("sig1=:[^:]+:, sig2=:[^:]+:");
    assertThat(headers.get("Content-Digest")).startsWith("sha-256=:");
    assertThat(check(headers, BODY, SECRET).isValid()).isTrue();
    assertThat(check(headers, BODY, OTHER).isValid()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"webhook-id", "@target-uri", "Content-Digest", "Signature"})
  void everyComponentIsSigned(String changed) {
    Map<String, String> headers = signed(HMAC, SECRET);
    headers.computeIfPresent(
        changed, (name, value) -> value.replace("1", "2").replace("=:", "=:A"));

    assertThat(check(headers, BODY, SECRET).finding()).isEqualTo(Finding.NO_MATCH);
    headers.remove(changed);
    assertThat(check(headers, BODY, SECRET).finding()).isEqualTo(Finding.MISSING_HEADER);
    assertThat(check(headers, BODY, SECRET).why()).containsIgnoringCase(changed);
  }

  @Test
  void saysWhatIsWrong() {
    Map<String, String> headers = signed(HMAC, SECRET);

    assertThat(check(headers, Payload.of("{}"), SECRET).finding()).isEqualTo(Finding.NO_MATCH);
    assertThat(check(headers, Payload.of(BODY.text() + "\n"), SECRET).why())
        .contains("the body ended without its last line break");
    headers.remove(HttpMessageSignature.TARGET);
    assertThat(check(headers, BODY, SECRET).why()).contains("give it as @target-uri");
    SignatureVerifier late =
        new SignatureVerifier(() -> NOW.plusSeconds(301), Duration.ofMinutes(5));
    assertThat(SignatureCheck.of(late, HMAC, BODY, signed(HMAC, SECRET), SECRET).finding())
        .isEqualTo(Finding.TOO_OLD);
  }

  @Test
  void theKeyOfTheSiteSignsIfItIsChosen() {
    Signature signature = HMAC.with("algorithm", "ed25519");
    Ed25519Key key = Ed25519Key.generate(new Random(1));
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("webhook-id", "evt_1");
    headers.put(HttpMessageSignature.TARGET, URL);
    HttpMessageSignature.signByEd25519(
        signature,
        new HttpMessageSignature.Request(URL, "evt_1", BODY, NOW),
        List.of(new Ed25519Signer("kid7", key::sign)),
        headers::put);

    assertThat(signature.isEd25519()).isTrue();
    assertThat(signature.needsStandardSecret()).isFalse();
    assertThat(headers.get("Signature-Input")).endsWith(";keyid=\"kid7\";alg=\"ed25519\"");
    assertThat(check(headers, BODY, key.publicKey()).isValid()).isTrue();
    assertThat(check(headers, Payload.of("{}"), key.publicKey()).isValid()).isFalse();
  }

  @Test
  void refusesOptionsOfOtherProfiles() {
    assertThat(HMAC.profile().code()).isEqualTo("http-message-signatures");
    assertThat(HMAC.isReplayable()).isFalse();
    assertThatThrownBy(() -> HMAC.with("algorithm", "hmac-sha512"))
        .isInstanceOf(InvalidException.class)
        .hasMessageContaining("must be hmac-sha256 or ed25519");
    assertThatThrownBy(() -> Signature.of(SignatureProfile.OUTPOST).with("algorithm", "ed25519"))
        .isInstanceOf(InvalidException.class)
        .hasMessageContaining("must be an HMAC");
    assertThatThrownBy(() -> HMAC.with("keyid", "a\"b")).isInstanceOf(InvalidException.class);
  }
}
