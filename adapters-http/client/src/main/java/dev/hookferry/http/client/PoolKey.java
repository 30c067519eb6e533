package dev.hookferry.http.client;

import dev.hookferry.auth.TlsIdentity;
import dev.hookferry.outbound.TargetUrl;
import dev.hookferry.transport.SignedRequest;
import org.jspecify.annotations.Nullable;

/**
 * Destination of a connection; requests with the same route can share it.
 *
 * @param tls whether to use TLS
 * @param host a name, or an address without brackets
 * @param named whether the host is a name
 * @param port from 1
 * @param identity what the TLS connection presents and trusts, or null for the transport's own
 * @param egress the name of the egress that the connection leaves by, or null to leave directly
 */
record PoolKey(
    boolean tls,
    String host,
    boolean named,
    int port,
    @Nullable TlsIdentity identity,
    @Nullable String egress) {
  PoolKey(boolean tls, String host, boolean named, int port) {
    this(tls, host, named, port, null, null);
  }

  static PoolKey of(TargetUrl url) {
    return of(url, null, null);
  }

  static PoolKey of(SignedRequest request) {
    return of(request.url(), request.tls(), request.egress());
  }

  private static PoolKey of(
      TargetUrl url, @Nullable TlsIdentity identity, @Nullable String egress) {
    boolean tls = url.scheme().equals("https");
    return new PoolKey(
        tls, url.host(), url.literal().isEmpty(), url.port(), tls ? identity : null, egress);
  }

  /** Returns the value of the Host header. */
  String authority() {
    String name = host.indexOf(':') < 0 ? host : "[" + host + "]";
    return port == (tls ? 443 : 80) ? name : name + ":" + port;
  }
}
