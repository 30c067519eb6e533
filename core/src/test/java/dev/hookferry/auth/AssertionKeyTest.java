package dev.hookferry.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.json.JsonMembers;
import dev.hookferry.refusal.InvalidException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Keys that sign client assertions. */
class AssertionKeyTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);
  private static final Base64.Decoder URL = Base64.getUrlDecoder();

  @Test
  void signsWithAnRsaKeyInPem() throws GeneralSecurityException {
    KeyPair pair = rsa(2048);
    String jwt = AssertionKey.parse(pem(pair)).assertion("hf", "https://a.example/t", "1", NOW);
    assertThat(verifies(jwt, "SHA256withRSA", pair)).isTrue();
    assertThat(part(jwt, 0)).isEqualTo("{\"alg\":\"RS256\",\"typ\":\"JWT\"}");
    assertThat(part(jwt, 1))
        .isEqualTo(
            "{\"iss\":\"hf\",\"sub\":\"hf\",\"aud\":\"https://a.example/t\",\"jti\":\"1\","
                + "\"iat\":1800000000,\"exp\":1800000120}");
  }

  @Test
  void signsWithAnEcKeyOfEachCurve() throws GeneralSecurityException {
    Map<String, String> curves = Map.of("secp256r1", "256", "secp384r1", "384", "secp521r1", "512");
    for (Map.Entry<String, String> curve : curves.entrySet()) {
      KeyPair pair = ec(curve.getKey());
      String jwt = AssertionKey.parse(pem(pair)).assertion("hf", "a", "1", NOW);
      assertThat(part(jwt, 0)).startsWith("{\"alg\":\"ES" + curve.getValue());
      String scheme = "SHA" + curve.getValue() + "withECDSAinP1363Format";
      assertThat(verifies(jwt, scheme, pair)).isTrue();
    }
  }

  @Test
  void readsKeysInJson() throws GeneralSecurityException {
    KeyPair pair = rsa(2048);
    RSAPrivateCrtKey key = (RSAPrivateCrtKey) pair.getPrivate();
    String jwk =
        "{\"kty\":\"RSA\",\"kid\":\"k1\",\"use\":\"sig\",\"ext\":true,\"x5t\":null"
            + member("n", key.getModulus())
            + member("e", key.getPublicExponent())
            + member("d", key.getPrivateExponent())
            + member("p", key.getPrimeP())
            + member("q", key.getPrimeQ())
            + member("dp", key.getPrimeExponentP())
            + member("dq", key.getPrimeExponentQ())
            + member("qi", key.getCrtCoefficient())
            + "}";
    String jwt = AssertionKey.parse(jwk).assertion("hf", "a", "1", NOW);
    assertThat(JsonMembers.parse(part(jwt, 0)).text("kid")).isEqualTo("k1");
    assertThat(verifies(jwt, "SHA256withRSA", pair)).isTrue();

    KeyPair curve = ec("secp256r1");
    String ecJwk =
        "{\"kty\":\"EC\",\"crv\":\"P-256\""
            + member("d", ((ECPrivateKey) curve.getPrivate()).getS())
            + "}";
    String signed = AssertionKey.parse(ecJwk).assertion("hf", "a", "1", NOW);
    assertThat(verifies(signed, "SHA256withECDSAinP1363Format", curve)).isTrue();
  }

  @Test
  void refusesOtherTextsWithoutShowingThem() throws GeneralSecurityException {
    String pem = pem(rsa(2048));
    assertRefused("s3cret", "must be a private key: PKCS #8 in PEM, or a JWK");
    assertRefused("{\"kty\":\"oct\",\"k\":\"s3cret\"}", "must be a private key");
    assertRefused("{\"kty\":\"EC\",\"crv\":\"P-999\",\"d\":\"s3cret\"}", "must be a private key");
    assertRefused(pem(rsa(1024)), "must have at least 2048 bits");
    assertRefused(pem(ec("secp256r1")).substring(0, 60), "must be a private key in PEM");
    assertRefused(pem.replace("PRIVATE", "RSA PRIVATE"), "must be PKCS #8 without a passphrase");
    assertRefused(pem.replace("MII", "AAA"), "cannot be read as an RSA, EC or Ed25519 key");
    KeyPair ed = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    assertRefused(pem(ed), "must be an RSA key, or an EC key");
    assertThat(AssertionKey.parse(pem).toString()).isEqualTo("RS256");
  }

  private static void assertRefused(String text, String message) {
    assertThatThrownBy(() -> AssertionKey.parse(text))
        .isInstanceOf(InvalidException.class)
        .hasMessageContaining(message)
        .hasMessageNotContaining("s3cret");
  }

  private static KeyPair rsa(int bits) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(bits);
    return generator.generateKeyPair();
  }

  private static KeyPair ec(String curve) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec(curve));
    return generator.generateKeyPair();
  }

  private static String pem(KeyPair pair) {
    return "-----BEGIN PRIVATE KEY-----\n"
        + Base64.getMimeEncoder().encodeToString(pair.getPrivate().getEncoded())
        + "\n-----END PRIVATE KEY-----\n";
  }

  private static String member(String name, BigInteger value) {
    byte[] bytes = value.toByteArray();
    return ",\"" + name + "\":\"" + Base64.getUrlEncoder().encodeToString(bytes) + "\"";
  }

  private static String part(String jwt, int number) {
    return new String(URL.decode(jwt.split("[.]", -1)[number]), StandardCharsets.UTF_8);
  }

  private static boolean verifies(String jwt, String scheme, KeyPair pair)
      throws GeneralSecurityException {
    int end = jwt.lastIndexOf('.');
    Signature verifier = Signature.getInstance(scheme);
    verifier.initVerify(pair.getPublic());
    verifier.update(jwt.substring(0, end).getBytes(StandardCharsets.US_ASCII));
    return verifier.verify(URL.decode(jwt.substring(end + 1)));
  }
}
