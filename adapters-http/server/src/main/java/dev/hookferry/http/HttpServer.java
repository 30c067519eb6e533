package dev.hookferry.http;

import dev.hookferry.Hookferry;
import dev.hookferry.Webhooks;
import dev.hookferry.http.api.ApiRoutes;
import dev.hookferry.http.api.SystemRoutes;
import dev.hookferry.http.console.Console;
import dev.hookferry.http.console.portal.PortalPages;
import dev.hookferry.http.metrics.Metrics;
import dev.hookferry.http.metrics.MetricsListener;
import dev.hookferry.http.metrics.MetricsPage;
import dev.hookferry.http.options.HttpServerOptions;
import dev.hookferry.http.portal.PortalCalls;
import dev.hookferry.http.portal.PortalRoutes;
import dev.hookferry.http.route.ApiHandler;
import dev.hookferry.http.route.ApiRoute;
import dev.hookferry.http.route.Guards;
import dev.hookferry.http.route.HttpListener;
import dev.hookferry.http.route.Refusals;
import dev.hookferry.http.route.RequestAdmission;
import dev.hookferry.http.route.RouteTable;
import dev.hookferry.http.socket.OpenExchanges;
import dev.hookferry.http.socket.StrictFraming;
import dev.hookferry.http.svix.SvixErrors;
import dev.hookferry.http.svix.SvixRoutes;
import dev.hookferry.portal.Portal;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.undertow.server.HttpHandler;
import io.undertow.server.handlers.HttpContinueReadHandler;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The inbound HTTP API, served from {@link #start} to {@link #close}. Owns only its sockets and
 * threads: start the {@link Hookferry} behind it first, and close that first, too. While it
 * finishes its work in flight, {@code /readyz} replies 503 and new events are refused, so that a
 * load balancer switches to other nodes in time. Thread-safe.
 */
public final class HttpServer implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("dev.hookferry.http");

  private final HttpListener listening;
  private final OpenExchanges open;
  private final HttpServerOptions options;
  private final InetSocketAddress address;
  private volatile Supplier<MetricSnapshots> metrics = MetricSnapshots::of;

  private HttpServer(HttpListener listening, OpenExchanges open, HttpServerOptions options) {
    this.listening = listening;
    this.open = open;
    this.options = options;
    address = listening.address();
  }

  /**
   * Starts to serve.
   *
   * @param hookferry the instance to serve, already started
   * @param metrics the source of {@code /metrics}, registered as a listener of that instance
   * @throws java.io.UncheckedIOException if the address cannot be bound
   * @throws dev.hookferry.refusal.InvalidException if the TLS files cannot be used
   */
  public static HttpServer start(
      Hookferry hookferry, MetricsListener metrics, HttpServerOptions options) {
    return start(hookferry, metrics, null, options);
  }

  /**
   * Starts to serve the API and a console for browsers.
   *
   * @param console the console of that instance, or null for none
   * @throws java.io.UncheckedIOException if the address cannot be bound
   */
  public static HttpServer start(
      Hookferry hookferry,
      MetricsListener metrics,
      @Nullable Console console,
      HttpServerOptions options) {
    return start(hookferry, metrics, console, options, InstantSource.system());
  }

  /** Starts to serve by the given clock, for tests. */
  static HttpServer start(
      Hookferry hookferry,
      MetricsListener metrics,
      @Nullable Console console,
      HttpServerOptions options,
      InstantSource clock) {
    Metrics own = new Metrics();
    Guards guards = new Guards(hookferry.webhooks(), options, clock, own);
    MetricsPage page = new MetricsPage(hookferry, metrics, own, clock);
    boolean ownHostOnly = options.openMetrics() && options.isLocal();
    SystemRoutes system = new SystemRoutes(hookferry, page, ownHostOnly);
    Webhooks webhooks = hookferry.webhooks();
    Portal portal = Portal.of(hookferry, clock);
    Duration commit = options.times().commit();
    List<ApiRoute> routes =
        new ArrayList<>(ApiRoutes.all(webhooks, portal, commit, system, options.openMetrics()));
    routes.addAll(PortalRoutes.all(new PortalCalls(webhooks, portal)));
    routes.addAll(SvixRoutes.all(webhooks, commit, clock, new SecureRandom()));
    OpenExchanges open = new OpenExchanges();
    HttpHandler api = api(routes, guards, open, options);
    BrowserPages pages =
        new BrowserPages(console, new PortalPages(webhooks, portal, options, clock));
    HttpHandler all = new ConsoleHandler(pages, api, guards, open, options);
    HttpServer server = listen(all, guards, open, options);
    server.metrics = page::collected;
    return server;
  }

  /** Starts to serve these routes only. */
  public static HttpServer start(Guards guards, List<ApiRoute> routes, HttpServerOptions options) {
    OpenExchanges open = new OpenExchanges();
    return listen(api(routes, guards, open, options), guards, open, options);
  }

  private static HttpHandler api(
      List<ApiRoute> routes, Guards guards, OpenExchanges open, HttpServerOptions options) {
    return new ApiHandler(
        new RequestAdmission(new RouteTable(routes), guards.gate()),
        new Refusals(new SecureRandom(), List.of(new SvixErrors())),
        open,
        guards,
        options.times().body());
  }

  private static HttpServer listen(
      HttpHandler handler, Guards guards, OpenExchanges open, HttpServerOptions options) {
    HttpHandler framed = new StrictFraming(handler);
    HttpHandler whole = new HttpContinueReadHandler(guards.requests().counting(framed));
    HttpListener listening = HttpListener.open(options, whole, guards);
    guards.keepTlsFresh(listening);
    return new HttpServer(listening, open, options);
  }

  /** Returns the metrics of {@code /metrics}. May query the store, and so block. */
  public MetricSnapshots metrics() {
    return metrics.get();
  }

  /** Returns the bound address. */
  public InetSocketAddress address() {
    return address;
  }

  /**
   * Stops accepting connections, refuses new requests on open ones with 503, waits for those in
   * flight up to the grace period, and closes the rest. Idempotent.
   */
  @Override
  public synchronized void close() {
    if (listening.hasEnded()) {
      return;
    }
    open.stop();
    listening.stopAccepting();
    try {
      if (!open.awaitNone(options.times().grace())) {
        LOG.log(System.Logger.Level.WARNING, "requests in flight were cut off at shutdown");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    listening.end();
  }
}
