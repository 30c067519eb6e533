package dev.hookferry.observe;

import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;

/**
 * A notice that the client certificate or a signature of an endpoint expires soon, or has expired.
 *
 * @param kind the kind of thing that expires
 * @param site the site of the endpoint
 * @param endpoint the endpoint
 * @param name the subject of the certificate, or the profile of the signature
 * @param days it expires within this many days: 30, 7 or 1 for a certificate, 14 for a signature; 0
 *     if it has expired
 * @param expiresAt when it expires
 */
public record ExpiryNotice(
    Kind kind, SiteId site, EndpointId endpoint, String name, int days, Instant expiresAt) {
  public ExpiryNotice {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(site, "site");
    Objects.requireNonNull(endpoint, "endpoint");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(expiresAt, "expiresAt");
  }

  /** Kind of thing that expires. */
  public enum Kind {
    /** A client certificate. */
    CERTIFICATE,
    /** A signature that has an end. */
    SIGNATURE;

    /** Returns the lower-case name for metrics and logs, such as {@code certificate}. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
