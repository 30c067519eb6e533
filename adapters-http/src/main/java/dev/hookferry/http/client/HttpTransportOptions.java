package dev.hookferry.http.client;

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
 * @param maxConnections to all receivers together; requests beyond it wait for one to be free
 * @param maxConnectionsPerHost to one scheme, host and port
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

  /** The usual: 5 seconds to connect, 4,000 connections, 128 of them to one host. */
  public static HttpTransportOptions of(OutboundPolicy policy) {
    return new HttpTransportOptions(policy, LONGEST_CONNECT, 4_000, 128, null, null);
  }

  /** The same with another time to connect. */
  public HttpTransportOptions withConnectTimeout(Duration changed) {
    return new HttpTransportOptions(
        policy, changed, maxConnections, maxConnectionsPerHost, tls, resolver);
  }

  /** The same with other limits on connections. */
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
