package dev.hookferry.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The publisher in Java does what the table above it says. */
class PublisherExampleTest {
  @TempDir Path folder;

  /** Its own pauses would take two minutes. */
  @Test
  void itWaitsAsLongAsRetryAfterSays() throws Exception {
    AtomicInteger requests = new AtomicInteger();
    HttpServer hookferry =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    hookferry.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          exchange.getResponseHeaders().set("Retry-After", "0");
          exchange.sendResponseHeaders(requests.incrementAndGet() < 8 ? 503 : 202, -1);
          exchange.close();
        });
    hookferry.start();
    try {
      Class<?> type = JavaBlock.of("EventPublisher").compile(folder);
      URI events = URI.create("http://127.0.0.1:" + hookferry.getAddress().getPort() + "/");
      Object publisher = type.getConstructor(URI.class, String.class).newInstance(events, "hf_1");

      assertTimeoutPreemptively(
          Duration.ofMinutes(1),
          () ->
              type.getMethod("publish", String.class, String.class, String.class)
                  .invoke(publisher, "order-1", "order.created", "{}"));
    } finally {
      hookferry.stop(0);
    }

    assertThat(requests).hasValue(8);
  }
}
