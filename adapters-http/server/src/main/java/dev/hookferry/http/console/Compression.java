package dev.hookferry.http.console;

import dev.hookferry.event.Payload;
import dev.hookferry.http.console.frame.ConsoleReply;
import dev.hookferry.http.console.frame.ConsoleRequest;
import dev.hookferry.http.wire.Gzip;

/**
 * Compresses pages for browsers that accept it. A page may contain text of its request beside its
 * CSRF token, so the token looks different in every response.
 */
final class Compression {
  /** Smaller pages fit into one packet as they are. */
  private static final int LEAST = 1_024;

  private Compression() {}

  static ConsoleReply of(ConsoleRequest request, ConsoleReply reply) {
    boolean isPage =
        reply.contentType().startsWith("text/html")
            && reply.body().size() >= LEAST
            && reply.download() == null;
    return isPage && request.acceptsGzip()
        ? reply
            .with(Payload.wrap(Gzip.compressed(reply.body().unsafeBytes())))
            .with("Content-Encoding", "gzip")
            .with("Vary", "Accept-Encoding")
        : reply;
  }
}
