package dev.hookferry.auth;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Objects;

/**
 * Human-readable details of a certificate.
 *
 * @param subject its subject, such as {@code CN=hookferry,O=Example}
 * @param issuer its issuer
 * @param fingerprint its SHA-256 in OpenSSL's format: pairs of upper-case hexadecimal digits,
 *     joined by colons
 * @param notAfter when it expires
 */
public record CertificateDetails(
    String subject, String issuer, String fingerprint, Instant notAfter) {
  public CertificateDetails {
    Objects.requireNonNull(subject, "subject");
    Objects.requireNonNull(issuer, "issuer");
    Objects.requireNonNull(fingerprint, "fingerprint");
    Objects.requireNonNull(notAfter, "notAfter");
  }

  static CertificateDetails of(X509Certificate certificate) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
      return new CertificateDetails(
          certificate.getSubjectX500Principal().getName(),
          certificate.getIssuerX500Principal().getName(),
          HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest),
          certificate.getNotAfter().toInstant());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a certificate that was parsed cannot be written", e);
    }
  }

  /** Returns subject, expiry and fingerprint on one line. */
  @Override
  public String toString() {
    return subject + ", expires " + notAfter + ", SHA-256 " + fingerprint;
  }
}
