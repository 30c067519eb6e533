package dev.hookferry.transport;

import dev.hookferry.auth.TlsIdentity;
import dev.hookferry.event.Payload;
import dev.hookferry.outbound.OutboundPolicy;
import dev.hookferry.outbound.TargetUrl;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A complete request, ready to be sent.
 *
 * @param url the target URL, without placeholders
 * @param headers all headers except {@code Host} and {@code Content-Length}, in sending order
 * @param body the body, sent unchanged
 * @param deadline total time for name resolution, connection, TLS, writing, and reading the
 *     response, excluding time in local queues
 * @param tls TLS settings in addition to the transport's own, or null for none; requests with
 *     different settings never share a connection
 * @param egress the name of the {@linkplain Egresses egress} through which the connection leaves,
 *     or null to leave directly; a request with an unknown egress is never sent
 * @param strict whether the exceptions in the transport's policy do not apply, as for a customer's
 *     URL; see {@link OutboundPolicy#forTarget}
 */
public record SignedRequest(
    TargetUrl url,
    List<Header> headers,
    Payload body,
    Duration deadline,
    @Nullable TlsIdentity tls,
    @Nullable String egress,
    boolean strict) {
  public SignedRequest {
    Objects.requireNonNull(url, "url");
    Objects.requireNonNull(headers, "headers");
    Objects.requireNonNull(body, "body");
    Objects.requireNonNull(deadline, "deadline");
    headers = List.copyOf(headers);
    if (url.isTemplate()) {
      throw new IllegalArgumentException(url + " needs routing values before it can be sent to");
    }
  }

  /** Creates a request that leaves directly, with the transport's own TLS settings. */
  public SignedRequest(TargetUrl url, List<Header> headers, Payload body, Duration deadline) {
    this(url, headers, body, deadline, null, null, false);
  }

  /** Returns a copy with an additional header and this deadline. */
  public SignedRequest with(Header header, Duration deadline) {
    Objects.requireNonNull(header, "header");
    Objects.requireNonNull(deadline, "deadline");
    List<Header> all = new ArrayList<>(headers);
    all.add(header);
    return new SignedRequest(url, all, body, deadline, tls, egress, strict);
  }

  /** Returns a copy that leaves through this egress, or directly if null. */
  public SignedRequest leavingBy(@Nullable String egress) {
    return new SignedRequest(url, headers, body, deadline, tls, egress, strict);
  }

  /** Returns a copy to which the exceptions in the transport's policy do not apply. */
  public SignedRequest strictly() {
    return new SignedRequest(url, headers, body, deadline, tls, egress, true);
  }

  /**
   * A request header. Name and value are visible ASCII; the value may contain inner spaces and
   * tabs.
   */
  public record Header(String name, String value) {
    public Header {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(value, "value");
    }

    /** Returns only the name, because the value may be a credential. */
    @Override
    public String toString() {
      return name;
    }
  }
}
