package dev.hookferry.http.route;

import dev.hookferry.Webhooks;
import dev.hookferry.http.metrics.Metrics;
import dev.hookferry.http.options.HttpServerOptions;
import dev.hookferry.http.options.TlsFiles;
import dev.hookferry.http.socket.BodyBudget;
import dev.hookferry.http.socket.Downloads;
import dev.hookferry.http.socket.HttpListener;
import dev.hookferry.http.socket.OpenConnections;
import dev.hookferry.http.socket.ServerTls;
import dev.hookferry.http.wire.RefusedRequests;
import io.undertow.server.HttpHandler;
import java.time.InstantSource;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The guards between sockets and routes, with their counters: admission, rate limits, memory,
 * downloads, TLS. Thread-safe.
 */
public final class Guards {
  private final RequestCounts requests;
  private final KeyRates rates;
  private final FailedLogins failures;
  private final AccessGate gate;
  private final OpenConnections connections;
  private final BodyBudget bodies;
  private final BodyBudget keylessBodies;
  private final Downloads downloads;
  private final RefusedRequests refused;
  private final @Nullable ServerTls tls;
  private final @Nullable TlsFiles files;

  /**
   * Creates the guards that the options configure.
   *
   * @throws dev.hookferry.refusal.InvalidException if the TLS files cannot be used
   */
  public Guards(
      Webhooks webhooks, HttpServerOptions options, InstantSource clock, Metrics metrics) {
    this(
        webhooks,
        options,
        clock,
        metrics,
        BodyBudget.ofHeap(),
        BodyBudget.keyless(),
        System::nanoTime);
  }

  /**
   * Creates the guards with the given memory budgets for bodies.
   *
   * @param nanoTime a monotonic clock, for the age of connections and stalled downloads
   */
  public Guards(
      Webhooks webhooks,
      HttpServerOptions options,
      InstantSource clock,
      Metrics metrics,
      BodyBudget bodies,
      BodyBudget keylessBodies,
      LongSupplier nanoTime) {
    this.bodies = bodies;
    this.keylessBodies = keylessBodies;
    requests = new RequestCounts(metrics);
    rates = new KeyRates(options.rates(), clock, metrics);
    failures = new FailedLogins(options.rates(), clock, metrics);
    gate = new AccessGate(webhooks, rates, failures, options);
    connections = new OpenConnections(options.connections(), nanoTime);
    downloads = new Downloads(nanoTime, metrics, options.behindProxy());
    refused = new RefusedRequests(nanoTime);
    files = options.tls();
    tls = files == null ? null : new ServerTls(files, clock, metrics);
  }

  public RequestCounts requests() {
    return requests;
  }

  public AccessGate gate() {
    return gate;
  }

  /** Returns the limiter of failed logins, shared by every kind of login. */
  public FailedLogins failures() {
    return failures;
  }

  /** Returns the memory budget for the bodies of requests with an API key. */
  public BodyBudget bodies() {
    return bodies;
  }

  /**
   * Returns the memory budget for the bodies of all other requests: from the console, the portal,
   * and any client without a key. Separate, so that unauthenticated clients cannot block producers.
   */
  public BodyBudget keylessBodies() {
    return keylessBodies;
  }

  /** Returns the sender of streamed replies. */
  public Downloads downloads() {
    return downloads;
  }

  /** Returns the log of requests that the store could not serve. */
  public RefusedRequests refused() {
    return refused;
  }

  /** Returns the open connections. */
  OpenConnections connections() {
    return connections;
  }

  /**
   * Starts to listen.
   *
   * @throws java.io.UncheckedIOException if the address cannot be bound
   */
  public HttpListener listen(HttpServerOptions options, HttpHandler handler) {
    return HttpListener.open(options, handler, connections, tls == null ? null : tls.context());
  }

  /**
   * Checks the TLS files periodically and installs renewed certificates in the listeners, of which
   * there must be at least one. No effect without TLS.
   */
  public void keepTlsFresh(List<HttpListener> listeners) {
    ServerTls encryption = tls;
    TlsFiles watched = files;
    if (encryption != null && watched != null) {
      listeners
          .get(0)
          .every(
              watched.checkInterval().toMillis(),
              () ->
                  encryption
                      .refresh()
                      .ifPresent(tls -> listeners.forEach(each -> each.encryptWith(tls))));
    }
  }
}
