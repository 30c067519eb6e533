package dev.hookferry.app.receiver;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.hookferry.event.Payload;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** An HTTP server that accepts every request and responds as configured. Thread-safe. */
public final class Receiver implements AutoCloseable {
  private static final int LARGEST_BODY = 16 << 20;

  private final HttpServer server;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          action -> {
            Thread thread = new Thread(action, "receiver");
            thread.setDaemon(true);
            return thread;
          });
  private final CountDownLatch closed = new CountDownLatch(1);
  private final InstantSource clock;
  private final Function<Received, ReceiverReply> behaviour;

  private Receiver(
      HttpServer server, InstantSource clock, Function<Received, ReceiverReply> behaviour) {
    this.server = server;
    this.clock = clock;
    this.behaviour = behaviour;
  }

  /**
   * Starts a receiver.
   *
   * @param address the address to listen on; port 0 for any free port
   * @param behaviour decides each response; called by several threads
   * @throws IOException if the receiver cannot listen on the address
   */
  public static Receiver start(
      InetSocketAddress address, InstantSource clock, Function<Received, ReceiverReply> behaviour)
      throws IOException {
    HttpServer server = HttpServer.create(address, 0);
    Receiver receiver = new Receiver(server, clock, behaviour);
    server.setExecutor(receiver.threads);
    server.createContext("/", receiver::handle);
    server.start();
    return receiver;
  }

  /** Returns the receiver's address, without a path. */
  public URI address() {
    InetSocketAddress at = server.getAddress();
    String host = at.getAddress().getHostAddress();
    String shown = host.indexOf(':') < 0 ? host : "[" + host + "]";
    return URI.create("http://" + shown + ":" + at.getPort());
  }

  /** Stops the receiver; pending requests get no response. */
  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    Runnable ended = () -> {};
    try (exchange) {
      ReceiverReply reply = behaviour.apply(read(exchange));
      ended = reply.ended();
      respond(exchange, reply);
    } finally {
      // The response is sent completely only when the exchange is closed.
      ended.run();
    }
  }

  private Received read(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(LARGEST_BODY);
    Map<String, String> headers = new HashMap<>();
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(",", values)));
    return new Received(
        clock.instant(),
        exchange.getRequestMethod(),
        exchange.getRequestURI().toString(),
        headers,
        Payload.wrap(body));
  }

  private void respond(HttpExchange exchange, ReceiverReply reply) throws IOException {
    try {
      if (closed.await(reply.after().toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
      byte[] body = ("responded with " + reply.status() + "\n").getBytes(StandardCharsets.UTF_8);
      reply.headers().forEach(exchange.getResponseHeaders()::set);
      boolean bodiless = reply.status() == 204 || reply.status() == 304;
      exchange.sendResponseHeaders(reply.status(), bodiless ? -1 : body.length);
      if (!bodiless) {
        exchange.getResponseBody().write(body);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
