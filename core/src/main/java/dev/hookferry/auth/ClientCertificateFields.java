package dev.hookferry.auth;

import dev.hookferry.field.FieldKind;
import dev.hookferry.field.FieldSpec;
import dev.hookferry.field.FieldTable;
import dev.hookferry.field.FieldValues;
import dev.hookferry.refusal.Problems;
import java.time.Instant;

/** The fields of an endpoint's client certificate. */
public final class ClientCertificateFields {
  /** The certificate chain. */
  public static final FieldSpec<String> CERTIFICATE =
      FieldSpec.of(
          "certificate",
          FieldKind.text(1, 65_536),
          "The certificate in PEM, followed by its intermediates, if any.");

  /** The private key. */
  public static final FieldSpec<String> PRIVATE_KEY =
      FieldSpec.of(
              "privateKey",
              FieldKind.text(1, 16_384),
              "Its private key, PKCS #8 in PEM without a passphrase: RSA, EC or Ed25519. Reads show"
                  + " ********.")
          .asSecret();

  /** The certificate's subject. */
  public static final FieldSpec<String> SUBJECT =
      FieldSpec.of("subject", FieldKind.text(), "Subject of the certificate; read only.");

  /** Issuer of the certificate. */
  public static final FieldSpec<String> ISSUER =
      FieldSpec.of("issuer", FieldKind.text(), "Issuer; read only.");

  /** The certificate's fingerprint. */
  public static final FieldSpec<String> FINGERPRINT =
      FieldSpec.of("fingerprint", FieldKind.text(), "Its SHA-256 in hexadecimal; read only.");

  /** Expiry of the certificate. */
  public static final FieldSpec<Instant> NOT_AFTER =
      FieldSpec.of("notAfter", FieldKind.time(), "When it expires; read only.");

  /** All fields of a client certificate. */
  public static final FieldTable ALL =
      FieldTable.of(
              "ClientCertificate",
              CERTIFICATE,
              PRIVATE_KEY,
              SUBJECT,
              ISSUER,
              FINGERPRINT,
              NOT_AFTER)
          .named(
              "ClientCertificate",
              "A certificate with its private key. In a change, a field that is absent stays as it"
                  + " is.");

  private ClientCertificateFields() {}

  /**
   * Returns the values of a certificate and its key, after checking that they match.
   *
   * @throws dev.hookferry.refusal.InvalidException if one cannot be parsed, or they do not match
   */
  public static FieldValues checked(String certificate, String privateKey) {
    Problems problems = new Problems();
    var unused =
        problems.collect(
            "clientCertificate",
            () -> {
              ClientCertificate.check(certificate, privateKey);
              return certificate;
            });
    problems.throwIfAny();
    return FieldValues.NONE.with(CERTIFICATE, certificate).with(PRIVATE_KEY, privateKey);
  }
}
