package dev.hookferry.http.route;

import dev.hookferry.http.wire.EarlyReply;
import dev.hookferry.http.wire.QueryParameters;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;

/** Checks a request before its body is read. Thread-safe; never blocks. */
public final class RequestAdmission {
  private static final Pattern JSON =
      Pattern.compile("application/json\\s*(;\\s*charset\\s*=\\s*(utf-8|\"utf-8\")\\s*)?");

  private final RouteTable table;
  private final AccessGate gate;

  public RequestAdmission(RouteTable table, AccessGate gate) {
    this.table = table;
    this.gate = gate;
  }

  /** An admitted request. */
  record Admitted(RouteTable.RouteMatch found, QueryParameters query, AccessGate.Passed passed) {}

  /**
   * Finds the route and checks whether the caller may use it.
   *
   * @param fresh whether the configuration was refreshed after the request arrived
   * @return empty if the configuration must be refreshed first: see {@link AccessGate#pass}
   * @throws RuntimeException the refusal, which {@link Refusals} turns into a reply
   */
  Optional<Admitted> admit(HttpServerExchange exchange, boolean fresh) {
    HeaderMap headers = exchange.getRequestHeaders();
    RouteTable.RouteMatch found =
        table.find(exchange.getRequestMethod().toString(), path(exchange));
    exchange.putAttachment(ApiHandler.ROUTE, found.route());
    Optional<AccessGate.Passed> passed = gate.pass(found, exchange, fresh);
    if (passed.isEmpty()) {
      return Optional.empty();
    }
    requireFittingBody(found.route(), !exchange.isRequestComplete(), headers);
    QueryParameters query = new QueryParameters(exchange.getQueryString(), found.route().query());
    return Optional.of(new Admitted(found, query, passed.get()));
  }

  /** Refreshes the configuration without blocking. */
  CompletableFuture<Void> refreshConfig() {
    return gate.refreshConfig();
  }

  /** Returns the raw path, without the scheme and host of an absolute request target. */
  private static String path(HttpServerExchange exchange) {
    String uri = exchange.getRequestURI();
    if (!exchange.isHostIncludedInRequestURI()) {
      return uri;
    }
    int slash = uri.indexOf('/', uri.indexOf("//") + 2);
    return slash < 0 ? "/" : uri.substring(slash);
  }

  private static void requireFittingBody(ApiRoute route, boolean hasBody, HeaderMap headers) {
    if (route.body() == ApiRoute.Body.LENIENT) {
      return;
    }
    HeaderValues types = headers.get(Headers.CONTENT_TYPE);
    boolean json = types != null && types.size() == 1 && isJson(types.getFirst());
    boolean needed = hasBody || route.body() == ApiRoute.Body.OBJECT || isEvents(route);
    if (!json && (needed || types != null)) {
      throw EarlyReply.problem(415, "the body must have the Content-Type application/json");
    }
    if (headers.contains(Headers.CONTENT_ENCODING)) {
      throw EarlyReply.problem(415, "the body must have no Content-Encoding");
    }
    if (hasBody && route.body() == ApiRoute.Body.NONE) {
      throw EarlyReply.problem(400, "this call must not have a body");
    }
    if (!hasBody && (route.body() == ApiRoute.Body.OBJECT || isEvents(route))) {
      throw EarlyReply.invalid("", "the body is missing: it must be a JSON object");
    }
  }

  /** The exact comparison comes first, because nearly all clients send that form. */
  private static boolean isJson(String type) {
    return type.equals("application/json")
        || JSON.matcher(type.toLowerCase(Locale.ROOT).strip()).matches();
  }

  private static boolean isEvents(ApiRoute route) {
    return route.body() == ApiRoute.Body.EVENTS;
  }
}
