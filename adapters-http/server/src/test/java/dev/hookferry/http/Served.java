package dev.hookferry.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hookferry.Hookferry;
import dev.hookferry.HookferryBuilder;
import dev.hookferry.Webhooks;
import dev.hookferry.access.Scope;
import dev.hookferry.http.console.Console;
import dev.hookferry.http.console.ConsoleOptions;
import dev.hookferry.http.console.activity.Activity;
import dev.hookferry.http.console.frame.ServerInfo;
import dev.hookferry.http.metrics.MetricsListener;
import dev.hookferry.http.options.HttpServerOptions;
import dev.hookferry.http.options.Rates;
import dev.hookferry.id.SiteId;
import dev.hookferry.jsonschema.JsonSchemaCompiler;
import dev.hookferry.memory.MemoryStore;
import dev.hookferry.portal.Portal;
import dev.hookferry.secret.SecretCipher;
import dev.hookferry.secret.Secrets;
import dev.hookferry.store.Store;
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
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A running server over a store in memory, with a transport that sends nothing. */
public final class Served implements AutoCloseable {
  public static final String DEFAULT = "/api/v1/sites/default";
  public static final String URL = "https://crm.example/hook";

  /** Tests fail to log in more often than people do. */
  private static final Rates UNLIMITED = Rates.DEFAULT.withFailedLogins(1_000_000);

  private static final JsonMapper JSON = new JsonMapper();

  public final ManualClock clock = ManualClock.atNoon();
  public final ScriptedTransport transport = new ScriptedTransport();
  public final Hookferry hookferry;
  public final Webhooks webhooks;
  public final HttpServer server;
  public final String admin;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  public Served() {
    this(options -> options, store -> store);
  }

  /** The same that seals secrets. */
  public Served(SecretCipher cipher) {
    this(options -> options, store -> store, cipher);
  }

  public Served(UnaryOperator<HttpServerOptions> options, UnaryOperator<Store> dressing) {
    this(options, dressing, Secrets.inTheClear());
  }

  private Served(
      UnaryOperator<HttpServerOptions> options,
      UnaryOperator<Store> dressing,
      SecretCipher cipher) {
    this(options, dressing, cipher, null);
  }

  private Served(
      UnaryOperator<HttpServerOptions> options,
      UnaryOperator<Store> dressing,
      SecretCipher cipher,
      @Nullable Activity activity) {
    MetricsListener metrics = new MetricsListener();
    Store store = dressing.apply(new MemoryStore(clock, Duration.ofHours(1)));
    HookferryBuilder built =
        Hookferry.builder(store, transport)
            .clock(clock)
            .listener(metrics)
            .secrets(cipher)
            .schemas(new JsonSchemaCompiler());
    hookferry = (activity == null ? built : built.addListener(activity)).build().start();
    webhooks = hookferry.webhooks();
    admin = key(null, Scope.ADMIN);
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    HttpServerOptions usual =
        HttpServerOptions.on(any).withRates(UNLIMITED).withPortalReplyStep(Duration.ZERO);
    server =
        HttpServer.start(
            hookferry, metrics, console(hookferry, activity, clock), options.apply(usual), clock);
  }

  private static @Nullable Console console(
      Hookferry hookferry, @Nullable Activity activity, InstantSource clock) {
    return activity == null
        ? null
        : new Console(
            hookferry,
            new ConsoleOptions(clock, new SecureRandom(), activity, false, ServerInfo.NONE));
  }

  /** The same with a console, and so with figures of recent activity. */
  public static Served withActivity(Activity activity) {
    return new Served(options -> options, store -> store, Secrets.inTheClear(), activity);
  }

  /** Another view of the portal. */
  public Portal portal() {
    return Portal.of(hookferry, clock);
  }

  /** A new key. */
  public String key(@Nullable SiteId site, Scope... scopes) {
    return webhooks.keys().create("test", Set.of(scopes), site).text();
  }

  public Answer get(String path) {
    return send("GET", path, null);
  }

  public Answer post(String path, String body) {
    return send("POST", path, body);
  }

  /** A call with the admin key. */
  public Answer send(String method, String path, @Nullable String body) {
    return send(method, path, body, request -> request);
  }

  /** A call with the admin key, changed. */
  public Answer send(
      String method,
      String path,
      @Nullable String body,
      UnaryOperator<HttpRequest.Builder> change) {
    HttpRequest.Builder request = request(path).method(method, publisher(body));
    request.setHeader("Authorization", "Bearer " + admin);
    if (body != null) {
      request.setHeader("Content-Type", "application/json");
    }
    return exchange(change.apply(request).build(), body);
  }

  public HttpRequest.Builder request(String path) {
    String host = "http://127.0.0.1:" + server.address().getPort();
    return HttpRequest.newBuilder(URI.create(host + path)).timeout(Duration.ofMinutes(2));
  }

  /** The response, which fits the published document. */
  public Answer exchange(HttpRequest request) {
    return exchange(request, null);
  }

  /** The same of a request with this body, which fits it too if it was accepted. */
  private Answer exchange(HttpRequest request, @Nullable String body) {
    try {
      Answer answer = new Answer(client.send(request, BodyHandlers.ofString()));
      String sent = body == null || body.isEmpty() ? null : body;
      OpenApi.check(request.method(), request.uri().getRawPath(), sent, answer);
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** A text as JSON. */
  static JsonNode tree(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(text, e);
    }
  }

  private static BodyPublisher publisher(@Nullable String body) {
    return body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body);
  }

  /** An answer. */
  public record Answer(HttpResponse<String> response) {
    public int status() {
      return response.statusCode();
    }

    public String body() {
      return response.body();
    }

    public String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    public JsonNode json() {
      return tree(response.body());
    }

    /** The names of the fields with problems. */
    public Iterable<String> fields() {
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
