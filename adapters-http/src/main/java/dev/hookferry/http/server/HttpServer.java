package dev.hookferry.http.server;

import dev.hookferry.Hookferry;
import dev.hookferry.Webhooks;
import dev.hookferry.http.console.Console;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpHandler;
import io.undertow.server.handlers.HttpContinueReadHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.Xnio;
import org.xnio.XnioWorker;

/**
 * The inbound HTTP API, served from {@link #start} to {@link #close}. It owns nothing but its
 * sockets and threads: the {@link Hookferry} behind it is started before it, and closed before it,
 * too. While that one finishes what is under way, {@code /readyz} says 503 and new events are
 * refused, so that whoever balances the load looks elsewhere in time. Thread-safe.
 */
public final class HttpServer implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("dev.hookferry.http.server");

  private static final int MAX_HEAD = 16 * 1024;
  private static final int MAX_HEADERS = 100;
  private static final long NO_LIMIT = -1;
  private static final int MAX_PARAMETERS = 64;
  private static final int PARSE_MILLIS = 10_000;
  private static final int BETWEEN_REQUESTS_MILLIS = 60_000;
  private static final int WRITE_MILLIS = 30_000;

  /** Longer than any answer takes: who waits for a large replay is silent, too. */
  private static final int IDLE_MILLIS = 600_000;

  private static final int WORKERS = 16;

  private final Undertow undertow;
  private final XnioWorker worker;
  private final OpenExchanges open;
  private final HttpServerOptions options;
  private final InetSocketAddress address;

  private HttpServer(
      Undertow undertow, XnioWorker worker, OpenExchanges open, HttpServerOptions options) {
    this.undertow = undertow;
    this.worker = worker;
    this.open = open;
    this.options = options;
    address = (InetSocketAddress) undertow.getListenerInfo().get(0).getAddress();
  }

  /**
   * Begins to serve.
   *
   * @param hookferry what is served; started already
   * @param metrics what {@code /metrics} tells; a listener of that same Hookferry
   * @throws UncheckedIOException if the address cannot be listened on
   */
  public static HttpServer start(
      Hookferry hookferry, MetricsListener metrics, HttpServerOptions options) {
    return start(hookferry, metrics, null, options);
  }

  /**
   * Begins to serve, a console for browsers too.
   *
   * @param console of that same Hookferry, or null for none
   * @throws UncheckedIOException if the address cannot be listened on
   */
  public static HttpServer start(
      Hookferry hookferry,
      MetricsListener metrics,
      @Nullable Console console,
      HttpServerOptions options) {
    RequestCounts counts = new RequestCounts();
    SystemRoutes system = new SystemRoutes(hookferry, new MetricsPage(hookferry, metrics, counts));
    List<Route> routes =
        ApiRoutes.all(hookferry.webhooks(), options.answerWithin(), system, options.openMetrics());
    OpenExchanges open = new OpenExchanges();
    HttpHandler api = api(hookferry.webhooks(), routes, open, options);
    return console == null
        ? listen(counts.counting(api), open, options)
        : listen(
            counts.counting(new ConsoleHandler(console, api, open, options.bodyWithin())),
            open,
            options);
  }

  /** Serves these routes alone. */
  static HttpServer start(
      Webhooks webhooks, List<Route> routes, RequestCounts counts, HttpServerOptions options) {
    OpenExchanges open = new OpenExchanges();
    return listen(counts.counting(api(webhooks, routes, open, options)), open, options);
  }

  private static HttpHandler api(
      Webhooks webhooks, List<Route> routes, OpenExchanges open, HttpServerOptions options) {
    return new ApiHandler(
        new Admission(new RouteTable(routes), new Gate(webhooks)),
        new Refusals(new SecureRandom()),
        open,
        options.bodyWithin());
  }

  private static HttpServer listen(
      HttpHandler handler, OpenExchanges open, HttpServerOptions options) {
    XnioWorker worker = worker();
    InetSocketAddress bind = options.bind();
    Undertow undertow =
        hardened(Undertow.builder(), options.connections())
            .setWorker(worker)
            .addHttpListener(bind.getPort(), bind.getAddress().getHostAddress())
            .setHandler(new HttpContinueReadHandler(handler))
            .build();
    try {
      undertow.start();
      return new HttpServer(undertow, worker, open, options);
    } catch (RuntimeException e) {
      worker.shutdownNow();
      throw e.getCause() instanceof IOException io
          ? new UncheckedIOException("cannot listen on " + bind + ": " + io.getMessage(), io)
          : e;
    }
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
    if (worker.isShutdown()) {
      return;
    }
    open.stop();
    undertow.stop();
    try {
      if (!open.awaitNone(options.grace())) {
        LOG.log(System.Logger.Level.WARNING, "requests were cut off when the server stopped");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    worker.shutdownNow();
  }

  private static Undertow.Builder hardened(Undertow.Builder builder, int connections) {
    return builder
        .setServerOption(UndertowOptions.MAX_HEADER_SIZE, MAX_HEAD)
        .setServerOption(UndertowOptions.MAX_HEADERS, MAX_HEADERS)
        // We count ourselves: at its own limit Undertow cuts the connection and the answer with it.
        .setServerOption(UndertowOptions.MAX_ENTITY_SIZE, NO_LIMIT)
        .setServerOption(UndertowOptions.MAX_PARAMETERS, MAX_PARAMETERS)
        // Paths and queries are read as they came, so nobody decodes them twice.
        .setServerOption(UndertowOptions.DECODE_URL, false)
        .setServerOption(UndertowOptions.ENABLE_HTTP2, false)
        .setServerOption(UndertowOptions.REQUEST_PARSE_TIMEOUT, PARSE_MILLIS)
        .setServerOption(UndertowOptions.NO_REQUEST_TIMEOUT, BETWEEN_REQUESTS_MILLIS)
        .setServerOption(UndertowOptions.IDLE_TIMEOUT, IDLE_MILLIS)
        .setSocketOption(Options.WRITE_TIMEOUT, WRITE_MILLIS)
        .setSocketOption(Options.CONNECTION_HIGH_WATER, connections)
        .setSocketOption(Options.CONNECTION_LOW_WATER, connections);
  }

  private static XnioWorker worker() {
    OptionMap map =
        OptionMap.builder()
            .set(Options.WORKER_NAME, "hookferry-http")
            .set(Options.WORKER_IO_THREADS, Math.max(2, Runtime.getRuntime().availableProcessors()))
            .set(Options.WORKER_TASK_CORE_THREADS, WORKERS)
            .set(Options.WORKER_TASK_MAX_THREADS, WORKERS)
            .set(Options.TCP_NODELAY, true)
            .getMap();
    try {
      return Xnio.getInstance(HttpServer.class.getClassLoader()).createWorker(map);
    } catch (IOException e) {
      throw new UncheckedIOException("the server's threads could not be made", e);
    }
  }
}
