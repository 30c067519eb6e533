package dev.hookferry.internal.endpoint;

import dev.hookferry.auth.CertificateDetails;
import dev.hookferry.auth.ClientCertificate;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.event.Envelope;
import dev.hookferry.event.Event;
import dev.hookferry.event.Fingerprint;
import dev.hookferry.event.Idempotence;
import dev.hookferry.event.OperationalEvents;
import dev.hookferry.event.Payload;
import dev.hookferry.id.EventId;
import dev.hookferry.json.JsonWriter;
import dev.hookferry.store.config.Config;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A notice that the client certificate of an endpoint expires soon, or has expired. All nodes make
 * the same event of it, so that the store keeps the first one only.
 *
 * @param endpoint the endpoint
 * @param certificate its certificate
 * @param days until it expires: 30, 7, 1 or 0
 * @param at since when that is so
 */
public record CertificateNotice(
    Endpoint endpoint, CertificateDetails certificate, int days, Instant at) {
  private static final List<Integer> DAYS = List.of(30, 7, 1, 0);

  /** For this long a notice is given, in case that no node was running at its time. */
  private static final Duration LATE = Duration.ofDays(1);

  /** Returns the notices of this time, of endpoints about which another endpoint wants to know. */
  public static List<CertificateNotice> due(Config config, Instant now) {
    List<CertificateNotice> due = new ArrayList<>();
    for (Endpoint endpoint : config.endpoints().values()) {
      ClientCertificate certificate = endpoint.tls().clientCertificate();
      if (certificate != null) {
        add(endpoint, certificate.details(), now, due);
      }
    }
    due.removeIf(notice -> !isWanted(config, notice.endpoint()));
    return due;
  }

  private static boolean isWanted(Config config, Endpoint about) {
    return config.endpointsOf(about.site()).values().stream()
        .anyMatch(
            other ->
                !other.id().equals(about.id())
                    && other.isSubscribedTo(OperationalEvents.CERTIFICATE_EXPIRING));
  }

  private static void add(
      Endpoint endpoint, CertificateDetails certificate, Instant now, List<CertificateNotice> due) {
    for (int days : DAYS) {
      Instant at = certificate.notAfter().minus(Duration.ofDays(days));
      if (!now.isBefore(at) && now.isBefore(at.plus(LATE))) {
        due.add(new CertificateNotice(endpoint, certificate, days, at));
      }
    }
  }

  /** Returns the event, in the envelope of the site. */
  public Event event(EventId id, Envelope envelope, Instant now) {
    String when = days == 0 ? "has expired" : "expires in " + days + (days == 1 ? " day" : " days");
    String type = OperationalEvents.CERTIFICATE_EXPIRING.name();
    Payload data =
        Payload.of(
            new JsonWriter()
                .text("type", type)
                .text("site", endpoint.site().value())
                .text("endpoint", endpoint.id().toString())
                .text("host", endpoint.url().host())
                .text("description", endpoint.description())
                .text("reason", "the client certificate " + when)
                .text("subject", certificate.subject())
                .text("fingerprint", certificate.fingerprint())
                .text("notAfter", certificate.notAfter().toString())
                .number("days", days)
                .end());
    String key =
        String.join("/", type, endpoint.id().toString(), certificate.fingerprint(), "" + days);
    Fingerprint content =
        Fingerprint.of(
            OperationalEvents.CERTIFICATE_EXPIRING, at, Payload.of(certificate.fingerprint()));
    return new Event(
        id,
        endpoint.site(),
        OperationalEvents.CERTIFICATE_EXPIRING,
        at,
        now,
        envelope.wrap(OperationalEvents.CERTIFICATE_EXPIRING, at, data),
        new Idempotence(key, content));
  }
}
