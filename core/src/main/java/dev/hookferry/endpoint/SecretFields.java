package dev.hookferry.endpoint;

import dev.hookferry.field.FieldKind;
import dev.hookferry.field.FieldSpec;
import dev.hookferry.field.FieldValues;
import dev.hookferry.refusal.Problems;
import dev.hookferry.signing.SecretType;
import dev.hookferry.signing.SigningSecret;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The fields that choose the secret of an endpoint, when it is created and when it is rotated. */
public final class SecretFields {
  /** An existing secret, supplied by the user. */
  public static final FieldSpec<String> SECRET =
      FieldSpec.of(
              "secret",
              FieldKind.text(SigningSecret.MIN_LENGTH, SigningSecret.MAX_LENGTH),
              "Its secret, such as that of a trial: whsec_ and 24 to 75 bytes in base64, or any text"
                  + " if no signature needs that form; or whsk_ and the 64 bytes of an Ed25519 key"
                  + " pair.")
          .fallback("a new one")
          .asSecret();

  /** The kind of secret to generate. */
  public static final FieldSpec<String> TYPE =
      FieldSpec.of(
              "secretType",
              FieldKind.choice(SecretType.class, SecretType::code),
              "Kind of a new secret: hmac is shared with the receiver, ed25519 is a key pair whose"
                  + " public key goes to the receiver. Only without secret.")
          .fallback("hmac; at a rotation, that of the current secret");

  private SecretFields() {}

  /**
   * Returns the given secret, or generates one of the given kind.
   *
   * @param problems receives the problems of the two fields
   * @param random cryptographically secure in production
   * @return null if neither is given or the given secret is invalid
   */
  public static @Nullable SigningSecret chosen(
      FieldValues given, Problems problems, RandomGenerator random) {
    Objects.requireNonNull(given, "given");
    Objects.requireNonNull(problems, "problems");
    Objects.requireNonNull(random, "random");
    String text = given.get(SECRET);
    String type = given.get(TYPE);
    problems.require(
        text == null || type == null,
        TYPE.name(),
        "has no effect on a secret that is given; leave out one of the two");
    if (text != null) {
      return problems.collect("", () -> SigningSecret.of(text));
    }
    return SecretType.ED25519.code().equals(type)
        ? SigningSecret.generate(SecretType.ED25519, random)
        : type == null ? null : SigningSecret.generate(random);
  }
}
