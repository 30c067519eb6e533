package dev.hookferry.app.client;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import javax.net.ssl.SSLContext;

/** Makes and closes the JDK's HTTP clients. */
final class HttpClients {
  private static final Duration CONNECT = Duration.ofSeconds(5);

  private HttpClients() {}

  /** Creates a client for one server; without TLS if the server has none. */
  static HttpClient to(URI server) {
    HttpClient.Builder settings = settings();
    return "http".equals(server.getScheme())
        ? settings.sslContext(new NoTls()).build()
        : settings.build();
  }

  static HttpClient trusting(SSLContext authorities) {
    return settings().sslContext(authorities).build();
  }

  /** Never follows redirects: the API key must not reach another server. */
  private static HttpClient.Builder settings() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(CONNECT)
        .followRedirects(HttpClient.Redirect.NEVER);
  }

  /**
   * Ends the client's thread. A JVM that exits waits 0.3 s for a thread in native code, where this
   * one always is. Clients cannot be closed before JDK 21.
   */
  static void close(HttpClient client) {
    if (client instanceof AutoCloseable closeable) {
      try {
        closeable.close();
      } catch (Exception e) {
        throw new IllegalStateException("the HTTP client cannot be closed", e);
      }
    }
  }
}
