package dev.hookferry.http.client;

import dev.hookferry.observe.LoadLimits;
import dev.hookferry.outbound.OutboundPolicy;
import dev.hookferry.refusal.Problems;
import java.time.Duration;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Options of the HTTP transport.
 *
 * @param policy which targets may be called
 * @param connectTimeout timeout for the TCP connection, above zero, at most 5 seconds
 * @param maxConnections maximum number of connections to all receivers together. Further requests
 *     wait at this node, which does not count against their deadline. The engine never needs more
 *     than twice {@link LoadLimits#inFlight}
 * @param maxConnectionsPerHost maximum per scheme, host and port; defaults to {@code
 *     maxConnections}, since the engine limits the requests to each endpoint ({@link
 *     LoadLimits#window})
 * @param tls certificates to trust, or null for those of the JVM
 * @param resolver resolves host names, or null for the JVM's resolver
 */
public record HttpTransportOptions(
    OutboundPolicy policy,
    Duration connectTimeout,
    int maxConnections,
    int maxConnectionsPerHost,
    @Nullable SSLContext tls,
    @Nullable NameResolver resolver) {
  /** Default maximum of connections, with room for idle ones that are kept for reuse. */
  public static final int DEFAULT_CONNECTIONS = 4_000;

  private static final Duration LONGEST_CONNECT = Duration.ofSeconds(5);

  public HttpTransportOptions {
    Objects.requireNonNull(policy, "policy");
    Objects.requireNonNull(connectTimeout, "connectTimeout");
    Problems problems = new Problems();
    problems.require(
        connectTimeout.toMillis() > 0 && connectTimeout.compareTo(LONGEST_CONNECT) <= 0,
        "connectTimeout",
        "must be from 1 millisecond to 5 seconds");
    problems.require(maxConnections >= 1, "maxConnections", "must be at least 1");
    problems.require(maxConnectionsPerHost >= 1, "maxConnectionsPerHost", "must be at least 1");
    problems.throwIfAny();
  }

  /** Returns the defaults: 5 seconds to connect, 4,000 connections in total and per host. */
  public static HttpTransportOptions of(OutboundPolicy policy) {
    return new HttpTransportOptions(
        policy, LONGEST_CONNECT, DEFAULT_CONNECTIONS, DEFAULT_CONNECTIONS, null, null);
  }

  /** Returns a copy with another connect timeout. */
  public HttpTransportOptions withConnectTimeout(Duration changed) {
    return new HttpTransportOptions(
        policy, changed, maxConnections, maxConnectionsPerHost, tls, resolver);
  }

  /**
   * Returns a copy with other connection limits. If they are lower than what the engine keeps in
   * flight, endpoints share them: each may take another while it holds no more than are free.
   */
  public HttpTransportOptions withMaxConnections(int inAll, int perHost) {
    return new HttpTransportOptions(policy, connectTimeout, inAll, perHost, tls, resolver);
  }

  /** Returns a copy with other certificates to trust, such as those of a private authority. */
  public HttpTransportOptions withTls(SSLContext changed) {
    return new HttpTransportOptions(
        policy, connectTimeout, maxConnections, maxConnectionsPerHost, changed, resolver);
  }

  /** Returns a copy with another resolver. */
  public HttpTransportOptions withResolver(NameResolver changed) {
    return new HttpTransportOptions(
        policy, connectTimeout, maxConnections, maxConnectionsPerHost, tls, changed);
  }
}
