package dev.hookferry.http.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hookferry.Hookferry;
import dev.hookferry.Webhooks;
import dev.hookferry.access.Scope;
import dev.hookferry.endpoint.SiteId;
import dev.hookferry.memory.MemoryStore;
import dev.hookferry.port.Store;
import dev.hookferry.testing.ManualClock;
import dev.hookferry.testing.ScriptedTransport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A running server over a store in memory, with a transport that sends nothing. */
final class Served implements AutoCloseable {
  static final String DEFAULT = "/api/v1/sites/default";
  static final String URL = "https://crm.example/hook";

  /** Tests fail to log in more often than people do. */
  private static final Rates UNLIMITED = new Rates(0, 1, 1_000_000);

  private static final JsonMapper JSON = new JsonMapper();

  final ManualClock clock = ManualClock.atNoon();
  final ScriptedTransport transport = new ScriptedTransport();
  final Hookferry hookferry;
  final Webhooks webhooks;
  final HttpServer server;
  final String admin;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  Served() {
    this(options -> options, store -> store);
  }

  Served(UnaryOperator<HttpServerOptions> options, UnaryOperator<Store> dressing) {
    MetricsListener metrics = new MetricsListener();
    Store store = dressing.apply(new MemoryStore(clock, Duration.ofHours(1)));
    hookferry = Hookferry.builder(store, transport).clock(clock).listener(metrics).build().start();
    webhooks = hookferry.webhooks();
    admin = key(null, Scope.ADMIN);
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    HttpServerOptions usual = HttpServerOptions.on(any).withRates(UNLIMITED);
    server = HttpServer.start(hookferry, metrics, options.apply(usual), clock);
  }

  /** A new key. */
  String key(@Nullable SiteId site, Scope... scopes) {
    return webhooks.keys().create("test", Set.of(scopes), site).text();
  }

  Answer get(String path) {
    return send("GET", path, null);
  }

  Answer post(String path, String body) {
    return send("POST", path, body);
  }

  /** A call with the admin key. */
  Answer send(String method, String path, @Nullable String body) {
    return send(method, path, body, request -> request);
  }

  /** A call with the admin key, changed. */
  Answer send(
      String method,
      String path,
      @Nullable String body,
      UnaryOperator<HttpRequest.Builder> change) {
    HttpRequest.Builder request = request(path).method(method, publisher(body));
    request.setHeader("Authorization", "Bearer " + admin);
    if (body != null) {
      request.setHeader("Content-Type", "application/json");
    }
    return exchange(change.apply(request).build());
  }

  HttpRequest.Builder request(String path) {
    String host = "http://127.0.0.1:" + server.address().getPort();
    return HttpRequest.newBuilder(URI.create(host + path)).timeout(Duration.ofSeconds(30));
  }

  /** The answer, which fits the published description. */
  Answer exchange(HttpRequest request) {
    try {
      Answer answer = new Answer(client.send(request, BodyHandlers.ofString()));
      OpenApi.check(request.method(), request.uri().getRawPath(), answer);
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static BodyPublisher publisher(@Nullable String body) {
    return body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body);
  }

  /** An answer. */
  record Answer(HttpResponse<String> response) {
    int status() {
      return response.statusCode();
    }

    String body() {
      return response.body();
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    JsonNode json() {
      try {
        return JSON.readTree(response.body());
      } catch (IOException e) {
        throw new UncheckedIOException(response.body(), e);
      }
    }

    /** The names of the fields with problems. */
    Iterable<String> fields() {
      return json().path("errors").findValuesAsText("field");
    }

    @Override
    public String toString() {
      return status() + " " + body();
    }
  }

  @Override
  public void close() {
    server.close();
    hookferry.close();
  }
}
