package dev.hookferry.app.client;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import javax.net.ssl.SSLContext;

/** Makes and closes the JDK's HTTP clients. */
final class HttpClients {
  private static final Duration CONNECT = Duration.ofSeconds(5);

  /** No longer than the exit would wait. */
  private static final Duration END = Duration.ofMillis(300);

  private static final String THREAD = "-SelectorManager";

  /** Room for threads that start while they are counted. */
  private static final int SPARE = 16;

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
   * one always is.
   */
  static void close(HttpClient client) {
    if (client instanceof AutoCloseable closeable) {
      try {
        closeable.close();
      } catch (Exception e) {
        throw new IllegalStateException("the HTTP client cannot be closed", e);
      }
    } else {
      endThreadOf(client);
    }
  }

  /**
   * Does what JDK 17 lacks: its client ends when its thread is interrupted. The client's number, by
   * which its thread is called, is at the end of its text: {@code HttpClientImpl@1b2c3d(1)}.
   */
  private static void endThreadOf(HttpClient client) {
    String text = client.toString();
    int number = text.lastIndexOf('(');
    if (number < 0 || !text.endsWith(")")) {
      return;
    }
    String name = "HttpClient-" + text.substring(number + 1, text.length() - 1) + THREAD;
    ThreadGroup group = Thread.currentThread().getThreadGroup();
    Thread[] threads = new Thread[group.activeCount() + SPARE];
    int count = group.enumerate(threads);
    for (int i = 0; i < count; i++) {
      if (threads[i].getName().equals(name)) {
        end(threads[i]);
      }
    }
  }

  private static void end(Thread thread) {
    thread.interrupt();
    try {
      thread.join(END.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
