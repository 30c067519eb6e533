package dev.hookferry.auth;

import dev.hookferry.json.JsonMembers;
import dev.hookferry.json.JsonWriter;
import dev.hookferry.refusal.InvalidException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A private key that signs client assertions (RFC 7523): with RS256, or with ES256, ES384 or ES512
 * depending on the curve. Immutable and thread-safe; {@link #toString} never shows it.
 */
public final class AssertionKey {
  private static final Duration LIFE = Duration.ofMinutes(2);

  /** The JDK's names of the curves, by their names in a JWK. */
  private static final Map<String, String> CURVES =
      Map.of("P-256", "secp256r1", "P-384", "secp384r1", "P-521", "secp521r1");

  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private final PrivateKey key;
  private final String algorithm;
  private final @Nullable String keyId;

  private AssertionKey(PrivateKey key, @Nullable String keyId) {
    this.key = key;
    this.keyId = keyId;
    algorithm = algorithm(key);
  }

  /**
   * Parses a key.
   *
   * @param text PKCS #8 in PEM, or a JWK
   * @throws InvalidException for the empty field name, if the text is anything else
   */
  public static AssertionKey parse(String text) {
    Objects.requireNonNull(text, "text");
    if (PemText.looksLikePem(text)) {
      return new AssertionKey(PemText.privateKey(text), null);
    }
    try {
      return jwk(JsonMembers.lenient(text));
    } catch (IllegalArgumentException | GeneralSecurityException e) {
      throw InvalidException.of(
          "",
          "must be a private key: PKCS #8 in PEM, or a JWK with the members of an RSA key (n, e, d,"
              + " p, q, dp, dq, qi) or of an EC key (crv, d)");
    }
  }

  private static AssertionKey jwk(JsonMembers members) throws GeneralSecurityException {
    String type = members.text("kty");
    String keyId = members.textOrNull("kid", Function.identity());
    PrivateKey key =
        switch (type) {
          case "RSA" -> rsa(members);
          case "EC" -> ec(members);
          default -> throw new IllegalArgumentException("the type " + type + " is not supported");
        };
    return new AssertionKey(PemText.strong(key), keyId);
  }

  private static PrivateKey rsa(JsonMembers members) throws GeneralSecurityException {
    return KeyFactory.getInstance("RSA")
        .generatePrivate(
            new RSAPrivateCrtKeySpec(
                number(members, "n"),
                number(members, "e"),
                number(members, "d"),
                number(members, "p"),
                number(members, "q"),
                number(members, "dp"),
                number(members, "dq"),
                number(members, "qi")));
  }

  private static PrivateKey ec(JsonMembers members) throws GeneralSecurityException {
    String curve = members.text("crv", CURVES::get);
    AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
    parameters.init(new ECGenParameterSpec(curve));
    ECParameterSpec spec = parameters.getParameterSpec(ECParameterSpec.class);
    return KeyFactory.getInstance("EC")
        .generatePrivate(new ECPrivateKeySpec(number(members, "d"), spec));
  }

  private static BigInteger number(JsonMembers members, String name) {
    byte[] bytes = members.text(name, Base64.getUrlDecoder()::decode);
    return new BigInteger(1, bytes);
  }

  private static String algorithm(PrivateKey key) {
    if (key instanceof RSAKey) {
      return "RS256";
    }
    int bits = key instanceof ECKey ec ? ec.getParams().getOrder().bitLength() : 0;
    return switch (bits) {
      case 256 -> "ES256";
      case 384 -> "ES384";
      case 521 -> "ES512";
      default ->
          throw InvalidException.of(
              "", "must be an RSA key, or an EC key on P-256, P-384 or P-521");
    };
  }

  /**
   * Creates a signed assertion, valid for two minutes.
   *
   * @param client the client id
   * @param audience the token endpoint
   * @param id unique among the assertions of this client
   */
  public String assertion(String client, String audience, String id, Instant now) {
    Objects.requireNonNull(client, "client");
    Objects.requireNonNull(audience, "audience");
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(now, "now");
    String header =
        new JsonWriter().text("alg", algorithm).text("typ", "JWT").text("kid", keyId).end();
    String claims =
        new JsonWriter()
            .text("iss", client)
            .text("sub", client)
            .text("aud", audience)
            .text("jti", id)
            .number("iat", now.getEpochSecond())
            .number("exp", now.plus(LIFE).getEpochSecond())
            .end();
    String signed = encoded(header) + '.' + encoded(claims);
    try {
      Signature signature = Signature.getInstance(scheme());
      signature.initSign(key);
      signature.update(signed.getBytes(StandardCharsets.US_ASCII));
      return signed + '.' + BASE64.encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot sign with " + algorithm, e);
    }
  }

  private String scheme() {
    return switch (algorithm) {
      case "ES256" -> "SHA256withECDSAinP1363Format";
      case "ES384" -> "SHA384withECDSAinP1363Format";
      case "ES512" -> "SHA512withECDSAinP1363Format";
      default -> "SHA256withRSA";
    };
  }

  private static String encoded(String json) {
    return BASE64.encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }

  /** Returns only the algorithm. */
  @Override
  public String toString() {
    return algorithm;
  }
}
