package dev.hookferry.internal.incident;

import dev.hookferry.auth.CertificateDetails;
import dev.hookferry.auth.ClientCertificate;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.event.Envelope;
import dev.hookferry.event.Event;
import dev.hookferry.event.Fingerprint;
import dev.hookferry.event.Idempotence;
import dev.hookferry.event.OperationalEvents;
import dev.hookferry.event.Payload;
import dev.hookferry.event.Sha256;
import dev.hookferry.id.EventId;
import dev.hookferry.id.EventType;
import dev.hookferry.json.JsonWriter;
import dev.hookferry.observe.ExpiryNotice;
import dev.hookferry.signing.Signature;
import dev.hookferry.store.config.Config;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A certificate or signature of an endpoint that expires soon or has expired. All nodes build the
 * same event for it, of which the store keeps the first. The endpoint records which notices were
 * given.
 *
 * @param endpoint the endpoint
 * @param notice the expiring item, and how soon it expires
 * @param fingerprint the fingerprint of the certificate; null for a signature
 * @param key identifies the certificate or signature among all current and former ones of the
 *     endpoint
 */
record Expiry(Endpoint endpoint, ExpiryNotice notice, @Nullable String fingerprint, String key) {
  private static final List<Integer> CERTIFICATE_DAYS = List.of(0, 1, 7, 30);
  private static final List<Integer> SIGNATURE_DAYS = List.of(0, 14);
  private static final int KEY_LENGTH = 16;

  /** Returns an expiry for each notice that is due now, whether or not it was given. */
  static List<Expiry> of(Config config, Instant now) {
    List<Expiry> all = new ArrayList<>();
    config.endpoints().values().forEach(endpoint -> add(endpoint, now, all));
    return all;
  }

  /** Returns whether any endpoint has a certificate or signature that can expire. */
  static boolean isPossible(Config config) {
    return config.endpoints().values().stream()
        .anyMatch(
            endpoint ->
                endpoint.tls().clientCertificate() != null
                    || endpoint.signing().signatures().stream()
                        .anyMatch(signature -> signature.until() != null));
  }

  private static void add(Endpoint endpoint, Instant now, List<Expiry> all) {
    ClientCertificate certificate = endpoint.tls().clientCertificate();
    if (certificate != null) {
      CertificateDetails details = certificate.details();
      Integer days = due(CERTIFICATE_DAYS, details.notAfter(), now);
      if (days != null) {
        all.add(of(endpoint, details, days));
      }
    }
    for (Signature signature : endpoint.signing().signatures()) {
      Instant until = signature.until();
      Integer days = until == null ? null : due(SIGNATURE_DAYS, until, now);
      if (until != null && days != null) {
        all.add(of(endpoint, signature, until, days));
      }
    }
  }

  /** Returns the days of the latest notice that is due, or null; missed notices are skipped. */
  private static @Nullable Integer due(List<Integer> stages, Instant end, Instant now) {
    return stages.stream()
        .filter(days -> !now.isBefore(end.minus(Duration.ofDays(days))))
        .findFirst()
        .orElse(null);
  }

  private static Expiry of(Endpoint endpoint, CertificateDetails certificate, int days) {
    ExpiryNotice notice =
        new ExpiryNotice(
            ExpiryNotice.Kind.CERTIFICATE,
            endpoint.site(),
            endpoint.id(),
            certificate.subject(),
            days,
            certificate.notAfter());
    return new Expiry(endpoint, notice, certificate.fingerprint(), key(certificate.fingerprint()));
  }

  private static Expiry of(Endpoint endpoint, Signature signature, Instant until, int days) {
    ExpiryNotice notice =
        new ExpiryNotice(
            ExpiryNotice.Kind.SIGNATURE,
            endpoint.site(),
            endpoint.id(),
            signature.profile().code(),
            days,
            until);
    return new Expiry(endpoint, notice, null, key(signature.toString()));
  }

  private static String key(String text) {
    return Sha256.hex(text.getBytes(StandardCharsets.UTF_8)).substring(0, KEY_LENGTH);
  }

  /** Returns whether it still needs attention; a signature that has ended does not. */
  boolean isOpen() {
    return notice.kind() == ExpiryNotice.Kind.CERTIFICATE || notice.days() > 0;
  }

  /** Returns whether the endpoint records that this notice was given. */
  boolean isGiven() {
    return isGiven(endpoint);
  }

  private boolean isGiven(Endpoint current) {
    return current.expiryNotices().contains(mark());
  }

  private String mark() {
    return key + '/' + notice.days();
  }

  /**
   * Returns the endpoint with this notice recorded, and notices about former certificates and
   * signatures removed; null if the notice was already given, or the endpoint was removed.
   */
  @Nullable Endpoint given(Config config) {
    Endpoint current = config.endpoints().get(endpoint.id());
    if (current == null || isGiven(current)) {
      return null;
    }
    Set<String> keys =
        current.signing().signatures().stream()
            .map(signature -> key(signature.toString()))
            .collect(Collectors.toSet());
    ClientCertificate certificate = current.tls().clientCertificate();
    if (certificate != null) {
      keys.add(key(certificate.details().fingerprint()));
    }
    Set<String> notices =
        current.expiryNotices().stream()
            .filter(mark -> keys.contains(mark.substring(0, mark.indexOf('/'))))
            .collect(Collectors.toSet());
    notices.add(mark());
    return current.withExpiryNotices(notices);
  }

  /** Returns whether another endpoint of the site subscribes to such notices. */
  boolean isWanted(Config config) {
    return config.endpointsOf(endpoint.site()).values().stream()
        .anyMatch(other -> !other.id().equals(endpoint.id()) && other.isSubscribedTo(type()));
  }

  private EventType type() {
    return notice.kind() == ExpiryNotice.Kind.CERTIFICATE
        ? OperationalEvents.CERTIFICATE_EXPIRING
        : OperationalEvents.SIGNATURE_ENDING;
  }

  /**
   * Returns the event in the envelope of the site. Its id and content do not depend on when or
   * where it is built.
   */
  Event event(Envelope envelope, Instant now) {
    EventType type = type();
    Payload data = data(type);
    Instant at = notice.expiresAt().minus(Duration.ofDays(notice.days()));
    EventId id =
        new EventId(String.join("-", "expiry", endpoint.id().toString(), key, "" + notice.days()));
    return new Event(
        id,
        endpoint.site(),
        type,
        at,
        now,
        envelope.wrap(type, at, data),
        new Idempotence(null, Fingerprint.of(type, null, Payload.of(key))));
  }

  private Payload data(EventType type) {
    JsonWriter json =
        new JsonWriter()
            .text("type", type.name())
            .text("site", endpoint.site().value())
            .text("endpoint", endpoint.id().toString())
            .text("host", endpoint.url().host())
            .text("description", endpoint.description())
            .text("reason", reason());
    if (fingerprint == null) {
      json.text("profile", notice.name()).text("until", notice.expiresAt().toString());
    } else {
      json.text("subject", notice.name())
          .text("fingerprint", fingerprint)
          .text("notAfter", notice.expiresAt().toString());
    }
    return Payload.of(json.number("days", notice.days()).end());
  }

  private String reason() {
    boolean isSignature = fingerprint == null;
    String what = isSignature ? "the signature " + notice.name() : "the client certificate";
    if (notice.days() == 0) {
      return what + (isSignature ? " has ended" : " has expired");
    }
    return what
        + (isSignature ? " ends within " : " expires within ")
        + notice.days()
        + (notice.days() == 1 ? " day" : " days");
  }
}
