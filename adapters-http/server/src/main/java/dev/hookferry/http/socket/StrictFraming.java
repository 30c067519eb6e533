package dev.hookferry.http.socket;

import dev.hookferry.http.wire.EarlyReply;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;

/**
 * Rejects ambiguously framed requests before any handler runs, to prevent request smuggling, and
 * closes their connections. Undertow itself rejects a request with both framing headers or a
 * repeated one; this handler also rejects transfer codings other than chunked, which Undertow would
 * read as chunked, and lengths that overflow. Undertow also parses chunk lines more loosely than
 * others do, so a chunked request is the last on its connection. Thread-safe.
 */
public final class StrictFraming implements HttpHandler {
  private static final int MAX_LENGTH = 15;

  private final HttpHandler next;

  /** Wraps the next handler. */
  public StrictFraming(HttpHandler next) {
    this.next = next;
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) throws Exception {
    HeaderMap headers = exchange.getRequestHeaders();
    String coding = headers.getFirst(Headers.TRANSFER_ENCODING);
    String length = headers.getFirst(Headers.CONTENT_LENGTH);
    boolean clear =
        coding == null
            ? length == null || isNumber(length)
            : coding.equalsIgnoreCase("chunked") && exchange.isHttp11();
    if (!clear || coding != null) {
      exchange.setPersistent(false);
    }
    if (!exchange.isHttp11() && !exchange.isHttp10()) {
      exchange.setPersistent(false);
      ReplySender.send(exchange, EarlyReply.problem(400, "only HTTP/1.1 is supported").reply());
    } else if (clear) {
      next.handleRequest(exchange);
    } else {
      String detail = "the body must have either a Content-Length or Transfer-Encoding: chunked";
      ReplySender.send(exchange, EarlyReply.problem(400, detail).reply());
    }
  }

  private static boolean isNumber(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return !text.isEmpty() && text.length() <= MAX_LENGTH;
  }
}
