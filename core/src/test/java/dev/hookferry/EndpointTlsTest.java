package dev.hookferry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.auth.ClientCertificate;
import dev.hookferry.auth.ClientCertificateFields;
import dev.hookferry.contract.support.Certificate;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointFields;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.field.FieldValues;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.site.SecretContexts;
import dev.hookferry.testing.SimulatedHookferry;
import dev.hookferry.testing.SimulatedReceiver;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Certificates of endpoints: what is kept, refused, used and told. */
class EndpointTlsTest {
  private static final SiteId SITE = SiteId.DEFAULT;
  private static final String URL = "https://crm.example/hook";

  private final Embedded embedded = new Embedded();
  private final Endpoints endpoints = embedded.webhooks.endpoints();
  private final Instant now = embedded.clock.instant();
  private final Certificate.Pem pem = Certificate.until(now.plus(Duration.ofDays(90)));

  @AfterEach
  void close() {
    embedded.close();
  }

  @Test
  void aRequestCarriesTheIdentityOfItsEndpoint() {
    EndpointId id = create(spec().clientCertificate(pem.certificate(), pem.key())).id();
    EndpointId plain = create(EndpointSpec.to("https://other.example/").types("*")).id();
    var unused = endpoints.test(SITE, id).join();
    unused = endpoints.test(SITE, plain).join();
    assertThat(embedded.transport.requestsTo(URL).get(0).tls()).isNotNull();
    assertThat(embedded.transport.requestsTo("https://other.example/").get(0).tls()).isNull();

    unused = endpoints.test(SITE, id).join();
    assertThat(embedded.transport.requestsTo(URL).get(1).tls())
        .isEqualTo(embedded.transport.requestsTo(URL).get(0).tls());
    Certificate.Pem next = Certificate.until(now.plus(Duration.ofDays(400)));
    endpoints.change(
        SITE, id, EndpointSpec.change().clientCertificate(next.certificate(), next.key()));
    unused = endpoints.test(SITE, id).join();
    assertThat(embedded.transport.requestsTo(URL).get(2).tls())
        .isNotEqualTo(embedded.transport.requestsTo(URL).get(0).tls());
  }

  @Test
  void showsWhoseItIsAndNeverTheKey() {
    Endpoint endpoint = create(spec().clientCertificate(pem.certificate(), pem.key()));
    ClientCertificate kept = endpoint.tls().clientCertificate();
    assertThat(kept).isNotNull();
    assertThat(kept.details().subject()).isEqualTo("CN=client");
    assertThat(kept.details().issuer()).isEqualTo("CN=authority");
    assertThat(kept.details().notAfter()).isEqualTo(now.plus(Duration.ofDays(90)));
    assertThat(kept.details().fingerprint()).matches("([0-9A-F]{2}:){31}[0-9A-F]{2}");
    assertThat(kept.shown()).containsEntry("privateKey", "********");
    assertThat(SecretContexts.in(endpoint).map(SecretContexts.BoundSecret::context))
        .contains(SecretContexts.clientKey(SITE, endpoint.id()));
  }

  @Test
  void changeKeepsUnnamedFields() {
    EndpointId id =
        create(spec().clientCertificate(pem.certificate(), pem.key()).trustedCa(pem.certificate()))
            .id();
    endpoints.change(SITE, id, EndpointSpec.change().description("CRM"));
    FieldValues masked = FieldValues.NONE.with(ClientCertificateFields.PRIVATE_KEY, "********");
    endpoints.change(SITE, id, certificate(masked));
    assertThat(endpoints.get(SITE, id).tls().clientCertificate()).isNotNull();
    assertThat(endpoints.get(SITE, id).tls().trustedCa()).isEqualTo(pem.certificate());

    String other = Certificate.until(now.plus(Duration.ofDays(9))).certificate();
    assertRefused(
        () ->
            endpoints.change(
                SITE,
                id,
                certificate(FieldValues.NONE.with(ClientCertificateFields.CERTIFICATE, other))),
        "clientCertificate.privateKey: must be the key of the first certificate");

    endpoints.change(
        SITE,
        id,
        EndpointSpec.change()
            .without(EndpointFields.CLIENT_CERTIFICATE)
            .without(EndpointFields.TRUSTED_CA));
    assertThat(endpoints.get(SITE, id).tls().isDefault()).isTrue();
  }

  @Test
  void refusesWhatCannotBeUsed() {
    Certificate.Pem expired = Certificate.until(now.minusSeconds(1));
    assertRefused(
        () -> create(spec().clientCertificate(expired.certificate(), expired.key())),
        "clientCertificate.certificate: expired at 2026-01-01T11:59:59Z; give one that is valid");
    assertRefused(
        () -> spec().clientCertificate("no PEM", pem.key()),
        "clientCertificate.certificate: must hold 1 to 10 certificates in PEM");
    assertRefused(
        () -> spec().clientCertificate(pem.certificate(), pem.certificate()),
        "clientCertificate.privateKey: must be PKCS #8 without a passphrase, not a block of CERTIFICATE");
    assertRefused(
        () -> spec().clientCertificate(pem.certificate().replace("MII", "AAA"), pem.key()),
        "clientCertificate.certificate: certificate 1 cannot be read");
    assertRefused(
        () -> create(spec().trustedCa("x")), "trustedCa: must hold 1 to 50 certificates in PEM");
    assertRefused(
        () -> create(spec().trustedCa(expired.certificate())),
        "trustedCa: must hold a certificate that has not expired");
    assertRefused(
        () -> endpoints.create(SITE, EndpointSpec.of(certificateAlone())),
        "clientCertificate.privateKey: is missing");
  }

  private FieldValues certificateAlone() {
    FieldValues alone =
        FieldValues.NONE.with(ClientCertificateFields.CERTIFICATE, pem.certificate());
    return spec().values().with(EndpointFields.CLIENT_CERTIFICATE, alone);
  }

  @Test
  void reportsItsExpiryFourTimes() {
    try (SimulatedHookferry hooks = SimulatedHookferry.start()) {
      Certificate.Pem soon = Certificate.until(hooks.now().plus(Duration.ofDays(32)));
      var unused =
          hooks
              .webhooks()
              .endpoints()
              .create(SITE, spec().clientCertificate(soon.certificate(), soon.key()));
      SimulatedReceiver ops =
          hooks.receiver("https://ops.example/").subscribe("endpoint_certificate_expiring");

      days(hooks, 1);
      ops.hasReceived(0);
      days(hooks, 2);
      ops.hasReceived(1);
      assertThat(ops.requests().get(0).body().text())
          .contains(
              "expires within 30 days", "\"host\":\"crm.example\"", "\"subject\":\"CN=client\"")
          .doesNotContain("PRIVATE");
      days(hooks, 23);
      ops.hasReceived(2);
      days(hooks, 10);
      ops.hasReceived(4);
      assertThat(ops.requests().get(2).body().text()).contains("expires within 1 day\"");
      assertThat(ops.requests().get(3).body().text()).contains("has expired");
    }
  }

  /** Advances by days, twelve hours at a time, so that no notice is superseded by the next. */
  private static void days(SimulatedHookferry hooks, int days) {
    for (int half = 0; half < 2 * days; half++) {
      hooks.advance(Duration.ofHours(12));
    }
  }

  private static void assertRefused(Runnable action, String message) {
    assertThatThrownBy(action::run)
        .isInstanceOf(InvalidException.class)
        .hasMessageStartingWith(message);
  }

  private static EndpointSpec spec() {
    return EndpointSpec.to(URL).types("*");
  }

  private static EndpointSpec certificate(FieldValues values) {
    return EndpointSpec.of(FieldValues.NONE.with(EndpointFields.CLIENT_CERTIFICATE, values));
  }

  private Endpoint create(EndpointSpec asked) {
    return endpoints.create(SITE, asked).endpoint();
  }
}
