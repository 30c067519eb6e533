package dev.hookferry.http.options;

import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the server listens.
 *
 * @param bind where; the port 0 takes any that is free
 * @param openMetrics whether {@code /metrics} answers without a key. What is read there names all
 *     sites
 * @param behindProxy whether all requests come through a proxy, which tells in {@code
 *     X-Forwarded-For} from where
 * @param connections how many connections may be open at once; more wait to be accepted. With ten
 *     or more, who does nothing is closed before all are taken; with fewer, anybody can keep all
 *     busy for a minute
 * @param answerWithin how long a publish waits for its commit before it is answered with 503
 * @param timeouts how long requests may take to come
 * @param grace how long {@link dev.hookferry.http.HttpServer#close} waits for requests that are
 *     under way
 * @param rates how often callers may come
 * @param tls the certificate and its key, or null for connections in the clear
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
   * How long requests may take to come.
   *
   * @param body in all; then the request is answered with 408. More than nothing
   * @param head from its first byte to its last; then the connection is closed
   * @param quiet until the first byte of the first or of another request; then the connection is
   *     closed
   */
  public record Timeouts(Duration body, Duration head, Duration quiet) {
    /** 30 seconds for a body, 10 for a head, a minute of silence. */
    public static final Timeouts DEFAULT =
        new Timeouts(Duration.ofSeconds(30), Duration.ofSeconds(10), Duration.ofMinutes(1));

    public Timeouts {
      if (body.toMillis() < 1 || head.toMillis() < 1 || quiet.toMillis() < 1) {
        throw new IllegalArgumentException("timeouts must be 1 ms or more");
      }
    }
  }

  public HttpServerOptions {
    if (bind.isUnresolved()) {
      throw new IllegalArgumentException("no such address to listen on: " + bind.getHostString());
    }
    if (connections < 1) {
      throw new IllegalArgumentException("connections must be 1 or more, not " + connections);
    }
  }

  /** Listening there; metrics are open on loopback only, and nowhere behind a proxy's back. */
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

  /** How long the body of a request may take to come, in all. */
  public Duration bodyWithin() {
    return timeouts.body();
  }

  /**
   * Whether only this machine can reach it, no proxy lets others in, and no certificate names it.
   */
  public boolean isLocal() {
    return bind.getAddress().isLoopbackAddress() && !behindProxy && tls == null;
  }

  /** The same with metrics for everyone, or only for keys with the scope {@code read}. */
  public HttpServerOptions withOpenMetrics(boolean open) {
    return new HttpServerOptions(
        bind, open, behindProxy, connections, answerWithin, timeouts, grace, rates, tls);
  }

  /**
   * The same behind a proxy that speaks TLS and tells who calls. Everybody seems to come from
   * there: metrics need a key.
   */
  public HttpServerOptions withProxyInFront() {
    return new HttpServerOptions(
        bind, false, true, connections, answerWithin, timeouts, grace, rates, tls);
  }

  /** The same for as many connections. */
  public HttpServerOptions withConnections(int most) {
    return new HttpServerOptions(
        bind, openMetrics, behindProxy, most, answerWithin, timeouts, grace, rates, tls);
  }

  /** The same with another time for publishes. */
  public HttpServerOptions withAnswerWithin(Duration longest) {
    return new HttpServerOptions(
        bind, openMetrics, behindProxy, connections, longest, timeouts, grace, rates, tls);
  }

  /** The same with other times for requests to come in. */
  public HttpServerOptions withTimeouts(Timeouts other) {
    return new HttpServerOptions(
        bind, openMetrics, behindProxy, connections, answerWithin, other, grace, rates, tls);
  }

  /** The same with another time for bodies to come in. */
  public HttpServerOptions withBodyWithin(Duration longest) {
    return withTimeouts(new Timeouts(longest, timeouts.head(), timeouts.quiet()));
  }

  /** The same with another time to stop in. */
  public HttpServerOptions withGrace(Duration longest) {
    return new HttpServerOptions(
        bind, openMetrics, behindProxy, connections, answerWithin, timeouts, longest, rates, tls);
  }

  /** The same with other rates. */
  public HttpServerOptions withRates(Rates other) {
    return new HttpServerOptions(
        bind, openMetrics, behindProxy, connections, answerWithin, timeouts, grace, other, tls);
  }

  /** The same with TLS. */
  public HttpServerOptions withTls(TlsFiles files) {
    return new HttpServerOptions(
        bind, openMetrics, behindProxy, connections, answerWithin, timeouts, grace, rates, files);
  }
}
