package dev.hookferry.endpoint;

import dev.hookferry.auth.EndpointAuth;
import dev.hookferry.auth.EndpointTls;
import dev.hookferry.body.VersionedBody;
import dev.hookferry.event.TraceContext;
import dev.hookferry.field.FieldKind;
import dev.hookferry.refusal.InvalidException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The settings of requests to an endpoint, apart from signatures, and its success statuses.
 * Immutable.
 *
 * @param headers sent with every request
 * @param timeout its own time limit of an attempt, 1 to 30 seconds, or null to follow the site's
 * @param auth the credentials that requests carry, or null for none
 * @param body its own body, or the site's envelope
 * @param tls its own TLS settings
 * @param egress the name of the egress that its connections use, or null to follow the site's
 * @param propagateTrace whether requests carry the headers {@code traceparent} and {@code
 *     tracestate}
 * @param successStatuses which statuses of a response count as success
 */
public record RequestSettings(
    List<CustomHeader> headers,
    @Nullable Duration timeout,
    @Nullable EndpointAuth auth,
    VersionedBody body,
    EndpointTls tls,
    @Nullable String egress,
    boolean propagateTrace,
    SuccessStatuses successStatuses) {
  /** Default settings: no headers or credentials, and the site's timeout and envelope. */
  public static final RequestSettings PLAIN =
      new RequestSettings(
          List.of(),
          null,
          null,
          VersionedBody.NONE,
          EndpointTls.DEFAULT,
          null,
          false,
          SuccessStatuses.DEFAULT);

  public RequestSettings {
    Objects.requireNonNull(headers, "headers");
    Objects.requireNonNull(body, "body");
    Objects.requireNonNull(tls, "tls");
    Objects.requireNonNull(successStatuses, "successStatuses");
    FieldKind<Duration> limit = EndpointFields.TIMEOUT.kind();
    if (timeout != null && !limit.allows(timeout)) {
      throw InvalidException.of("timeout", limit.rule());
    }
    if (egress != null && !EndpointFields.EGRESS.kind().allows(egress)) {
      throw InvalidException.of("egress", EndpointFields.EGRESS.kind().rule());
    }
    if (auth != null
        && headers.stream().anyMatch(h -> h.name().equalsIgnoreCase(EndpointAuth.HEADER))) {
      throw InvalidException.of(
          "auth",
          "sends the header Authorization, which is also in headers; remove one of the two");
    }
    for (String name : List.of(TraceContext.HEADER, TraceContext.STATE_HEADER)) {
      if (propagateTrace && headers.stream().anyMatch(h -> h.name().equalsIgnoreCase(name))) {
        throw InvalidException.of(
            "propagateTrace",
            "sends the header " + name + ", which is also in headers; remove one");
      }
    }
    headers = List.copyOf(headers);
  }

  /** Returns a copy with the given headers. */
  public RequestSettings withHeaders(List<CustomHeader> all) {
    Objects.requireNonNull(all, "all");
    return new RequestSettings(
        all, timeout, auth, body, tls, egress, propagateTrace, successStatuses);
  }

  /** Returns a copy with the given time limit; null follows the site's. */
  public RequestSettings withTimeout(@Nullable Duration timeout) {
    return new RequestSettings(
        headers, timeout, auth, body, tls, egress, propagateTrace, successStatuses);
  }

  /** Returns a copy with the given credentials; null for none. */
  public RequestSettings withAuth(@Nullable EndpointAuth auth) {
    return new RequestSettings(
        headers, timeout, auth, body, tls, egress, propagateTrace, successStatuses);
  }

  /** Returns a copy with the given body. */
  public RequestSettings withBody(VersionedBody own) {
    Objects.requireNonNull(own, "own");
    return new RequestSettings(
        headers, timeout, auth, own, tls, egress, propagateTrace, successStatuses);
  }

  /** Returns a copy with the given TLS settings. */
  public RequestSettings withTls(EndpointTls tls) {
    Objects.requireNonNull(tls, "tls");
    return new RequestSettings(
        headers, timeout, auth, body, tls, egress, propagateTrace, successStatuses);
  }

  /** Returns a copy whose connections use the given egress; null follows the site's. */
  public RequestSettings withEgress(@Nullable String egress) {
    return new RequestSettings(
        headers, timeout, auth, body, tls, egress, propagateTrace, successStatuses);
  }

  /** Returns a copy whose requests carry the trace headers or do not. */
  public RequestSettings withPropagateTrace(boolean carried) {
    return new RequestSettings(headers, timeout, auth, body, tls, egress, carried, successStatuses);
  }

  /** Returns a copy with the given success statuses. */
  public RequestSettings withSuccessStatuses(SuccessStatuses others) {
    Objects.requireNonNull(others, "others");
    return new RequestSettings(headers, timeout, auth, body, tls, egress, propagateTrace, others);
  }
}
