package dev.hookferry.http.socket;

import dev.hookferry.http.wire.HttpReply;
import io.undertow.io.IoCallback;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.nio.ByteBuffer;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.xnio.IoUtils;

/**
 * Sends replies whose bodies are in memory; {@link Downloads} sends streamed ones. Thread-safe for
 * different exchanges.
 */
public final class ReplySender {
  private static final HttpString NO_SNIFF = new HttpString("X-Content-Type-Options");

  /** Time for which a refused client may keep sending before its connection is closed. */
  private static final int LINGER_SECONDS = 5;

  private ReplySender() {}

  /** Sends a reply from any thread, by way of the exchange's IO thread. */
  public static void sendLater(HttpServerExchange exchange, HttpReply reply) {
    try {
      exchange.getIoThread().execute(() -> send(exchange, reply));
    } catch (RejectedExecutionException e) {
      // The server has stopped: close the connection, so that the client sees no complete reply.
      IoUtils.safeClose(exchange.getConnection());
    }
  }

  /** Sends a reply from any thread; directly if it is the exchange's IO thread. */
  public static void sendSoon(HttpServerExchange exchange, HttpReply reply) {
    if (exchange.isInIoThread()) {
      send(exchange, reply);
    } else {
      sendLater(exchange, reply);
    }
  }

  /** Sends a reply with a body in memory. Must run on the IO thread. */
  public static void send(HttpServerExchange exchange, HttpReply reply) {
    if (exchange.isResponseStarted()) {
      return;
    }
    start(exchange, reply);
    if (reply.body().length == 0) {
      exchange.endExchange();
      return;
    }
    exchange.getResponseSender().send(ByteBuffer.wrap(reply.body()), IoCallback.END_EXCHANGE);
  }

  /** Sets the status and headers of a response. Must run on the IO thread. */
  static void start(HttpServerExchange exchange, HttpReply reply) {
    exchange.setStatusCode(reply.status());
    HeaderMap headers = exchange.getResponseHeaders();
    headers.put(Headers.CACHE_CONTROL, "no-store");
    headers.put(NO_SNIFF, "nosniff");
    reply.headers().forEach((name, value) -> headers.put(new HttpString(name), value));
    if (reply.stream() != null || reply.body().length > 0) {
      headers.put(Headers.CONTENT_TYPE, reply.contentType());
    }
    if (!exchange.isRequestComplete()) {
      linger(exchange);
    }
  }

  /**
   * Leaves time to read and discard the rest of the request before the connection is closed:
   * closing it at once could lose the reply on its way.
   */
  private static void linger(HttpServerExchange exchange) {
    Runnable cut =
        () -> {
          if (!exchange.isComplete()) {
            IoUtils.safeClose(exchange.getConnection());
          }
        };
    try {
      var unused = exchange.getIoThread().executeAfter(cut, LINGER_SECONDS, TimeUnit.SECONDS);
    } catch (RejectedExecutionException e) {
      // The server has stopped: this thread is about to end and closes all its connections.
    }
  }
}
