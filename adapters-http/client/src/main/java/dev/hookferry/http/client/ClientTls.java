package dev.hookferry.http.client;

import io.netty.handler.ssl.SslHandler;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.StandardConstants;
import org.jspecify.annotations.Nullable;

/**
 * TLS for outgoing connections. Certificates are always verified, against the host name rather than
 * the address. The JDK checks the certificate chain and the name. Names with an underscore, which
 * the JDK does not accept, are checked here after the handshake, before anything is sent.
 */
final class ClientTls {
  private static final List<String> VERSIONS = List.of("TLSv1.3", "TLSv1.2");
  private static final long GOODBYE_MILLIS = 1_000;

  /** Type of a DNS name among a certificate's subject alternative names. */
  private static final Integer DNS_NAME = 2;

  private final SSLContext context;

  /** Creates the TLS settings with the certificates to trust; null means those of the JVM. */
  ClientTls(@Nullable SSLContext context) {
    try {
      this.context = context == null ? SSLContext.getDefault() : context;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JVM does not support TLS", e);
    }
  }

  /**
   * Returns the TLS handler for one connection. It starts the handshake once the connection is
   * open.
   */
  SslHandler handler(PoolKey route) {
    SSLContext own = route.identity() == null ? context : route.identity().context();
    SSLEngine engine = own.createSSLEngine(route.host(), route.port());
    engine.setUseClientMode(true);
    SSLParameters parameters = engine.getSSLParameters();
    if (!isCheckedHere(route)) {
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
    }
    parameters.setApplicationProtocols(new String[] {"http/1.1"});
    List<String> known = List.of(engine.getSupportedProtocols());
    parameters.setProtocols(VERSIONS.stream().filter(known::contains).toArray(String[]::new));
    if (route.named()) {
      parameters.setServerNames(
          List.of(
              isCheckedHere(route) ? new PlainName(route.host()) : new SNIHostName(route.host())));
    }
    engine.setSSLParameters(parameters);
    SslHandler handler = new SslHandler(engine);
    // The request's deadline applies instead.
    handler.setHandshakeTimeoutMillis(0);
    handler.setCloseNotifyFlushTimeoutMillis(GOODBYE_MILLIS);
    return handler;
  }

  /** A server name (SNI) that may contain underscores, which the JDK would reject. */
  private static final class PlainName extends SNIServerName {
    PlainName(String host) {
      super(StandardConstants.SNI_HOST_NAME, host.getBytes(StandardCharsets.US_ASCII));
    }
  }

  private static boolean isCheckedHere(PoolKey route) {
    return route.named() && route.host().indexOf('_') >= 0;
  }

  /**
   * Returns why the peer's certificate does not match the requested host; null if it does.
   *
   * @param session the session after the handshake
   */
  static @Nullable Throwable mismatch(SSLSession session, PoolKey route) {
    if (!isCheckedHere(route)) {
      return null;
    }
    try {
      boolean named =
          session.getPeerCertificates()[0] instanceof X509Certificate certificate
              && isFor(certificate, route.host());
      return named ? null : new CertificateException("No name matching " + route.host() + " found");
    } catch (SSLPeerUnverifiedException | CertificateException e) {
      return e;
    }
  }

  /** Returns whether a subject alternative name equals the host or matches it with a wildcard. */
  private static boolean isFor(X509Certificate certificate, String host)
      throws CertificateParsingException {
    Collection<List<?>> names = certificate.getSubjectAlternativeNames();
    if (names == null) {
      return false;
    }
    String above = host.substring(host.indexOf('.') + 1);
    for (List<?> name : names) {
      boolean dns = Objects.equals(name.get(0), DNS_NAME);
      String text = String.valueOf(name.get(1));
      if (dns && (text.equalsIgnoreCase(host) || isWildcardOf(above, text))) {
        return true;
      }
    }
    return false;
  }

  /**
   * Returns whether a wildcard covers a name. A wildcard directly below a top-level domain covers
   * none.
   */
  private static boolean isWildcardOf(String above, String name) {
    return above.indexOf('.') >= 0 && name.equalsIgnoreCase("*." + above);
  }
}
