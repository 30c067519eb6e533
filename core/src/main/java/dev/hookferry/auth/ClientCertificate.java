package dev.hookferry.auth;

import dev.hookferry.refusal.InvalidException;
import dev.hookferry.secret.Redactor;
import dev.hookferry.secret.Sealed;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * The certificate with which requests authenticate in the TLS handshake. Immutable.
 *
 * @param certificate the certificate in PEM, followed by its intermediates
 * @param privateKey the sealed private key, PKCS #8 in PEM
 */
public record ClientCertificate(String certificate, Sealed privateKey) {
  private static final int MAX_CHAIN = 10;
  private static final byte[] PROBE = {1, 2, 3, 4};

  public ClientCertificate {
    Objects.requireNonNull(certificate, "certificate");
    Objects.requireNonNull(privateKey, "privateKey");
  }

  /** Returns a copy with the given sealed key. */
  public ClientCertificate with(Sealed sealed) {
    return new ClientCertificate(certificate, Objects.requireNonNull(sealed, "sealed"));
  }

  /** Returns its subject, issuer, fingerprint and expiry. */
  public CertificateDetails details() {
    return CertificateDetails.of(chain(certificate).get(0));
  }

  /** Returns the fields for display, by name, with the key masked. */
  public Map<String, String> shown() {
    CertificateDetails details = details();
    Map<String, String> shown = new LinkedHashMap<>();
    shown.put(ClientCertificateFields.CERTIFICATE.name(), certificate);
    shown.put(ClientCertificateFields.PRIVATE_KEY.name(), Redactor.MASK);
    shown.put(ClientCertificateFields.SUBJECT.name(), details.subject());
    shown.put(ClientCertificateFields.ISSUER.name(), details.issuer());
    shown.put(ClientCertificateFields.FINGERPRINT.name(), details.fingerprint());
    shown.put(ClientCertificateFields.NOT_AFTER.name(), details.notAfter().toString());
    return shown;
  }

  /**
   * Checks that a private key matches a certificate.
   *
   * @throws InvalidException for the field {@code certificate} or {@code privateKey} if one cannot
   *     be parsed, or they do not match
   */
  public static void check(String certificate, String privateKey) {
    Objects.requireNonNull(certificate, "certificate");
    Objects.requireNonNull(privateKey, "privateKey");
    X509Certificate own = chain(certificate).get(0);
    PrivateKey key = key(privateKey);
    if (!belongs(key, own)) {
      throw InvalidException.of(
          ClientCertificateFields.PRIVATE_KEY.name(),
          "must be the key of the first certificate, which is for "
              + CertificateDetails.of(own).subject()
              + "; use the key that the certificate was issued for, and put the certificate before its intermediates");
    }
  }

  static List<X509Certificate> chain(String certificate) {
    return below(
        ClientCertificateFields.CERTIFICATE.name(),
        () -> PemText.certificates(certificate, MAX_CHAIN));
  }

  static PrivateKey key(String privateKey) {
    return below(ClientCertificateFields.PRIVATE_KEY.name(), () -> PemText.privateKey(privateKey));
  }

  private static <T> T below(String field, Supplier<T> parser) {
    try {
      return parser.get();
    } catch (InvalidException e) {
      throw InvalidException.of(field, e.problems().get(0).reason());
    }
  }

  /** Returns whether the certificate's public key matches the private key. */
  private static boolean belongs(PrivateKey key, X509Certificate certificate) {
    String algorithm =
        key instanceof RSAKey
            ? "SHA256withRSA"
            : key.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "Ed25519";
    try {
      Signature signer = Signature.getInstance(algorithm);
      signer.initSign(key);
      signer.update(PROBE);
      byte[] signed = signer.sign();
      Signature verifier = Signature.getInstance(algorithm);
      verifier.initVerify(certificate.getPublicKey());
      verifier.update(PROBE);
      return verifier.verify(signed);
    } catch (GeneralSecurityException e) {
      // The public key is for another algorithm.
      return false;
    }
  }
}
