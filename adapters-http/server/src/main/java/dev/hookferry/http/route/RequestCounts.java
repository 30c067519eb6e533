package dev.hookferry.http.route;

import dev.hookferry.http.metrics.Counter;
import dev.hookferry.http.metrics.PrometheusText;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import java.util.Set;

/** Counts requests by method, route and status class. Thread-safe. */
public final class RequestCounts {
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
  private static final String OTHER = "other";

  private final Counter requests =
      new Counter(
          "hookferry_http_requests_total", "HTTP requests handled.", "method", "route", "status");

  /** Wraps a handler so that its requests are counted. */
  public HttpHandler counting(HttpHandler handler) {
    return exchange -> {
      exchange.addExchangeCompleteListener(
          (done, next) -> {
            count(done);
            next.proceed();
          });
      handler.handleRequest(exchange);
    };
  }

  public void write(PrometheusText text) {
    requests.write(text);
  }

  /** Uses only known names as labels: callers could invent any number of paths and methods. */
  private void count(HttpServerExchange exchange) {
    ApiRoute route = exchange.getAttachment(ApiHandler.ROUTE);
    String method = exchange.getRequestMethod().toString();
    requests.add(
        1,
        METHODS.contains(method) ? method : OTHER,
        route == null ? OTHER : route.template(),
        exchange.getStatusCode() / 100 + "xx");
  }
}
