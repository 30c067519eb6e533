package dev.hookferry.app.bench.load;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.hookferry.app.bench.wire.SpanCount;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPInputStream;

/**
 * An OpenTelemetry collector that counts the spans of its OTLP/HTTP requests and drops them. It
 * accepts all other requests and ignores them. Thread-safe.
 */
final class SpanSink implements AutoCloseable {
  private static final int NO_BODY = -1;

  private final HttpServer server;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread made = new Thread(task, "bench-collector");
            made.setDaemon(true);
            return made;
          });
  private final AtomicLong spans = new AtomicLong();

  private SpanSink(HttpServer server) {
    this.server = server;
  }

  /** Starts a sink on a free port. */
  static SpanSink start() throws IOException {
    SpanSink sink =
        new SpanSink(
            HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    sink.server.setExecutor(sink.thread);
    sink.server.createContext("/", SpanSink::ignore);
    sink.server.createContext("/v1/traces", sink::count);
    sink.server.start();
    return sink;
  }

  /** Returns the base URL, in the form of {@code otel.endpoint}. */
  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Returns the number of spans received so far. */
  long spans() {
    return spans.get();
  }

  private static void ignore(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] unused = exchange.getRequestBody().readAllBytes();
      exchange.sendResponseHeaders(200, NO_BODY);
    }
  }

  private void count(HttpExchange exchange) throws IOException {
    try (exchange) {
      try {
        spans.addAndGet(SpanCount.of(body(exchange)));
        exchange.sendResponseHeaders(200, NO_BODY);
      } catch (IllegalArgumentException e) {
        exchange.sendResponseHeaders(400, NO_BODY);
      }
    }
  }

  private static byte[] body(HttpExchange exchange) throws IOException {
    boolean isPacked = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
    InputStream sent = exchange.getRequestBody();
    try (InputStream body = isPacked ? new GZIPInputStream(sent) : sent) {
      return body.readAllBytes();
    }
  }

  @Override
  public void close() {
    server.stop(0);
    thread.shutdownNow();
  }
}
