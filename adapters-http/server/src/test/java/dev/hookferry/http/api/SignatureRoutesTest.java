package dev.hookferry.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hookferry.http.Served;
import dev.hookferry.signing.Signature;
import dev.hookferry.signing.SignatureCheck;
import dev.hookferry.signing.SignatureProfile;
import dev.hookferry.signing.SignatureVerifier;
import dev.hookferry.transport.SignedRequest;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignatureRoutesTest {
  private static final String ENDPOINTS = "/api/v1/sites/default/endpoints";

  private static final String KEYS = "/api/v1/sites/default/signing-keys";
  private static final String JWKS = "/.well-known/hookferry/default/jwks.json";

  private final Served served = new Served();

  @AfterEach
  void close() {
    served.close();
  }

  @Test
  void profilesAreStringsOrObjects() {
    Served.Answer made =
        create(
            """
            ["qlm",{"profile":"standard"},{"profile":"github","until":"2031-01-31T00:00:00Z"},
             {"profile":"custom","header":"X-Acme-Digest","algorithm":"hmac-sha512"}]
            """,
            "");

    assertThat(made.status()).as(made.body()).isEqualTo(201);
    JsonNode signatures = made.json().path("signatures");
    assertThat(signatures.toString())
        .isEqualTo(
            "[\"qlm\",\"standard\",{\"profile\":\"github\",\"until\":\"2031-01-31T00:00:00Z\"},"
                + "{\"profile\":\"custom\",\"header\":\"X-Acme-Digest\","
                + "\"algorithm\":\"hmac-sha512\"}]");
    Served.Answer back =
        served.send(
            "PATCH", path(made), "{\"signatures\":" + signatures + ",\"description\":\"same\"}");
    assertThat(back.json().path("signatures")).isEqualTo(signatures);
  }

  @Test
  void aRequestCarriesTheHeadersOfItsProfiles() {
    Served.Answer made = create("[\"github\",\"slack\"]", ",\"secret\":\"a plain secret\"");
    assertThat(made.json().path("secret").asText()).isEqualTo("a plain secret");

    served.post(path(made) + "/test", "{}");

    SignedRequest sent = served.transport.requests().get(0);
    Map<String, String> headers =
        sent.headers().stream()
            .collect(Collectors.toMap(SignedRequest.Header::name, SignedRequest.Header::value));
    assertThat(headers)
        .containsKeys("X-Hub-Signature-256", "X-GitHub-Delivery", "X-Slack-Request-Timestamp")
        .containsEntry("X-GitHub-Event", "test")
        .doesNotContainKeys("webhook-signature", "X-QLM-Signature");
  }

  @Test
  void aPublicKeyVerifiesWhatTheSiteSigns() {
    assertThat(served.get(JWKS).status()).isEqualTo(404);
    Served.Answer made = create("[\"ed25519\",\"standard\"]", "");
    served.post(path(made) + "/test", "{}");

    JsonNode keys = served.get(KEYS).json().path("data");
    assertThat(keys).hasSize(1);
    JsonNode jwk = withoutKey(JWKS).json().at("/keys/0");
    assertThat(jwk.path("kty").asText() + jwk.path("crv").asText()).isEqualTo("OKPEd25519");
    assertThat(jwk.path("kid")).isEqualTo(keys.at("/0/kid"));
    SignedRequest sent = served.transport.requests().get(0);
    Map<String, String> headers =
        sent.headers().stream()
            .collect(Collectors.toMap(SignedRequest.Header::name, SignedRequest.Header::value));
    assertThat(headers.get("webhook-signature")).matches("v1a,[^ ]{88} v1,[^ ]{44}");
    SignatureVerifier verifier = new SignatureVerifier(served.clock, Duration.ofMinutes(5));
    Signature ed25519 = Signature.of(SignatureProfile.ED25519);
    String publicKey = keys.at("/0/publicKey").asText();
    assertThat(SignatureCheck.of(verifier, ed25519, sent.body(), headers, publicKey).isValid())
        .isTrue();
  }

  @Test
  void theNextKeyIsPublishedADayBeforeItSigns() {
    create("[\"ed25519\"]", "");
    JsonNode next = served.post(KEYS + "/rotate", "{}").json();

    assertThat(next.path("activeFrom").asText()).isEqualTo("2026-01-02T12:00:00Z");
    assertThat(served.get(KEYS).json().path("data")).hasSize(2);
    Served.Answer again = served.post(KEYS + "/rotate", "{}");
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.body()).contains("is waiting: it signs from 2026-01-02T12:00:00Z");
    served.clock.advance(Duration.ofDays(2));
    assertThat(served.get(KEYS).json().at("/data/0/kid")).isEqualTo(next.path("kid"));
    assertThat(served.get(KEYS).json().path("data")).hasSize(1);
    assertThat(served.get("/api/v1/audit").body()).doesNotContain("whsk_");
  }

  private Served.Answer withoutKey(String path) {
    return served.exchange(
        HttpRequest.newBuilder(served.request(path).build().uri()).GET().build());
  }

  @Test
  void aSecretOfTheReceiversOwnCanBeSet() {
    Served.Answer made = create("[\"github\"]", "");
    Served.Answer rotated =
        served.post(path(made) + "/rotate-secret", "{\"secret\":\"the one it knows\"}");

    assertThat(rotated.json().path("secret").asText()).isEqualTo("the one it knows");
    Served.Answer refused = served.send("PATCH", path(made), "{\"signatures\":[\"standard\"]}");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body()).contains("secret", "must be whsec_", "for the signature standard");
    assertThat(served.get(path(made)).json().path("signatures").toString())
        .isEqualTo("[\"github\"]");
  }

  @Test
  void aSecretThatASignatureCannotUseIsRefused() {
    Served.Answer made = create("[\"standard\"]", "");

    Served.Answer refused =
        served.post(path(made) + "/rotate-secret", "{\"secret\":\"the one it knows\"}");

    assertThat(refused.status()).isEqualTo(400);
    assertThat(create("[\"svix\"]", ",\"secret\":\"a plain secret\"").body())
        .contains("for the signature svix");
    assertThat(create("[\"github\"]", ",\"secret\":\"short\"").status()).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[\"nobody\"] | signatures[0].profile | must be standard, qlm",
        "[7] | signatures[0] | must be a string or JSON object",
        "[{\"until\":\"2031-01-31T00:00:00Z\"}] | signatures[0].profile | is missing",
        "[{\"profile\":\"custom\",\"header\":\"Host\"}] | signatures[0].Host | is reserved",
        "[{\"profile\":\"custom\"}] | signatures[0].header | is missing",
        "[{\"profile\":\"github\",\"colour\":\"red\"}] | signatures[0].colour | not a known field",
        "[{\"profile\":\"github\",\"mode\":\"v1\"}] | signatures[0].mode | is not an option of github",
        "[{\"profile\":\"github\",\"until\":\"yesterday\"}] | signatures[0].until | must be",
        "[\"qlm\",{\"profile\":\"github\",\"until\":\"2020-01-31T00:00:00Z\"}] | signatures[1].until |"
            + " must be in the future",
        "[{\"profile\":\"github\",\"until\":\"2031-01-31T00:00:00Z\"}] | signatures | must include one",
        "[\"github\",\"github\"] | signatures[1] | must not write the header",
        "[{\"profile\":\"custom\",\"header\":\"webhook-id\"}] | signatures[0].webhook-id |"
            + " is already set to something other than the signature; choose another name",
        "[\"svix\",{\"profile\":\"custom\",\"header\":\"svix-id\"}] | signatures[1].svix-id |"
            + " is also sent by the signature svix; choose another name",
        "[\"qlm\",\"github\",\"slack\",\"stripe\",\"svix\"] | signatures | must name 1 to 4",
      })
  void saysWhatIsWrong(String signatures, String field, String rule) {
    Served.Answer refused = create(signatures, "");

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body()).contains("\"" + field + "\"", rule);
    assertThat(served.get(ENDPOINTS).json().path("data")).isEmpty();
  }

  @Test
  void aHeaderOfASignatureCannotBeACustomOne() {
    Served.Answer refused =
        create("[\"github\"]", ",\"headers\":{\"x-hub-signature-256\":\"sha256=0\"}");

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body()).contains("is sent by the signature github");
  }

  private Served.Answer create(String signatures, String more) {
    String body =
        "{\"url\":\"https://crm.example/hook\",\"eventTypes\":[\"*\"],\"signatures\":"
            + signatures.strip()
            + more
            + "}";
    return served.post(ENDPOINTS, body);
  }

  private static String path(Served.Answer made) {
    return ENDPOINTS + "/" + made.json().path("id").asText();
  }
}
