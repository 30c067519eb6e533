package dev.hookferry.http.client;

import dev.hookferry.observe.LoadLimits;
import dev.hookferry.outbound.OutboundPolicy;
import dev.hookferry.refusal.Problems;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * How requests are sent.
 *
 * @param policy which targets may be called
 * @param connectTimeout for the TCP connection alone, more than zero, 5 seconds at most
 * @param maxConnections to all receivers together; a request beyond it waits at this node, which is
 *     no part of its deadline. The engine never needs more than twice {@link LoadLimits#inFlight}
 * @param maxConnectionsPerHost to one scheme, host and port; by default as many as to all together,
 *     since the engine bounds the requests to each endpoint ({@link LoadLimits#window})
 * @param tls what to trust, or null for what the JVM trusts
 * @param resolver how names become addresses, or null for the JVM's way
 */
public record HttpTransportOptions(
    OutboundPolicy policy,
    Duration connectTimeout,
    int maxConnections,
    int maxConnectionsPerHost,
    @Nullable SSLContext tls,
    @Nullable NameResolver resolver) {
  /** Connections to all receivers, unless set: with room for those that rest between requests. */
  public static final int DEFAULT_CONNECTIONS = 4_000;

  private static final Duration LONGEST_CONNECT = Duration.ofSeconds(5);

  public HttpTransportOptions {
    Problems problems = new Problems();
    problems.require(
        connectTimeout.toMillis() > 0 && connectTimeout.compareTo(LONGEST_CONNECT) <= 0,
        "connectTimeout",
        "must be from 1 millisecond to 5 seconds");
    problems.require(maxConnections >= 1, "maxConnections", "must be at least 1");
    problems.require(maxConnectionsPerHost >= 1, "maxConnectionsPerHost", "must be at least 1");
    problems.throwIfAny();
  }

  /** The usual: 5 seconds to connect, 4,000 connections, to however few hosts. */
  public static HttpTransportOptions of(OutboundPolicy policy) {
    return new HttpTransportOptions(
        policy, LONGEST_CONNECT, DEFAULT_CONNECTIONS, DEFAULT_CONNECTIONS, null, null);
  }

  /** The same with another time to connect. */
  public HttpTransportOptions withConnectTimeout(Duration changed) {
    return new HttpTransportOptions(
        policy, changed, maxConnections, maxConnectionsPerHost, tls, resolver);
  }

  /**
   * The same with other limits on connections. Where they are lower than what the engine keeps in
   * flight, endpoints share them: each may take another one while it holds no more than are free.
   */
  public HttpTransportOptions withMaxConnections(int inAll, int perHost) {
    return new HttpTransportOptions(policy, connectTimeout, inAll, perHost, tls, resolver);
  }

  /** The same with other certificates to trust, such as those of a private authority. */
  public HttpTransportOptions withTls(SSLContext changed) {
    return new HttpTransportOptions(
        policy, connectTimeout, maxConnections, maxConnectionsPerHost, changed, resolver);
  }

  /** The same with another resolver. */
  public HttpTransportOptions withResolver(NameResolver changed) {
    return new HttpTransportOptions(
        policy, connectTimeout, maxConnections, maxConnectionsPerHost, tls, changed);
  }
}
