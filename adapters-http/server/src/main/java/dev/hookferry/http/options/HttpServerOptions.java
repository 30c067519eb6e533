package dev.hookferry.http.options;

import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Options of the HTTP server.
 *
 * @param bind the listen address; port 0 picks a free one
 * @param openMetrics whether {@code /metrics} needs no key. The metrics name all sites
 * @param behindProxy whether all requests come through a proxy that sets {@code X-Forwarded-For}
 * @param connections maximum number of open connections; further ones wait to be accepted. With ten
 *     or more, idle ones are closed before the maximum is reached; with fewer, anyone can occupy
 *     all of them for a minute
 * @param answerWithin how long a publish waits for its commit before the reply is a 503
 * @param timeouts time limits for receiving requests
 * @param grace how long {@link dev.hookferry.http.HttpServer#close} waits for requests in flight
 * @param rates rate limits of callers
 * @param tls the certificate and its key, or null for plain HTTP
 */
public record HttpServerOptions(
    InetSocketAddress bind,
    boolean openMetrics,
    boolean behindProxy,
    int connections,
    Duration answerWithin,
    Timeouts timeouts,
    Duration grace,
    Rates rates,
    @Nullable TlsFiles tls) {
  private static final int CONNECTIONS = 10_000;
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);
  private static final Duration GRACE = Duration.ofSeconds(10);

  /**
   * Time limits for receiving requests, each at least 1 ms.
   *
   * @param body for the whole body; then the reply is a 408
   * @param head from the first byte of the head to its last; then the connection is closed
   * @param quiet until the first byte of the first or next request; then the connection is closed
   */
  public record Timeouts(Duration body, Duration head, Duration quiet) {
    /** 30 seconds for a body, 10 for a head, a minute of silence. */
    public static final Timeouts DEFAULT =
        new Timeouts(Duration.ofSeconds(30), Duration.ofSeconds(10), Duration.ofMinutes(1));

    public Timeouts {
      if (body.toMillis() < 1 || head.toMillis() < 1 || quiet.toMillis() < 1) {
        throw new IllegalArgumentException("timeouts must be at least 1 ms");
      }
    }
  }

  public HttpServerOptions {
    if (bind.isUnresolved()) {
      throw new IllegalArgumentException(
          "cannot resolve the listen address: " + bind.getHostString());
    }
    if (connections < 1) {
      throw new IllegalArgumentException("connections must be at least 1, not " + connections);
    }
  }

  /**
   * Returns the default options for an address. Metrics need no key on loopback, and one elsewhere.
   */
  public static HttpServerOptions on(InetSocketAddress bind) {
    boolean loopback = !bind.isUnresolved() && bind.getAddress().isLoopbackAddress();
    return new HttpServerOptions(
        bind,
        loopback,
        false,
        CONNECTIONS,
        ANSWER_WITHIN,
        Timeouts.DEFAULT,
        GRACE,
        Rates.DEFAULT,
        null);
  }

  /** Returns the time limit for a body. */
  public Duration bodyWithin() {
    return timeouts.body();
  }

  /**
   * Returns whether the server is reachable from this machine only: it listens on loopback, without
   * a proxy in front and without a certificate.
   */
  public boolean isLocal() {
    return bind.getAddress().isLoopbackAddress() && !behindProxy && tls == null;
  }

  /** Returns a copy in which metrics need no key, or one with the scope {@code read}. */
  public HttpServerOptions withOpenMetrics(boolean open) {
    return new HttpServerOptions(
        bind, open, behindProxy, connections, answerWithin, timeouts, grace, rates, tls);
  }

  /**
   * Returns a copy for a server behind a proxy that terminates TLS and sets {@code
   * X-Forwarded-For}. All requests then seem local, so metrics need a key.
   */
  public HttpServerOptions withProxyInFront() {
    return new HttpServerOptions(
        bind, false, true, connections, answerWithin, timeouts, grace, rates, tls);
  }

  /** Returns a copy with another maximum of connections. */
  public HttpServerOptions withConnections(int most) {
    return new HttpServerOptions(
        bind, openMetrics, behindProxy, most, answerWithin, timeouts, grace, rates, tls);
  }

  /** Returns a copy with another time limit for the commit of a publish. */
  public HttpServerOptions withAnswerWithin(Duration longest) {
    return new HttpServerOptions(
        bind, openMetrics, behindProxy, connections, longest, timeouts, grace, rates, tls);
  }

  /** Returns a copy with other time limits for receiving requests. */
  public HttpServerOptions withTimeouts(Timeouts other) {
    return new HttpServerOptions(
        bind, openMetrics, behindProxy, connections, answerWithin, other, grace, rates, tls);
  }

  /** Returns a copy with another time limit for bodies. */
  public HttpServerOptions withBodyWithin(Duration longest) {
    return withTimeouts(new Timeouts(longest, timeouts.head(), timeouts.quiet()));
  }

  /** Returns a copy with another grace period for shutdown. */
  public HttpServerOptions withGrace(Duration longest) {
    return new HttpServerOptions(
        bind, openMetrics, behindProxy, connections, answerWithin, timeouts, longest, rates, tls);
  }

  /** Returns a copy with other rate limits. */
  public HttpServerOptions withRates(Rates other) {
    return new HttpServerOptions(
        bind, openMetrics, behindProxy, connections, answerWithin, timeouts, grace, other, tls);
  }

  /** Returns a copy with TLS. */
  public HttpServerOptions withTls(TlsFiles files) {
    return new HttpServerOptions(
        bind, openMetrics, behindProxy, connections, answerWithin, timeouts, grace, rates, files);
  }
}
