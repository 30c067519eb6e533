package dev.hookferry.http.client;

import dev.hookferry.auth.TlsIdentity;
import dev.hookferry.outbound.TargetUrl;
import dev.hookferry.transport.SignedRequest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The destination of a connection. Requests with equal keys can share the connection.
 *
 * @param tls whether to use TLS
 * @param host a name, or an address without brackets
 * @param named whether the host is a name
 * @param port from 1
 * @param identity the certificates that the TLS connection presents and trusts, or null for the
 *     transport's own
 * @param egress the name of the egress to use, or null for a direct connection
 * @param strict whether addresses are checked without the policy's exceptions
 */
record PoolKey(
    boolean tls,
    String host,
    boolean named,
    int port,
    @Nullable TlsIdentity identity,
    @Nullable String egress,
    boolean strict) {
  PoolKey(boolean tls, String host, boolean named, int port) {
    this(tls, host, named, port, null, null, false);
  }

  static PoolKey of(TargetUrl url) {
    boolean tls = url.scheme().equals("https");
    return new PoolKey(tls, url.host(), url.literal().isEmpty(), url.port());
  }

  static PoolKey of(SignedRequest request) {
    PoolKey plain = of(request.url());
    return new PoolKey(
        plain.tls,
        plain.host,
        plain.named,
        plain.port,
        plain.tls ? request.tls() : null,
        request.egress(),
        request.strict());
  }

  /**
   * Hand-written like {@link #hashCode} for speed: the pool looks up several keys for each request.
   */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PoolKey that
        && port == that.port
        && tls == that.tls
        && named == that.named
        && strict == that.strict
        && host.equals(that.host)
        && Objects.equals(identity, that.identity)
        && Objects.equals(egress, that.egress);
  }

  @Override
  public int hashCode() {
    return 31 * host.hashCode() + port;
  }

  /** Returns the value of the Host header. */
  String authority() {
    String name = host.indexOf(':') < 0 ? host : "[" + host + "]";
    return port == (tls ? 443 : 80) ? name : name + ":" + port;
  }
}
