package dev.hookferry.http.client;

import io.netty.handler.ssl.SslHandler;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/** Starts TLS: always verified, against the host's name and not the address. */
final class ClientTls {
  private static final List<String> VERSIONS = List.of("TLSv1.3", "TLSv1.2");
  private static final long GOODBYE_MILLIS = 1_000;

  private final SSLContext context;

  /** With what to trust, or null for what the JVM trusts. */
  ClientTls(@Nullable SSLContext context) {
    try {
      this.context = context == null ? SSLContext.getDefault() : context;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JVM has no TLS", e);
    }
  }

  /** What encrypts one connection; begins the handshake as soon as it is open. */
  SslHandler handler(PoolKey route) {
    SSLEngine engine = context.createSSLEngine(route.host(), route.port());
    engine.setUseClientMode(true);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    parameters.setApplicationProtocols(new String[] {"http/1.1"});
    List<String> known = List.of(engine.getSupportedProtocols());
    parameters.setProtocols(VERSIONS.stream().filter(known::contains).toArray(String[]::new));
    if (route.named()) {
      parameters.setServerNames(List.of(new SNIHostName(route.host())));
    }
    engine.setSSLParameters(parameters);
    SslHandler handler = new SslHandler(engine);
    // The deadline of the request is the one that counts.
    handler.setHandshakeTimeoutMillis(0);
    handler.setCloseNotifyFlushTimeoutMillis(GOODBYE_MILLIS);
    return handler;
  }
}
