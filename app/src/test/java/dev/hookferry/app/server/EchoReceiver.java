package dev.hookferry.app.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A receiver that echoes everything it received and knows, in many encodings. */
final class EchoReceiver implements AutoCloseable {
  private final HttpServer server;
  private final Map<String, List<String>> knownByPath = new ConcurrentHashMap<>();

  EchoReceiver() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.createContext("/token", this::token);
    server.start();
  }

  String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  /** Tells it a secret that the receiver at a path shares with us. */
  void learn(String path, String secret) {
    knownByPath.computeIfAbsent(path, p -> new CopyOnWriteArrayList<>()).add(secret);
  }

  /** Gives everybody the access token that the receiver at {@code /oauth} knows. */
  private void token(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      String text = "{\"access_token\":\"" + knownByPath.get("/oauth").get(0) + "\"}";
      byte[] body = text.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  /** Answers 500 on a path that says so. */
  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      List<String> known = knownByPath.getOrDefault(exchange.getRequestURI().getPath(), List.of());
      StringBuilder text = new StringBuilder();
      exchange.getRequestHeaders().forEach((n, v) -> text.append(n).append(": ").append(v));
      known.forEach(secret -> Marker.forms(secret).forEach(form -> text.append(form).append('\n')));
      if (!known.isEmpty()) {
        exchange.getResponseHeaders().set("Content-Type", "text/" + known.get(0));
      }
      byte[] body = text.toString().getBytes(StandardCharsets.UTF_8);
      int status = exchange.getRequestURI().getPath().contains("fails") ? 500 : 200;
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
