package dev.hookferry.app.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;

/** Another sender's API that answers as a real one was recorded, to requests with its token. */
final class ReplayedSender implements AutoCloseable {
  static final String TOKEN = "tok-Zx81-made-up-for-tests";

  private static final ObjectMapper JSON = new ObjectMapper();

  /** A recorded or made-up response. */
  record Scripted(int status, String body) {
    static Scripted ok(String body) {
      return new Scripted(200, body);
    }
  }

  private final Map<String, IntFunction<Scripted>> responses = new ConcurrentHashMap<>();
  private final Map<String, Integer> counts = new ConcurrentHashMap<>();
  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
  private final HttpServer server;

  ReplayedSender() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.start();
  }

  /** Reads a recording of the test resources, the last response of each path. */
  static JsonNode recording(String name) {
    try (InputStream in = ReplayedSender.class.getResourceAsStream(name)) {
      return JSON.readTree(Objects.requireNonNull(in, name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Answers as recorded in a list of exchanges. */
  ReplayedSender exchanges(JsonNode recorded) {
    for (JsonNode exchange : recorded) {
      answer(
          exchange.path("path").asText(),
          new Scripted(exchange.path("status").asInt(), exchange.path("body").toString()));
    }
    return this;
  }

  /** Answers as recorded in an export, from one call to another. */
  ReplayedSender calls(JsonNode export, int from, int to) {
    for (int i = from; i < to; i++) {
      JsonNode call = export.path("calls").path(i);
      answer(
          call.path("request").path("path").asText(),
          new Scripted(call.path("status").asInt(), call.path("response").toString()));
    }
    return this;
  }

  void answer(String path, Scripted response) {
    responding(path, n -> response);
  }

  /** Says what a path, with its query, answers its n-th request. */
  void responding(String path, IntFunction<Scripted> response) {
    responses.put(path, response);
  }

  /** Replaces a text in all answers so far. */
  ReplayedSender replacing(String text, String by) {
    for (Map.Entry<String, IntFunction<Scripted>> entry : Map.copyOf(responses).entrySet()) {
      Scripted before = entry.getValue().apply(1);
      answer(
          entry.getKey().replace(text, by),
          new Scripted(before.status(), before.body().replace(text, by)));
    }
    return this;
  }

  /** The paths that were asked for. */
  List<String> requests() {
    return List.copyOf(requests);
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().toString();
    requests.add(path);
    String given = exchange.getRequestHeaders().getFirst("Authorization");
    Scripted response =
        new Scripted(404, "{\"code\":\"not_found\",\"detail\":\"Entity not found\"}");
    if (!("Bearer " + TOKEN).equals(given)) {
      String detail = "Invalid token " + given;
      response = new Scripted(401, JSON.createObjectNode().put("detail", detail).toString());
    } else if (responses.containsKey(path)) {
      int n = counts.merge(path, 1, Integer::sum);
      response = Objects.requireNonNull(responses.get(path)).apply(n);
    }
    byte[] body = response.body().getBytes(StandardCharsets.UTF_8);
    if (response.status() / 100 == 3) {
      exchange.getResponseHeaders().set("Location", response.body());
    }
    // On connections that stay open, this server waits 40 ms before it sends a body.
    exchange.getResponseHeaders().set("Connection", "close");
    exchange.sendResponseHeaders(response.status(), body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
