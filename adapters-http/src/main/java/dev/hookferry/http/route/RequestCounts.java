package dev.hookferry.http.route;

import dev.hookferry.http.metrics.Counter;
import dev.hookferry.http.metrics.PrometheusText;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import java.util.Set;

/** Counts requests by route and class of status. Thread-safe. */
public final class RequestCounts {
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
  private static final String OTHER = "other";

  private final Counter requests =
      new Counter(
          "hookferry_http_requests_total", "Requests answered.", "method", "route", "status");

  /** The same handler, counted. */
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

  /** Only names of ours become labels: a caller could make up any number of paths and methods. */
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
