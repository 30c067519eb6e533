package dev.hookferry.endpoint;

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
 */
public record RequestSettings(List<CustomHeader> headers, @Nullable Duration timeout) {
  /** Nothing of its own: no headers, and the site's timeout. */
  public static final RequestSettings PLAIN = new RequestSettings(List.of(), null);

  public RequestSettings {
    Objects.requireNonNull(headers, "headers");
    FieldKind<Duration> limit = EndpointFields.TIMEOUT.kind();
    if (timeout != null && !limit.allows(timeout)) {
      throw InvalidException.of("timeout", limit.rule());
    }
    headers = List.copyOf(headers);
  }

  /** Returns a copy with other headers. */
  public RequestSettings withHeaders(List<CustomHeader> all) {
    Objects.requireNonNull(all, "all");
    return new RequestSettings(all, timeout);
  }

  /** Returns a copy with another time limit; null follows the site's. */
  public RequestSettings withTimeout(@Nullable Duration other) {
    return new RequestSettings(headers, other);
  }
}
