package dev.hookferry.internal.endpoint;

import dev.hookferry.auth.CertificateDetails;
import dev.hookferry.auth.ClientCertificate;
import dev.hookferry.auth.ClientCertificateFields;
import dev.hookferry.auth.EndpointTls;
import dev.hookferry.endpoint.EndpointFields;
import dev.hookferry.field.FieldValues;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Problems;
import dev.hookferry.secret.Sealed;
import dev.hookferry.secret.SecretCipher;
import dev.hookferry.site.SecretContexts;
import dev.hookferry.site.SettingsByName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Validates the requested certificates of an endpoint and seals the private key. */
final class TlsWriter {
  private final SecretCipher cipher;
  private final String context;
  private final Instant now;

  TlsWriter(SecretCipher cipher, SiteId site, EndpointId endpoint, Instant now) {
    this.cipher = cipher;
    this.context = SecretContexts.clientKey(site, endpoint);
    this.now = now;
  }

  /** Returns the certificates after a change; the result must not be used if there are problems. */
  EndpointTls write(EndpointTls before, FieldValues given, Problems problems) {
    ClientCertificate certificate = before.clientCertificate();
    FieldValues requested = given.get(EndpointFields.CLIENT_CERTIFICATE);
    if (requested != null) {
      ClientCertificate current = certificate;
      certificate =
          problems.collect(
              EndpointFields.CLIENT_CERTIFICATE.name(), () -> certificate(current, requested));
    } else if (given.isReset(EndpointFields.CLIENT_CERTIFICATE)) {
      certificate = null;
    }
    String trusted = given.get(EndpointFields.TRUSTED_CA);
    if (trusted == null) {
      boolean isReset = given.isReset(EndpointFields.TRUSTED_CA);
      return new EndpointTls(certificate, isReset ? null : before.trustedCa());
    }
    var unused =
        problems.collect(
            EndpointFields.TRUSTED_CA.name(),
            () -> {
              requireLength(EndpointFields.TRUSTED_CA.kind().allows(trusted));
              EndpointTls.checkTrusted(trusted, now);
              return trusted;
            });
    return new EndpointTls(certificate, trusted);
  }

  private static void requireLength(boolean fits) {
    if (!fits) {
      throw InvalidException.of("", EndpointFields.TRUSTED_CA.kind().rule());
    }
  }

  private ClientCertificate certificate(@Nullable ClientCertificate before, FieldValues requested) {
    String chain = requested.get(ClientCertificateFields.CERTIFICATE);
    String key = requested.get(ClientCertificateFields.PRIVATE_KEY);
    boolean keepsKey = key == null || SettingsByName.MASK.equals(key);
    if (before == null) {
      require(chain != null, ClientCertificateFields.CERTIFICATE.name(), "is missing");
      require(!keepsKey, ClientCertificateFields.PRIVATE_KEY.name(), "is missing");
    }
    String certificate =
        chain != null || before == null ? String.valueOf(chain) : before.certificate();
    Sealed kept = keepsKey && before != null ? before.privateKey() : null;
    String opened = kept == null ? String.valueOf(key) : cipher.open(kept, context);
    ClientCertificate.check(certificate, opened);
    ClientCertificate made =
        new ClientCertificate(certificate, kept == null ? cipher.seal(opened, context) : kept);
    CertificateDetails details = made.details();
    boolean isNew = before == null || !before.certificate().equals(certificate);
    require(
        !isNew || details.notAfter().isAfter(now),
        ClientCertificateFields.CERTIFICATE.name(),
        "expired at " + details.notAfter() + "; give one that is valid now");
    return made;
  }

  private static void require(boolean condition, String field, String reason) {
    if (!condition) {
      throw InvalidException.of(field, reason);
    }
  }
}
