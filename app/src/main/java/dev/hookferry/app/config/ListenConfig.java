package dev.hookferry.app.config;

import dev.hookferry.app.config.value.SecretText;
import dev.hookferry.http.options.Rates;
import dev.hookferry.http.options.TlsFiles;
import java.net.InetAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where and how the API is offered.
 *
 * @param address the address that it listens at
 * @param port its port; 0 for a free one
 * @param behindProxy whether a proxy in front of it speaks TLS
 * @param tls the certificate and its key, or null for connections in the clear
 * @param adminKey the admin key, or null if keys are kept in the store alone
 * @param bodyTimeout how long the body of a request may take to come
 * @param rates how often callers may come
 */
public record ListenConfig(
    InetAddress address,
    int port,
    boolean behindProxy,
    @Nullable TlsFiles tls,
    @Nullable SecretText adminKey,
    Duration bodyTimeout,
    Rates rates) {
  /** The same at another port, with another admin key. */
  public ListenConfig with(int otherPort, @Nullable SecretText otherKey) {
    return new ListenConfig(address, otherPort, behindProxy, tls, otherKey, bodyTimeout, rates);
  }
}
