package dev.hookferry.transport;

import dev.hookferry.event.Payload;
import dev.hookferry.outbound.TargetUrl;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A complete request, ready to be sent.
 *
 * @param url the target, a plain URL
 * @param headers all headers except {@code Host} and {@code Content-Length}, in the order to send
 *     them
 * @param body the body, sent unchanged
 * @param deadline total time for name resolution, connection, TLS, writing, and reading the
 *     response; time in local queues does not count
 */
public record SignedRequest(TargetUrl url, List<Header> headers, Payload body, Duration deadline) {
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

  /** Returns a copy with one more header and another deadline. */
  public SignedRequest with(Header header, Duration other) {
    Objects.requireNonNull(header, "header");
    Objects.requireNonNull(other, "other");
    List<Header> all = new ArrayList<>(headers);
    all.add(header);
    return new SignedRequest(url, all, body, other);
  }

  /** A header. Name and value are visible ASCII; the value may contain inner spaces and tabs. */
  public record Header(String name, String value) {
    public Header {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(value, "value");
    }

    /** Returns only the name, because values may be credentials. */
    @Override
    public String toString() {
      return name;
    }
  }
}
