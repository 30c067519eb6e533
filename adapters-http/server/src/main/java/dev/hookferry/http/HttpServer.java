package dev.hookferry.http;

import dev.hookferry.Hookferry;
import dev.hookferry.Webhooks;
import dev.hookferry.http.api.ApiRoutes;
import dev.hookferry.http.api.PortalLinkRoutes;
import dev.hookferry.http.api.SystemRoutes;
import dev.hookferry.http.console.Console;
import dev.hookferry.http.console.activity.Activity;
import dev.hookferry.http.console.portal.PortalPages;
import dev.hookferry.http.metrics.Metrics;
import dev.hookferry.http.metrics.MetricsListener;
import dev.hookferry.http.metrics.MetricsPage;
import dev.hookferry.http.options.HttpServerOptions;
import dev.hookferry.http.portal.PortalCalls;
import dev.hookferry.http.portal.PortalOrigin;
import dev.hookferry.http.portal.PortalRoutes;
import dev.hookferry.http.portal.ReplyTiming;
import dev.hookferry.http.route.ApiHandler;
import dev.hookferry.http.route.ApiRoute;
import dev.hookferry.http.route.Guards;
import dev.hookferry.http.route.Refusals;
import dev.hookferry.http.route.RequestAdmission;
import dev.hookferry.http.route.RouteTable;
import dev.hookferry.http.socket.Downloads;
import dev.hookferry.http.socket.HttpListener;
import dev.hookferry.http.socket.OpenExchanges;
import dev.hookferry.http.socket.StrictFraming;
import dev.hookferry.http.svix.SvixErrors;
import dev.hookferry.http.svix.SvixRoutes;
import dev.hookferry.http.wire.RefusedRequests;
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
 * threads. Start the {@link Hookferry} instance before the server, and close it before the server:
 * while it finishes its work in flight, {@code /readyz} replies 503 and new events are refused, so
 * that a load balancer switches to other nodes in time. Thread-safe.
 */
public final class HttpServer implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("dev.hookferry.http");

  private final List<HttpListener> listeners;
  private final OpenExchanges open;
  private final Downloads downloads;
  private final RefusedRequests refused;
  private final HttpServerOptions options;
  private final List<InetSocketAddress> addresses;
  private volatile Supplier<MetricSnapshots> metrics = MetricSnapshots::of;

  /**
   * Creates a server on listeners that are already open.
   *
   * @param listeners the API's listener, then the portal's if it has its own
   */
  private HttpServer(
      List<HttpListener> listeners, OpenExchanges open, Guards guards, HttpServerOptions options) {
    this.listeners = listeners;
    this.open = open;
    downloads = guards.downloads();
    refused = guards.refused();
    this.options = options;
    addresses = listeners.stream().map(HttpListener::address).toList();
  }

  /**
   * Starts serving the API.
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
   * Starts serving the API and the console.
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

  /** Starts serving with the given clock, for tests. */
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
    PortalOrigin origin = new PortalOrigin(options);
    PortalLinkRoutes links = new PortalLinkRoutes(portal, origin);
    Duration commit = options.times().commit();
    List<ApiRoute> routes =
        new ArrayList<>(ApiRoutes.all(webhooks, links, commit, system, options.openMetrics()));
    routes.addAll(SvixRoutes.all(webhooks, commit, clock, new SecureRandom()));
    ReplyTiming timing = new ReplyTiming(options.times().portalStep());
    List<ApiRoute> portalRoutes = PortalRoutes.all(new PortalCalls(webhooks, portal), timing);
    Activity activity = console == null ? null : console.activity();
    PortalPages pages = new PortalPages(hookferry, portal, options, activity, clock);
    Serving serving = new Serving(guards, new OpenExchanges(), options);
    HttpServer server;
    if (options.portal() == null) {
      routes.addAll(portalRoutes);
      server = serving.listen(serving.handler(new BrowserPages(console, pages), routes));
    } else {
      List<ApiRoute> apart = new ArrayList<>(portalRoutes);
      apart.addAll(ApiRoutes.probes(system));
      server =
          serving.listen(
              serving.handler(new BrowserPages(console, null), routes),
              new BrowserPages(null, pages),
              apart);
      origin.boundTo(server.portalAddress().getPort());
    }
    server.metrics = page::collected;
    return server;
  }

  /** Starts serving these routes only. */
  public static HttpServer start(Guards guards, List<ApiRoute> routes, HttpServerOptions options) {
    Serving serving = new Serving(guards, new OpenExchanges(), options);
    return serving.listen(serving.api(routes));
  }

  /**
   * Returns the metrics that {@code /metrics} exposes. May query the store, and therefore block.
   */
  public MetricSnapshots metrics() {
    return metrics.get();
  }

  /** Returns the bound address of the API. */
  public InetSocketAddress address() {
    return addresses.get(0);
  }

  /** Returns the bound address of the portal, which is the API's unless the portal has its own. */
  public InetSocketAddress portalAddress() {
    return addresses.get(addresses.size() - 1);
  }

  /**
   * Stops accepting connections, refuses new requests on open ones with 503, waits for those in
   * flight up to the grace period, and closes the rest. Idempotent.
   */
  @Override
  public synchronized void close() {
    if (listeners.get(0).hasEnded()) {
      return;
    }
    open.stop();
    listeners.forEach(HttpListener::stopAccepting);
    try {
      if (!open.awaitNone(options.times().grace())) {
        LOG.log(
            System.Logger.Level.WARNING,
            "requests cut off at shutdown grace=" + options.times().grace());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    downloads.end();
    listeners.forEach(HttpListener::end);
    refused.logAllLeftOut();
  }

  /** The parts that all listeners share, together with the options of one listener. */
  private record Serving(Guards guards, OpenExchanges open, HttpServerOptions options) {
    HttpHandler handler(BrowserPages pages, List<ApiRoute> routes) {
      return new ConsoleHandler(pages, api(routes), guards, open, options);
    }

    HttpHandler api(List<ApiRoute> routes) {
      return new ApiHandler(
          new RequestAdmission(new RouteTable(routes), guards.gate()),
          new Refusals(new SecureRandom(), List.of(new SvixErrors()), guards.refused()),
          open,
          guards,
          options.times().body());
    }

    HttpServer listen(HttpHandler handler) {
      return server(List.of(opened(handler)));
    }

    /** Opens the listeners of the API and of the portal. */
    HttpServer listen(HttpHandler handler, BrowserPages portal, List<ApiRoute> portalRoutes) {
      Serving second = new Serving(guards, open, options.ofPortal());
      HttpListener first = opened(handler);
      try {
        return server(List.of(first, second.opened(second.handler(portal, portalRoutes))));
      } catch (RuntimeException e) {
        first.end();
        throw e;
      }
    }

    private HttpServer server(List<HttpListener> listeners) {
      guards.keepTlsFresh(listeners);
      return new HttpServer(listeners, open, guards, options);
    }

    private HttpListener opened(HttpHandler handler) {
      HttpHandler framed = new StrictFraming(handler);
      HttpHandler whole = new HttpContinueReadHandler(guards.requests().counting(framed));
      return guards.listen(options, whole);
    }
  }
}
