package dev.hookferry.http.client;

import java.security.NoSuchAlgorithmException;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.net.NamedEndpoint;
import org.apache.hc.core5.reactor.IOSession;
import org.apache.hc.core5.reactor.ssl.SSLBufferMode;
import org.apache.hc.core5.reactor.ssl.TransportSecurityLayer;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/** Starts TLS: always verified, against the host's name and not the address. */
final class Tls {
  private static final List<String> VERSIONS = List.of("TLSv1.3", "TLSv1.2");

  private final SSLContext context;

  /** With what to trust, or null for what the JVM trusts. */
  Tls(@Nullable SSLContext context) {
    try {
      this.context = context == null ? SSLContext.getDefault() : context;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JVM has no TLS", e);
    }
  }

  /** Begins the handshake on a fresh connection. */
  void start(IOSession session, Route route, FutureCallback<TransportSecurityLayer> told) {
    if (!(session instanceof TransportSecurityLayer secured)) {
      throw new IllegalStateException("a connection without a place for TLS");
    }
    secured.startTls(
        context, route, SSLBufferMode.DYNAMIC, Tls::require, null, Timeout.DISABLED, told);
  }

  private static void require(NamedEndpoint endpoint, SSLEngine engine) {
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    parameters.setApplicationProtocols(new String[] {"http/1.1"});
    List<String> known = List.of(engine.getSupportedProtocols());
    parameters.setProtocols(VERSIONS.stream().filter(known::contains).toArray(String[]::new));
    if (endpoint instanceof Route route && route.named()) {
      parameters.setServerNames(List.of(new SNIHostName(route.host())));
    }
    engine.setSSLParameters(parameters);
  }
}
