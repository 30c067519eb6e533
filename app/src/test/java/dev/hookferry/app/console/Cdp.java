package dev.hookferry.app.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** The Chrome DevTools Protocol over one web socket: commands with their responses, and events. */
final class Cdp implements WebSocket.Listener {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int SECONDS = 120;

  private final Map<Integer, CompletableFuture<JsonNode>> open = new ConcurrentHashMap<>();
  private final List<Consumer<JsonNode>> listeners = new CopyOnWriteArrayList<>();
  private final AtomicInteger number = new AtomicInteger();
  private final StringBuilder part = new StringBuilder();
  private final WebSocket socket;

  private Cdp(URI address) {
    socket = HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(address, this).join();
  }

  static Cdp connect(String address) {
    return new Cdp(URI.create(address));
  }

  /** Gets every event, on a thread of its own choice. */
  void listen(Consumer<JsonNode> listener) {
    listeners.add(listener);
  }

  JsonNode call(String method) {
    return call(method, parameters -> parameters);
  }

  /** Runs a command and waits for its answer. */
  JsonNode call(String method, UnaryOperator<ObjectNode> parameters) {
    int id = number.incrementAndGet();
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    open.put(id, answer);
    ObjectNode command = JSON.createObjectNode().put("id", id).put("method", method);
    command.set("params", parameters.apply(JSON.createObjectNode()));
    synchronized (socket) {
      socket.sendText(command.toString(), true).join();
    }
    JsonNode message = answer.orTimeout(SECONDS, TimeUnit.SECONDS).join();
    if (message.has("error")) {
      throw new AssertionError(method + ": " + message.path("error"));
    }
    return message.path("result");
  }

  @Override
  public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    part.append(data);
    if (last) {
      String message = part.toString();
      part.setLength(0);
      take(message);
    }
    from.request(1);
    return CompletableFuture.completedFuture(null);
  }

  private void take(String text) {
    try {
      JsonNode message = JSON.readTree(text);
      if (message.has("id")) {
        CompletableFuture<JsonNode> waiting = open.remove(message.path("id").asInt());
        if (waiting != null) {
          waiting.complete(message);
        }
      } else {
        listeners.forEach(listener -> listener.accept(message));
      }
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  void close() {
    socket.abort();
  }
}
