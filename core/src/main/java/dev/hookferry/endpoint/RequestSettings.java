package dev.hookferry.endpoint;

import dev.hookferry.auth.EndpointAuth;
import dev.hookferry.field.FieldKind;
import dev.hookferry.refusal.InvalidException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How the requests to an endpoint are made, apart from signatures. Immutable.
 *
 * @param headers sent with every request
 * @param timeout its own time limit of an attempt, 1 to 30 seconds, or null to follow the site's
 * @param auth the credentials that requests carry, or null for none
 */
public record RequestSettings(
    List<CustomHeader> headers, @Nullable Duration timeout, @Nullable EndpointAuth auth) {
  /** Nothing of its own: no headers, and the site's timeout. */
  public static final RequestSettings PLAIN = new RequestSettings(List.of(), null, null);

  public RequestSettings {
    Objects.requireNonNull(headers, "headers");
    FieldKind<Duration> limit = EndpointFields.TIMEOUT.kind();
    if (timeout != null && !limit.allows(timeout)) {
      throw InvalidException.of("timeout", limit.rule());
    }
    if (auth != null
        && headers.stream().anyMatch(h -> h.name().equalsIgnoreCase(EndpointAuth.HEADER))) {
      throw InvalidException.of(
          "auth", "sends the header Authorization, which headers has, too; remove one of the two");
    }
    headers = List.copyOf(headers);
  }

  /** Returns a copy with other headers. */
  public RequestSettings withHeaders(List<CustomHeader> all) {
    Objects.requireNonNull(all, "all");
    return new RequestSettings(all, timeout, auth);
  }

  /** Returns a copy with another time limit; null follows the site's. */
  public RequestSettings withTimeout(@Nullable Duration other) {
    return new RequestSettings(headers, other, auth);
  }

  /** Returns a copy with other credentials; null is none. */
  public RequestSettings withAuth(@Nullable EndpointAuth other) {
    return new RequestSettings(headers, timeout, other);
  }
}
