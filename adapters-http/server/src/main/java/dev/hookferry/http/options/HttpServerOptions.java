package dev.hookferry.http.options;

import dev.hookferry.refusal.InvalidException;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Options of the HTTP server: {@code HttpServerOptions.on(address).withConnections(2_000)}.
 * Immutable; each {@code with} method returns a copy and checks its argument at once.
 */
public final class HttpServerOptions {
  private static final int CONNECTIONS = 10_000;

  private final InetSocketAddress bind;
  private final boolean openMetrics;
  private final boolean behindProxy;
  private final int connections;
  private final TimeLimits times;
  private final Rates rates;
  private final @Nullable TlsFiles tls;

  private HttpServerOptions(
      InetSocketAddress bind,
      boolean openMetrics,
      boolean behindProxy,
      int connections,
      TimeLimits times,
      Rates rates,
      @Nullable TlsFiles tls) {
    if (bind.isUnresolved()) {
      throw InvalidException.of("bind", "must have an address (got " + bind.getHostString() + ")");
    }
    if (connections < 1) {
      throw InvalidException.of("connections", "must be at least 1 (got " + connections + ")");
    }
    this.bind = bind;
    this.openMetrics = openMetrics;
    this.behindProxy = behindProxy;
    this.connections = connections;
    this.times = times;
    this.rates = rates;
    this.tls = tls;
  }

  /**
   * Returns the default options for an address. Metrics need no key on loopback, and one elsewhere.
   *
   * @param bind the listen address; port 0 picks a free one
   */
  public static HttpServerOptions on(InetSocketAddress bind) {
    boolean loopback = !bind.isUnresolved() && bind.getAddress().isLoopbackAddress();
    return new HttpServerOptions(
        bind, loopback, false, CONNECTIONS, TimeLimits.DEFAULT, Rates.DEFAULT, null);
  }

  /**
   * Returns a copy in which metrics need no key, or one with the scope {@code read}. The metrics
   * name all sites.
   */
  public HttpServerOptions withOpenMetrics(boolean open) {
    return new HttpServerOptions(bind, open, behindProxy, connections, times, rates, tls);
  }

  /**
   * Returns a copy for a server behind a proxy that terminates TLS and sets {@code
   * X-Forwarded-For}. All requests then seem local, so metrics need a key.
   */
  public HttpServerOptions withProxyInFront() {
    return new HttpServerOptions(bind, false, true, connections, times, rates, tls);
  }

  /**
   * Returns a copy with another maximum of open connections: 1 or more, 10,000 by default; further
   * ones wait to be accepted. With ten or more, idle ones are closed before the maximum is reached;
   * with fewer, anyone can occupy all of them for a minute.
   */
  public HttpServerOptions withConnections(int most) {
    return new HttpServerOptions(bind, openMetrics, behindProxy, most, times, rates, tls);
  }

  private HttpServerOptions with(TimeLimits other) {
    return new HttpServerOptions(bind, openMetrics, behindProxy, connections, other, rates, tls);
  }

  /** Returns a copy with another time limit for a whole body; then the reply is a 408. */
  public HttpServerOptions withBodyTimeout(Duration limit) {
    return with(times.body(limit));
  }

  /**
   * Returns a copy with another time limit from the first byte of a head to its last; then the
   * connection is closed. The default is 10 seconds.
   */
  public HttpServerOptions withHeadTimeout(Duration limit) {
    return with(times.head(limit));
  }

  /**
   * Returns a copy with another time limit for the first byte of the first or next request; then
   * the connection is closed. The default is a minute.
   */
  public HttpServerOptions withIdleTimeout(Duration limit) {
    return with(times.idle(limit));
  }

  /**
   * Returns a copy with another commit timeout: a publish whose commit takes longer gets a 503. The
   * default is 10 seconds.
   */
  public HttpServerOptions withCommitTimeout(Duration limit) {
    return with(times.commit(limit));
  }

  /**
   * Returns a copy with another time that {@link dev.hookferry.http.HttpServer#close} waits for
   * requests in flight. The default is 10 seconds.
   */
  public HttpServerOptions withGrace(Duration limit) {
    return with(times.grace(limit));
  }

  /** Returns a copy with other rate limits of callers. */
  public HttpServerOptions withRates(Rates other) {
    return new HttpServerOptions(bind, openMetrics, behindProxy, connections, times, other, tls);
  }

  /** Returns a copy with TLS; the default is plain HTTP. */
  public HttpServerOptions withTls(TlsFiles files) {
    return new HttpServerOptions(bind, openMetrics, behindProxy, connections, times, rates, files);
  }

  /** Returns the listen address. */
  public InetSocketAddress bind() {
    return bind;
  }

  /** Returns whether {@code /metrics} needs no key. */
  public boolean openMetrics() {
    return openMetrics;
  }

  /** Returns whether all requests come through a proxy that sets {@code X-Forwarded-For}. */
  public boolean behindProxy() {
    return behindProxy;
  }

  /** Returns the maximum number of open connections. */
  public int connections() {
    return connections;
  }

  /** Returns the time limits. */
  public TimeLimits times() {
    return times;
  }

  /** Returns the rate limits of callers. */
  public Rates rates() {
    return rates;
  }

  /** Returns the certificate and its key, or null for plain HTTP. */
  public @Nullable TlsFiles tls() {
    return tls;
  }

  /**
   * Returns whether the server is reachable from this machine only: it listens on loopback, without
   * a proxy in front and without a certificate.
   */
  public boolean isLocal() {
    return bind.getAddress().isLoopbackAddress() && !behindProxy && tls == null;
  }
}
