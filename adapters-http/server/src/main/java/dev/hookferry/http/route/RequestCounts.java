package dev.hookferry.http.route;

import dev.hookferry.http.metrics.Metrics;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.StatusCodes;
import java.util.List;
import java.util.Set;

/** Counts requests by method, route and status class. Thread-safe. */
public final class RequestCounts {
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
  private static final List<String> CLASSES = List.of("0xx", "1xx", "2xx", "3xx", "4xx", "5xx");
  private static final String OTHER = "other";
  private static final double NANOS_A_SECOND = 1e9;

  private final Counter requests;
  private final Histogram publishes;

  /** Adds its counters to the metrics. */
  public RequestCounts(Metrics metrics) {
    requests =
        metrics.counter(
            "hookferry_http_requests_total", "HTTP requests handled.", "method", "route", "status");
    publishes =
        metrics.durations(
            "hookferry_publish_duration_seconds",
            "Time from the first byte of a publish request to its response; accepted ones only.");
  }

  /** Wraps a handler so that its requests are counted. */
  public HttpHandler counting(HttpHandler handler) {
    return exchange -> {
      long start = System.nanoTime();
      exchange.addExchangeCompleteListener(
          (done, next) -> {
            count(done, System.nanoTime() - start);
            next.proceed();
          });
      handler.handleRequest(exchange);
    };
  }

  /** Uses only known names as labels: callers could invent any number of paths and methods. */
  private void count(HttpServerExchange exchange, long nanos) {
    ApiRoute route = exchange.getAttachment(ApiHandler.ROUTE);
    String method = exchange.getRequestMethod().toString();
    requests
        .labelValues(
            METHODS.contains(method) ? method : OTHER,
            route == null ? OTHER : route.template(),
            CLASSES.get(Math.min(exchange.getStatusCode() / 100, CLASSES.size() - 1)))
        .inc();
    if (route != null
        && route.body() == ApiRoute.Body.EVENTS
        && exchange.getStatusCode() == StatusCodes.ACCEPTED) {
      publishes.observe(nanos / NANOS_A_SECOND);
    }
  }
}
