package dev.hookferry.http.client;

import dev.hookferry.outbound.TargetUrl;

/**
 * Destination of a connection; requests with the same route can share it.
 *
 * @param tls whether to use TLS
 * @param host a name, or an address without brackets
 * @param named whether the host is a name
 * @param port from 1
 */
record PoolKey(boolean tls, String host, boolean named, int port) {
  static PoolKey of(TargetUrl url) {
    return new PoolKey(
        url.scheme().equals("https"), url.host(), url.literal().isEmpty(), url.port());
  }

  /** Returns the value of the Host header. */
  String authority() {
    String name = host.indexOf(':') < 0 ? host : "[" + host + "]";
    return port == (tls ? 443 : 80) ? name : name + ":" + port;
  }
}
