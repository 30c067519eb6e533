package dev.hookferry.transport;

import dev.hookferry.event.Payload;
import dev.hookferry.outbound.TargetUrl;
import java.time.Duration;
import java.util.List;

/**
 * A request ready to be sent.
 *
 * @param url where to
 * @param headers all but {@code Host} and {@code Content-Length}, in the order to send them
 * @param body to be sent as it is
 * @param deadline for name resolution, connection, TLS, writing, and reading the answer together;
 *     time in a queue of this node is not part of it
 */
public record SignedRequest(TargetUrl url, List<Header> headers, Payload body, Duration deadline) {
  public SignedRequest {
    headers = List.copyOf(headers);
  }

  /** A header; name and value are visible ASCII, the value may hold inner blanks and tabs. */
  public record Header(String name, String value) {
    /** The name only: values may be credentials. */
    @Override
    public String toString() {
      return name;
    }
  }
}
