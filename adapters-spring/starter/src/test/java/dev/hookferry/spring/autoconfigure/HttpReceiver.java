package dev.hookferry.spring.autoconfigure;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A receiver of webhooks on this machine that keeps what it was sent. */
final class HttpReceiver implements AutoCloseable {
  private static final long MAX_SECONDS = 300;

  private final HttpServer server;
  private final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();

  /**
   * Request it received.
   *
   * @param id the header {@code webhook-id}
   * @param body the body
   */
  record Request(String id, String body) {}

  HttpReceiver() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          requests.add(new Request(exchange.getRequestHeaders().getFirst("webhook-id"), body));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
  }

  /** Waits for the next request. */
  Request next() throws InterruptedException {
    Request request = requests.poll(MAX_SECONDS, TimeUnit.SECONDS);
    if (request == null) {
      throw new AssertionError("nothing came within " + MAX_SECONDS + " seconds");
    }
    return request;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
