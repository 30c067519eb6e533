package dev.hookferry.http.options;

import dev.hookferry.refusal.InvalidException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Options of the HTTP server: {@code HttpServerOptions.on(address).withConnections(2_000)}.
 * Immutable; each {@code with} method returns a copy and checks its argument at once.
 */
public final class HttpServerOptions {
  private static final int CONNECTIONS = 10_000;

  private final Addresses addresses;
  private final boolean openMetrics;
  private final Proxy proxy;
  private final int connections;
  private final TimeLimits times;
  private final Rates rates;
  private final @Nullable TlsFiles tls;

  /**
   * The listen addresses and the origin of portal links; null if the portal has none of its own.
   */
  private record Addresses(
      InetSocketAddress bind, @Nullable InetSocketAddress portal, @Nullable URI portalUrl) {}

  /** The proxy in front, if there is one, and its header with the name of the user. */
  private record Proxy(boolean isPresent, String userHeader) {
    private static final Proxy NONE = new Proxy(false, "");
  }

  private HttpServerOptions(
      Addresses addresses,
      boolean openMetrics,
      Proxy proxy,
      int connections,
      TimeLimits times,
      Rates rates,
      @Nullable TlsFiles tls) {
    checkResolved("bind", addresses.bind);
    if (connections < 1) {
      throw InvalidException.of("connections", "must be at least 1 (got " + connections + ")");
    }
    this.addresses = addresses;
    this.openMetrics = openMetrics;
    this.proxy = proxy;
    this.connections = connections;
    this.times = times;
    this.rates = rates;
    this.tls = tls;
  }

  /**
   * Returns the default options for an address. Metrics need a key unless it is a loopback address.
   *
   * @param bind the listen address; port 0 picks a free one
   */
  public static HttpServerOptions on(InetSocketAddress bind) {
    boolean loopback = !bind.isUnresolved() && bind.getAddress().isLoopbackAddress();
    Addresses addresses = new Addresses(bind, null, null);
    return new HttpServerOptions(
        addresses, loopback, Proxy.NONE, CONNECTIONS, TimeLimits.DEFAULT, Rates.DEFAULT, null);
  }

  /**
   * Returns a copy in which metrics need no key if {@code open}, else one with the scope {@code
   * read}. The metrics name all sites.
   */
  public HttpServerOptions withOpenMetrics(boolean open) {
    return new HttpServerOptions(addresses, open, proxy, connections, times, rates, tls);
  }

  /**
   * Returns a copy for a server behind a proxy that terminates TLS and sets {@code
   * X-Forwarded-For}. All requests then seem local, so metrics need a key.
   */
  public HttpServerOptions withProxyInFront() {
    return withProxyInFront("");
  }

  /**
   * Returns a copy for a server behind a proxy that also authenticates users.
   *
   * @param userHeader the header in which the proxy names the user, for the audit log; it must
   *     remove this header from the requests of clients. Empty if there is none
   */
  public HttpServerOptions withProxyInFront(String userHeader) {
    Proxy inFront = new Proxy(true, Objects.requireNonNull(userHeader, "userHeader"));
    return new HttpServerOptions(addresses, false, inFront, connections, times, rates, tls);
  }

  /**
   * Returns a copy with the given maximum of open connections: 1 or more, 10,000 by default;
   * additional ones wait to be accepted. With ten or more, idle ones are closed before the maximum
   * is reached; with fewer, any client can occupy all of them for a minute.
   */
  public HttpServerOptions withConnections(int max) {
    return new HttpServerOptions(addresses, openMetrics, proxy, max, times, rates, tls);
  }

  private HttpServerOptions with(TimeLimits timeLimits) {
    return new HttpServerOptions(
        addresses, openMetrics, proxy, connections, timeLimits, rates, tls);
  }

  /** Returns a copy with the given time limit for a whole body, after which the reply is a 408. */
  public HttpServerOptions withBodyTimeout(Duration limit) {
    return with(times.body(limit));
  }

  /**
   * Returns a copy with the given time limit from the first byte of a head to its last, after which
   * the connection is closed. The default is 10 seconds.
   */
  public HttpServerOptions withHeadTimeout(Duration limit) {
    return with(times.head(limit));
  }

  /**
   * Returns a copy with the given time limit for the first byte of the first or next request, after
   * which the connection is closed. The default is a minute.
   */
  public HttpServerOptions withIdleTimeout(Duration limit) {
    return with(times.idle(limit));
  }

  /**
   * Returns a copy with the given commit timeout: a publish whose commit takes longer gets a 503.
   * The default is 10 seconds.
   */
  public HttpServerOptions withCommitTimeout(Duration limit) {
    return with(times.commit(limit));
  }

  /**
   * Returns a copy with the given time that {@link dev.hookferry.http.HttpServer#close} waits for
   * requests in flight. The default is 10 seconds.
   */
  public HttpServerOptions withGrace(Duration limit) {
    return with(times.grace(limit));
  }

  /**
   * Returns a copy with the given step of the portal's replies: each is delayed until a whole
   * number of steps has passed since its request, so that its duration reveals little about the
   * data. The default is 5 ms; zero disables the delay.
   *
   * @param step from 0 to 1 s
   */
  public HttpServerOptions withPortalReplyStep(Duration step) {
    return with(times.portalStep(step));
  }

  /** Returns a copy with the given rate limits of callers. */
  public HttpServerOptions withRates(Rates rates) {
    return new HttpServerOptions(addresses, openMetrics, proxy, connections, times, rates, tls);
  }

  /** Returns a copy with TLS; the default is plain HTTP. */
  public HttpServerOptions withTls(TlsFiles files) {
    return new HttpServerOptions(addresses, openMetrics, proxy, connections, times, rates, files);
  }

  /**
   * Returns a copy that serves the customers' portal only on its own address, so that the API and
   * the console need not face the internet. TLS, limits and rates are shared.
   *
   * @param bind the listen address; port 0 picks a free one
   * @throws InvalidException if the address is unresolved
   */
  public HttpServerOptions withPortalOn(InetSocketAddress bind) {
    checkResolved("portal", bind);
    return with(new Addresses(addresses.bind, bind, addresses.portalUrl));
  }

  /**
   * Returns a copy in which links to the portal begin with this origin, such as {@code
   * https://hooks.example.com}. By default, they begin with the scheme and host of the request that
   * creates the link, and with the port of the portal's own address if it has one.
   *
   * @throws InvalidException if it is not an {@code http} or {@code https} URL, or has more than a
   *     host and a port
   */
  public HttpServerOptions withPortalUrl(URI origin) {
    String scheme = origin.getScheme();
    boolean isWeb = "https".equalsIgnoreCase(scheme) || "http".equalsIgnoreCase(scheme);
    if (!isWeb || origin.getHost() == null || !origin.toString().matches("[^/]+://[^/?#@]+/?")) {
      throw InvalidException.of(
          "portalUrl", "must be an origin such as https://hooks.example.com (got " + origin + ")");
    }
    String text = origin.toString();
    URI plain = text.endsWith("/") ? URI.create(text.substring(0, text.length() - 1)) : origin;
    return with(new Addresses(addresses.bind, addresses.portal, plain));
  }

  private HttpServerOptions with(Addresses addresses) {
    return new HttpServerOptions(addresses, openMetrics, proxy, connections, times, rates, tls);
  }

  private static void checkResolved(String name, InetSocketAddress address) {
    if (address.isUnresolved()) {
      throw InvalidException.of(name, "must have an address (got " + address.getHostString() + ")");
    }
  }

  /** Returns the listen address. */
  public InetSocketAddress bind() {
    return addresses.bind;
  }

  /** Returns the portal's own listen address, or null if it shares that of the API. */
  public @Nullable InetSocketAddress portal() {
    return addresses.portal;
  }

  /** Returns the origin of links to the portal, or null for that of the request. */
  public @Nullable URI portalUrl() {
    return addresses.portalUrl;
  }

  /** Returns a copy for the listener of the portal, whose address must be set. */
  public HttpServerOptions ofPortal() {
    InetSocketAddress own = Objects.requireNonNull(addresses.portal, "portal");
    return with(new Addresses(own, own, addresses.portalUrl));
  }

  /** Returns whether {@code /metrics} needs no key. */
  public boolean openMetrics() {
    return openMetrics;
  }

  /** Returns whether all requests come through a proxy that sets {@code X-Forwarded-For}. */
  public boolean behindProxy() {
    return proxy.isPresent;
  }

  /** Returns the header in which the proxy names the user; empty if there is none. */
  public String userHeader() {
    return proxy.userHeader;
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
    return addresses.bind.getAddress().isLoopbackAddress() && !proxy.isPresent && tls == null;
  }
}
