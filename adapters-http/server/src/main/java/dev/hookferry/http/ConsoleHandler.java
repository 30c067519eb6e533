package dev.hookferry.http;

import dev.hookferry.event.Payload;
import dev.hookferry.http.console.frame.ConsoleReply;
import dev.hookferry.http.console.frame.ConsoleRequest;
import dev.hookferry.http.console.portal.PortalPages;
import dev.hookferry.http.options.HttpServerOptions;
import dev.hookferry.http.route.FailedLogins;
import dev.hookferry.http.route.Guards;
import dev.hookferry.http.socket.BodyBudget;
import dev.hookferry.http.socket.BodyLimit;
import dev.hookferry.http.socket.BodyReader;
import dev.hookferry.http.socket.ClientAddress;
import dev.hookferry.http.socket.Downloads;
import dev.hookferry.http.socket.EventStreams;
import dev.hookferry.http.socket.LoopbackHosts;
import dev.hookferry.http.socket.OpenExchanges;
import dev.hookferry.http.socket.ProxyUser;
import dev.hookferry.http.socket.ReplySender;
import dev.hookferry.http.wire.EarlyReply;
import dev.hookferry.http.wire.HttpReply;
import dev.hookferry.refusal.ConflictException;
import dev.hookferry.refusal.OverloadedException;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.SameThreadExecutor;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;

/**
 * Handles requests from browsers: reads the body, has the console or the portal compute the reply
 * on a worker thread, and sends it. Passes all other requests on to the API.
 */
final class ConsoleHandler implements HttpHandler {
  private static final System.Logger LOG = System.getLogger("dev.hookferry.http");
  private static final BodyLimit LIMIT = BodyLimit.OTHER;
  private static final int UNAUTHORIZED = 401;
  private static final String LATER = "try again in a moment";
  private static final String FAILED = "this page failed; see the server log";

  private final BrowserPages pages;
  private final HttpHandler api;
  private final OpenExchanges open;
  private final EventStreams streams = new EventStreams();
  private final BodyBudget budget;
  private final FailedLogins failures;
  private final Downloads downloads;
  private final boolean behindProxy;
  private final String userHeader;
  private final boolean local;
  private final Duration bodyWithin;

  ConsoleHandler(
      BrowserPages pages,
      HttpHandler api,
      Guards guards,
      OpenExchanges open,
      HttpServerOptions options) {
    this.pages = pages;
    this.api = api;
    this.open = open;
    failures = guards.failures();
    budget = guards.keylessBodies();
    downloads = guards.downloads();
    behindProxy = options.behindProxy();
    userHeader = options.userHeader();
    local = options.isLocal();
    bodyWithin = options.times().body();
    open.whenStopped(streams::close);
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) throws Exception {
    String accept = exchange.getRequestHeaders().getFirst(Headers.ACCEPT);
    if (!pages.serves(exchange.getRequestURI(), accept)) {
      api.handleRequest(exchange);
      return;
    }
    open.enter(exchange);
    if (open.isStopping()) {
      exchange.getResponseHeaders().put(Headers.CONNECTION, "close");
      ReplySender.send(exchange, text(503, "the server is stopping"));
      return;
    }
    if (local && !LoopbackHosts.isOwn(exchange.getRequestHeaders().getFirst(Headers.HOST))) {
      ReplySender.send(exchange, LoopbackHosts.refusal().reply());
      return;
    }
    exchange.dispatch(SameThreadExecutor.INSTANCE, () -> read(exchange));
  }

  private void read(HttpServerExchange exchange) {
    try {
      BodyReader.read(
          new BodyReader.Asked(exchange, LIMIT, budget, bodyWithin),
          body -> reply(exchange, body),
          refusal -> ReplySender.send(exchange, refused(refusal)));
    } catch (RuntimeException e) {
      ReplySender.send(exchange, refused(e));
    }
  }

  private void reply(HttpServerExchange exchange, byte[] body) {
    ConsoleRequest request = request(exchange, body);
    try {
      exchange.getConnection().getWorker().execute(() -> replyTo(exchange, request));
    } catch (RejectedExecutionException e) {
      ReplySender.send(exchange, text(503, "the server is stopping"));
    }
  }

  /** Always sends a reply: without one, a browser would wait for minutes. */
  private void replyTo(HttpServerExchange exchange, ConsoleRequest request) {
    try {
      sendLater(exchange, handle(request));
    } catch (RuntimeException | Error e) {
      LOG.log(System.Logger.Level.ERROR, "internal error: page not sent path=" + request.path(), e);
      ReplySender.sendSoon(exchange, text(500, FAILED));
    }
  }

  private ConsoleReply handle(ConsoleRequest request) {
    ConsoleReply reply = pages.reply(request);
    if (reply.status() == UNAUTHORIZED && !PortalPages.serves(request.path())) {
      var unused = failures.count(request.from(), "console sign-in");
    }
    return reply;
  }

  private void sendLater(HttpServerExchange exchange, ConsoleReply reply) {
    if (reply.live() != null) {
      streams.open(exchange, reply.live());
      return;
    }
    HttpReply httpReply =
        reply.download() != null
            ? HttpReply.stream(reply.contentType(), reply.download())
            : HttpReply.of(reply.status(), reply.contentType(), reply.body().unsafeBytes());
    for (Map.Entry<String, String> header : reply.headers().entrySet()) {
      httpReply = httpReply.with(header.getKey(), header.getValue());
    }
    downloads.send(exchange, httpReply, ConsoleHandler::notSent);
  }

  private ConsoleRequest request(HttpServerExchange exchange, byte[] body) {
    String from = ClientAddress.of(exchange, behindProxy);
    HeaderMap headers = exchange.getRequestHeaders();
    Map<String, String> first = new HashMap<>();
    for (HeaderValues values : headers) {
      first.put(values.getHeaderName().toString().toLowerCase(Locale.ROOT), values.getFirst());
    }
    return new ConsoleRequest(
        exchange.getRequestMethod().toString(),
        exchange.getRequestURI(),
        exchange.getQueryString(),
        first,
        Payload.wrap(body),
        from,
        ProxyUser.of(exchange, userHeader),
        exchange.getRequestScheme().equals("https"),
        !failures.blockedFor(from).isZero());
  }

  static HttpReply notSent(Throwable why) {
    if (why instanceof OverloadedException busy) {
      return text(503, String.valueOf(busy.getMessage()))
          .with("Retry-After", Long.toString(busy.retryAfter().toSeconds()));
    }
    if (why instanceof ConflictException conflict) {
      return text(409, String.valueOf(conflict.getMessage()));
    }
    LOG.log(System.Logger.Level.ERROR, "download not started", why);
    return text(503, LATER);
  }

  private static HttpReply refused(RuntimeException refusal) {
    return refusal instanceof EarlyReply early
        ? text(early.reply().status(), "the request is too large or arrived too slowly")
        : text(503, LATER);
  }

  private static HttpReply text(int status, String text) {
    return HttpReply.of(status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
  }
}
