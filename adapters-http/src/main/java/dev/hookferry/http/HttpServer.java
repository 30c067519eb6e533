package dev.hookferry.http;

import dev.hookferry.Hookferry;
import dev.hookferry.http.api.ApiRoutes;
import dev.hookferry.http.api.SystemRoutes;
import dev.hookferry.http.console.Console;
import dev.hookferry.http.metrics.MetricsListener;
import dev.hookferry.http.metrics.MetricsPage;
import dev.hookferry.http.options.HttpServerOptions;
import dev.hookferry.http.route.ApiHandler;
import dev.hookferry.http.route.ApiRoute;
import dev.hookferry.http.route.Guards;
import dev.hookferry.http.route.HttpListener;
import dev.hookferry.http.route.Refusals;
import dev.hookferry.http.route.RequestAdmission;
import dev.hookferry.http.route.RouteTable;
import dev.hookferry.http.socket.OpenExchanges;
import dev.hookferry.http.socket.StrictFraming;
import io.undertow.server.HttpHandler;
import io.undertow.server.handlers.HttpContinueReadHandler;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The inbound HTTP API, served from {@link #start} to {@link #close}. It owns nothing but its
 * sockets and threads: the {@link Hookferry} behind it is started before it, and closed before it,
 * too. While that one finishes what is under way, {@code /readyz} says 503 and new events are
 * refused, so that whoever balances the load looks elsewhere in time. Thread-safe.
 */
public final class HttpServer implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("dev.hookferry.http");

  private final HttpListener listening;
  private final OpenExchanges open;
  private final HttpServerOptions options;
  private final InetSocketAddress address;

  private HttpServer(HttpListener listening, OpenExchanges open, HttpServerOptions options) {
    this.listening = listening;
    this.open = open;
    this.options = options;
    address = listening.address();
  }

  /**
   * Begins to serve.
   *
   * @param hookferry what is served; started already
   * @param metrics what {@code /metrics} tells; a listener of that same Hookferry
   * @throws java.io.UncheckedIOException if the address cannot be listened on
   * @throws dev.hookferry.refusal.InvalidException if the files for TLS cannot be used
   */
  public static HttpServer start(
      Hookferry hookferry, MetricsListener metrics, HttpServerOptions options) {
    return start(hookferry, metrics, null, options);
  }

  /**
   * Begins to serve, a console for browsers too.
   *
   * @param console of that same Hookferry, or null for none
   * @throws java.io.UncheckedIOException if the address cannot be listened on
   */
  public static HttpServer start(
      Hookferry hookferry,
      MetricsListener metrics,
      @Nullable Console console,
      HttpServerOptions options) {
    return start(hookferry, metrics, console, options, InstantSource.system());
  }

  /** The same by another clock than the system's. */
  static HttpServer start(
      Hookferry hookferry,
      MetricsListener metrics,
      @Nullable Console console,
      HttpServerOptions options,
      InstantSource clock) {
    Guards guards = new Guards(hookferry.webhooks(), options, clock);
    MetricsPage page = new MetricsPage(hookferry, metrics, guards::write);
    boolean ownHostOnly = options.openMetrics() && options.isLocal();
    SystemRoutes system = new SystemRoutes(hookferry, page, ownHostOnly);
    List<ApiRoute> routes =
        ApiRoutes.all(hookferry.webhooks(), options.answerWithin(), system, options.openMetrics());
    OpenExchanges open = new OpenExchanges();
    HttpHandler api = api(routes, guards, open, options);
    HttpHandler all =
        console == null ? api : new ConsoleHandler(console, api, guards, open, options);
    return listen(all, guards, open, options);
  }

  /** Serves these routes alone. */
  public static HttpServer start(Guards guards, List<ApiRoute> routes, HttpServerOptions options) {
    OpenExchanges open = new OpenExchanges();
    return listen(api(routes, guards, open, options), guards, open, options);
  }

  private static HttpHandler api(
      List<ApiRoute> routes, Guards guards, OpenExchanges open, HttpServerOptions options) {
    return new ApiHandler(
        new RequestAdmission(new RouteTable(routes), guards.gate()),
        new Refusals(new SecureRandom()),
        open,
        guards,
        options.bodyWithin());
  }

  private static HttpServer listen(
      HttpHandler handler, Guards guards, OpenExchanges open, HttpServerOptions options) {
    HttpHandler framed = new StrictFraming(handler);
    HttpHandler whole = new HttpContinueReadHandler(guards.requests().counting(framed));
    HttpListener listening = HttpListener.open(options, whole, guards);
    guards.keepTlsFresh(listening);
    return new HttpServer(listening, open, options);
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return address;
  }

  /**
   * Stops to accept connections, turns new requests on open ones away with 503, lets those under
   * way end within the grace, and closes what is left. Harmless to repeat.
   */
  @Override
  public synchronized void close() {
    if (listening.hasEnded()) {
      return;
    }
    open.stop();
    listening.stopAccepting();
    try {
      if (!open.awaitNone(options.grace())) {
        LOG.log(System.Logger.Level.WARNING, "requests were cut off when the server stopped");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    listening.end();
  }
}
