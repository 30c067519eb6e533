package dev.hookferry.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hookferry.http.Served;
import dev.hookferry.signing.SecretType;
import dev.hookferry.signing.Signature;
import dev.hookferry.signing.SignatureCheck;
import dev.hookferry.signing.SignatureProfile;
import dev.hookferry.signing.SignatureVerifier;
import dev.hookferry.signing.SigningSecret;
import dev.hookferry.transport.SignedRequest;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Endpoints with Ed25519 keys of their own, over HTTP. */
class KeyPairRoutesTest {
  private static final String ENDPOINTS = "/api/v1/sites/default/endpoints";
  private static final String JWKS = "/.well-known/hookferry/default/jwks.json";
  private static final Signature STANDARD = Signature.of(SignatureProfile.STANDARD);

  private final Served served = new Served();
  private final SigningSecret pair = SigningSecret.generate(SecretType.ED25519, new Random(1));

  @AfterEach
  void close() {
    served.close();
  }

  private Served.Answer create(String more) {
    return served.post(
        ENDPOINTS, "{\"url\":\"" + Served.URL + "\",\"eventTypes\":[\"*\"]" + more + "}");
  }

  private static String id(Served.Answer made) {
    return made.json().path("id").asText();
  }

  private boolean verifiesTest(String endpoint, String publicKey) {
    served.post(ENDPOINTS + "/" + endpoint + "/test", "{}");
    SignedRequest sent = served.transport.requests().get(served.transport.requests().size() - 1);
    Map<String, String> headers =
        sent.headers().stream()
            .collect(Collectors.toMap(SignedRequest.Header::name, SignedRequest.Header::value));
    SignatureVerifier verifier = new SignatureVerifier(served.clock, Duration.ofMinutes(5));
    return SignatureCheck.of(verifier, STANDARD, sent.body(), headers, publicKey).isValid();
  }

  private Served.Answer jwks(String query) {
    return served.exchange(
        HttpRequest.newBuilder(served.request(JWKS + query).build().uri()).GET().build());
  }

  @Test
  void aNewKeyPairShowsItsPublicKeyOnly() {
    Served.Answer made = create(",\"secretType\":\"ed25519\"");

    assertThat(made.status()).as(made.body()).isEqualTo(201);
    String publicKey = made.json().path("secret").asText();
    assertThat(publicKey).matches("whpk_[^ ]{44}");
    JsonNode keys = served.get(ENDPOINTS + "/" + id(made)).json().path("publicKeys");
    assertThat(keys).hasSize(1);
    assertThat(keys.at("/0/publicKey").asText()).isEqualTo(publicKey);
    assertThat(keys.at("/0/until").isNull()).isTrue();
    assertThat(verifiesTest(id(made), publicKey)).isTrue();
    assertThat(served.get("/api/v1/audit").body())
        .contains(keys.at("/0/kid").asText())
        .doesNotContain("whsk_");
  }

  @Test
  void aKeyPairIsImportedAndNeverShown() {
    Served.Answer made = create(",\"secret\":\"" + pair.reveal() + "\"");

    assertThat(made.json().path("secret").asText()).isEqualTo(pair.forReceiver());
    assertThat(made.body()).doesNotContain("whsk_");
    assertThat(verifiesTest(id(made), pair.forReceiver())).isTrue();
    String halves = pair.reveal().replace(pair.reveal().charAt(30), '+');
    assertThat(create(",\"secret\":\"" + halves + "\"").body())
        .contains("must end with the public key that matches its private key")
        .doesNotContain(halves.substring(5, 30));
  }

  /** A receiver that trusts a key would accept what was signed for another one. */
  @Test
  void theSetOfAnEndpointHasItsOwnKeysOnly() {
    Served.Answer made = create(",\"secret\":\"" + pair.reveal() + "\"");
    assertThat(create(",\"secretType\":\"ed25519\"").status()).isEqualTo(201);
    assertThat(jwks("").status()).isEqualTo(404);

    Served.Answer keys = jwks("?endpoint=" + id(made));

    assertThat(keys.status()).as(keys.body()).isEqualTo(200);
    assertThat(keys.json().path("keys")).hasSize(1);
    assertThat(keys.json().at("/keys/0/kid"))
        .isEqualTo(made.json().at("/publicKeys/0/kid"))
        .isNotEqualTo(null);
    var unused = served.post(ENDPOINTS + "/" + id(made) + "/rotate-secret", "{}");
    assertThat(jwks("?endpoint=" + id(made)).json().path("keys")).hasSize(2);
    served.clock.advance(Duration.ofDays(1));
    assertThat(jwks("?endpoint=" + id(made)).json().path("keys")).hasSize(1);
    assertThat(jwks("?endpoint=ep_01m89rmsm2e00bctbf2wktq7j8").status()).isEqualTo(404);
    assertThat(jwks("?endpoint=crm").status()).isEqualTo(400);
    assertThat(jwks("?site=other").status()).isEqualTo(400);
  }

  @Test
  void aRotationKeepsTheKindUnlessAskedForAnother() {
    Served.Answer made = create("");
    String rotate = ENDPOINTS + "/" + id(made) + "/rotate-secret";

    Served.Answer first = served.post(rotate, "{\"secretType\":\"ed25519\"}");
    assertThat(first.json().path("secret").asText()).startsWith("whpk_");
    Served.Answer second = served.post(rotate, "{}");
    assertThat(second.json().path("secret").asText())
        .startsWith("whpk_")
        .isNotEqualTo(first.json().path("secret").asText());
    assertThat(second.json().path("publicKeys")).hasSize(2);
    assertThat(second.json().at("/publicKeys/1/until").asText()).isEqualTo("2026-01-02T12:00:00Z");
    Served.Answer third = served.post(rotate, "{\"secretType\":\"hmac\",\"overlapSeconds\":0}");
    assertThat(third.json().path("secret").asText()).startsWith("whsec_");
  }

  @Test
  void whatDoesNotFitIsRefused() {
    String both = ",\"secretType\":\"ed25519\",\"secret\":\"" + pair.reveal() + "\"";
    assertThat(create(both).body()).contains("secretType", "has no effect on a secret");
    assertThat(create(",\"secretType\":\"rsa\"").body()).contains("must be hmac or ed25519");
    assertThat(create(",\"secretType\":\"ed25519\",\"signatures\":[\"github\"]").body())
        .contains("must not be a key pair (whsk_) for the signature github");
    assertThat(create(",\"secret\":\"" + pair.forReceiver() + "\"").body())
        .contains("must not be a public key (whpk_)");
    assertThat(served.get(ENDPOINTS).json().path("data")).isEmpty();
  }

  @Test
  void aTrialShowsThePublicKey() {
    Served.Answer tried =
        served.post(
            ENDPOINTS + "/try", "{\"url\":\"" + Served.URL + "\",\"secretType\":\"ed25519\"}");
    assertThat(tried.json().path("secret").asText()).startsWith("whpk_");
  }
}
