package dev.hookferry.auth;

import dev.hookferry.refusal.InvalidException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * TLS settings of one endpoint. Immutable.
 *
 * @param clientCertificate presented to the receiver, or null for none
 * @param trustedCa the CA certificates that the receiver's certificate must chain to, in PEM, or
 *     null for those that this node trusts
 */
public record EndpointTls(
    @Nullable ClientCertificate clientCertificate, @Nullable String trustedCa) {
  /** The default settings: no client certificate, and the CAs that this node trusts. */
  public static final EndpointTls DEFAULT = new EndpointTls(null, null);

  private static final int MAX_TRUSTED = 50;

  /** Returns whether these are the default settings. */
  public boolean isDefault() {
    return clientCertificate == null && trustedCa == null;
  }

  /** Returns a copy with the given client certificate; null for none. */
  public EndpointTls withClientCertificate(@Nullable ClientCertificate clientCertificate) {
    return new EndpointTls(clientCertificate, trustedCa);
  }

  /**
   * Checks CA certificates to trust.
   *
   * @throws InvalidException for the empty field name, if they are not 1 to 50 certificates in PEM,
   *     or all have expired
   */
  public static void checkTrusted(String pem, Instant now) {
    Objects.requireNonNull(pem, "pem");
    Objects.requireNonNull(now, "now");
    List<X509Certificate> all = PemText.certificates(pem, MAX_TRUSTED);
    if (all.stream().noneMatch(one -> one.getNotAfter().toInstant().isAfter(now))) {
      throw InvalidException.of(
          "", "must hold a certificate that has not expired; ask its issuer for the current one");
    }
  }

  /** Returns the subjects of the trusted CA certificates, for display; null if there are none. */
  public @Nullable String trustedSubjects() {
    return trustedCa == null
        ? null
        : PemText.certificates(trustedCa, MAX_TRUSTED).stream()
            .map(one -> one.getSubjectX500Principal().getName())
            .collect(Collectors.joining("; "));
  }

  /**
   * Returns the TLS context with the certificates and keys for connections to the endpoint.
   *
   * @param privateKey the unsealed key of the client certificate; null without one
   */
  public TlsIdentity identity(@Nullable String privateKey) {
    List<X509Certificate> trusted =
        trustedCa == null ? List.of() : PemText.certificates(trustedCa, MAX_TRUSTED);
    return clientCertificate == null || privateKey == null
        ? TlsIdentity.of(List.of(), null, trusted)
        : TlsIdentity.of(
            ClientCertificate.chain(clientCertificate.certificate()),
            ClientCertificate.key(privateKey),
            trusted);
  }
}
