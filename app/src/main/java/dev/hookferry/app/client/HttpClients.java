package dev.hookferry.app.client;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import javax.net.ssl.SSLContext;

/** Creates and closes the JDK's HTTP clients. */
final class HttpClients {
  private static final Duration CONNECT = Duration.ofSeconds(5);

  /** Maximum wait for a thread to end, no longer than the JVM's exit would wait. */
  private static final Duration END = Duration.ofMillis(300);

  private static final String THREAD = "-SelectorManager";

  /** Room for threads that start while they are counted. */
  private static final int SPARE = 16;

  private HttpClients() {}

  /** Creates a client for one server; without TLS if its address is plain HTTP. */
  static HttpClient to(URI server) {
    HttpClient.Builder settings = settings();
    return "http".equals(server.getScheme())
        ? settings.sslContext(new NoTls()).build()
        : settings.build();
  }

  static HttpClient trusting(SSLContext authorities) {
    return settings().sslContext(authorities).build();
  }

  /** Returns settings that never follow redirects: the API key must not reach another server. */
  private static HttpClient.Builder settings() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(CONNECT)
        .followRedirects(HttpClient.Redirect.NEVER);
  }

  /**
   * Ends the client's thread, which would delay the exit: the JVM waits 0.3 s for threads in native
   * code, where this one always is.
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
   * Replaces the close method that JDK 17 lacks: interrupting a client's thread ends the client.
   * The thread is named after the number in the client's text: {@code HttpClientImpl@1b2c3d(1)}.
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
