package dev.hookferry.app.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;

/** A collector that decodes what it gets by the official definition of OTLP. */
final class OtlpReceiver implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch hang = new CountDownLatch(1);
  private final List<ExportTraceServiceRequest> traces = new CopyOnWriteArrayList<>();
  private final Map<String, Metric> metrics = new ConcurrentHashMap<>();
  private final List<String> keys = new CopyOnWriteArrayList<>();
  private volatile boolean hanging;

  OtlpReceiver() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/v1/traces", exchange -> take(exchange, this::traces));
    server.createContext("/v1/metrics", exchange -> take(exchange, this::metrics));
    server.start();
  }

  private interface Decoder {
    void decode(InputStream body) throws IOException;
  }

  private void take(HttpExchange exchange, Decoder decoder) throws IOException {
    keys.add(String.valueOf(exchange.getRequestHeaders().getFirst("api-key")));
    if (hanging) {
      try {
        hang.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    try (exchange;
        InputStream body = new GZIPInputStream(exchange.getRequestBody())) {
      decoder.decode(body);
      exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
      exchange.sendResponseHeaders(200, -1);
    }
  }

  private void traces(InputStream body) throws IOException {
    traces.add(ExportTraceServiceRequest.parseFrom(body));
  }

  private void metrics(InputStream body) throws IOException {
    ExportMetricsServiceRequest.parseFrom(body)
        .getResourceMetricsList()
        .forEach(
            resource ->
                resource
                    .getScopeMetricsList()
                    .forEach(
                        scope ->
                            scope
                                .getMetricsList()
                                .forEach(metric -> metrics.put(metric.getName(), metric))));
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Answers no request from now on. */
  void hang() {
    hanging = true;
  }

  List<Span> spans() {
    return traces.stream()
        .flatMap(request -> request.getResourceSpansList().stream())
        .flatMap(resource -> resource.getScopeSpansList().stream())
        .flatMap(scope -> scope.getSpansList().stream())
        .toList();
  }

  List<ExportTraceServiceRequest> requests() {
    return traces;
  }

  Map<String, Metric> metrics() {
    return new TreeMap<>(metrics);
  }

  /** The values of the header api-key. */
  List<String> keys() {
    return keys;
  }

  @Override
  public void close() {
    hang.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
