package dev.hookferry.http.resource;

import dev.hookferry.field.FieldKind;
import dev.hookferry.field.FieldSpec;
import dev.hookferry.http.wire.ResponseShape;
import dev.hookferry.signing.Ed25519PublicKey;
import dev.hookferry.site.SiteSigningKey;
import java.util.Base64;
import java.util.List;

/** Ed25519 keys as the API returns them: the public half only. */
public final class SigningKeyJson {
  static final FieldSpec<String> KID =
      FieldSpec.of("kid", FieldKind.text(), "Name of the key.").example("3f2a9c0d5be81746");

  static final FieldSpec<String> PUBLIC_KEY =
      FieldSpec.of("publicKey", FieldKind.pattern("^whpk_"), "Public key in base64.")
          .example("whpk_8O7MSQZ0T1uTO8b7G5+zJS/esgG2jNAeq0UHGKu01+k=");

  /** A key of a site. */
  public static final ResponseShape<SiteSigningKey> KEY =
      ResponseShape.<SiteSigningKey>of("SigningKey")
          .always(KID, SiteSigningKey::kid)
          .always(PUBLIC_KEY, SiteSigningKey::publicKey)
          .always(
              FieldSpec.of("activeFrom", FieldKind.time(), "When the key begins to sign."),
              SiteSigningKey::activeFrom)
          .orNull(
              FieldSpec.of("signer", FieldKind.text(), "Signer that has the private key, if any.")
                  .example("vault"),
              SiteSigningKey::signer);

  /** All published keys of a site. */
  public static final ResponseShape<List<SiteSigningKey>> KEYS =
      ResponseShape.<List<SiteSigningKey>>of("SigningKeys")
          .always(
              FieldSpec.of("data", KEY.asList(), "By the time from which they sign."), KEY::list);

  /** A key in a set of JSON Web Keys, by RFC 8037. */
  public static final ResponseShape<Ed25519PublicKey> JWK =
      ResponseShape.<Ed25519PublicKey>of("JsonWebKey")
          .always(fixed("kty", "OKP", "Type of the key, by RFC 8037."), unused -> "OKP")
          .always(fixed("crv", "Ed25519", "Curve of the key."), unused -> "Ed25519")
          .always(
              FieldSpec.of("x", FieldKind.text(), "Public key in base64url without padding.")
                  .example("8O7MSQZ0T1uTO8b7G5-zJS_esgG2jNAeq0UHGKu01-k"),
              SigningKeyJson::x)
          .always(KID, Ed25519PublicKey::kid)
          .always(fixed("use", "sig", "Use of the key."), unused -> "sig")
          .always(fixed("alg", "EdDSA", "Algorithm of the key."), unused -> "EdDSA");

  /** A set of JSON Web Keys, by RFC 7517. */
  public static final ResponseShape<List<Ed25519PublicKey>> JWKS =
      ResponseShape.<List<Ed25519PublicKey>>of("JsonWebKeySet")
          .always(
              FieldSpec.of(
                  "keys",
                  JWK.asList(),
                  "In the order in which they sign; for an endpoint, the current one first."),
              JWK::list);

  private SigningKeyJson() {}

  private static FieldSpec<String> fixed(String name, String value, String help) {
    return FieldSpec.of(name, FieldKind.text(), help).example(value);
  }

  private static String x(Ed25519PublicKey key) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(key.bytes());
  }
}
