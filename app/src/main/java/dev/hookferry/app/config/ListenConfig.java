package dev.hookferry.app.config;

import dev.hookferry.app.config.value.SecretText;
import dev.hookferry.http.options.Rates;
import dev.hookferry.http.options.TlsFiles;
import java.net.InetAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the HTTP API.
 *
 * @param address the address to listen on
 * @param port the port; 0 for any free port
 * @param behindProxy whether a proxy in front terminates TLS
 * @param userHeader the header in which that proxy names the user; empty if there is none
 * @param tls the certificate and its key, or null for plain HTTP
 * @param adminKey the configured admin key, or null
 * @param bodyTimeout how long a request body may take to arrive
 * @param rates the rate limits for callers
 * @param portal the customers' portal
 */
public record ListenConfig(
    InetAddress address,
    int port,
    boolean behindProxy,
    String userHeader,
    @Nullable TlsFiles tls,
    @Nullable SecretText adminKey,
    Duration bodyTimeout,
    Rates rates,
    PortalConfig portal) {
  /** Returns a copy with the given port and admin key. */
  public ListenConfig with(int otherPort, @Nullable SecretText otherKey) {
    return new ListenConfig(
        address, otherPort, behindProxy, userHeader, tls, otherKey, bodyTimeout, rates, portal);
  }
}
