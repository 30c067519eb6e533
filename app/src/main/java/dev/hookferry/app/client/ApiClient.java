package dev.hookferry.app.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.app.logging.Causes;
import dev.hookferry.app.secrets.OwnerOnly;
import dev.hookferry.app.text.LineText;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;

/** Client of a server's HTTP API. Thread-safe; every call blocks until the response arrives. */
public final class ApiClient implements AutoCloseable {
  private static final Duration REPLY_TIMEOUT = Duration.ofSeconds(60);
  private static final String REPLAYED = "Idempotent-Replayed";

  /** Preserves numbers exactly, since commands send back values that they read. */
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private final HttpClient http;
  private final URI server;
  private final @Nullable String key;
  private final CallOrigins origins;
  private final Duration requestTimeout;
  private final Consumer<String> warned;

  /**
   * Creates a client.
   *
   * @param server the server's address, such as {@code http://127.0.0.1:8087}
   * @param key the API key; null to call without one
   */
  public ApiClient(URI server, @Nullable String key) {
    this(server, key, CallOrigins.OPTIONS);
  }

  /**
   * Creates a client.
   *
   * @param origins the sources of address and key, for error messages
   */
  public ApiClient(URI server, @Nullable String key, CallOrigins origins) {
    this(HttpClients.to(server), server, key, origins, REPLY_TIMEOUT, text -> {});
  }

  private ApiClient(
      HttpClient http,
      URI server,
      @Nullable String key,
      CallOrigins origins,
      Duration requestTimeout,
      Consumer<String> warned) {
    this.http = http;
    this.server = server;
    this.key = key;
    this.origins = origins;
    this.requestTimeout = requestTimeout;
    this.warned = warned;
  }

  /** Returns a copy with this response timeout instead of one minute. */
  public ApiClient waiting(Duration maxWait) {
    return new ApiClient(http, server, key, origins, maxWait, warned);
  }

  /** Returns a copy that passes every warning in a response to the sink. */
  public ApiClient warning(Consumer<String> sink) {
    return new ApiClient(http, server, key, origins, requestTimeout, sink);
  }

  /**
   * Returns a copy that trusts only the CA certificates in this file, not the system's.
   *
   * @throws dev.hookferry.refusal.InvalidException if the file has no certificates
   */
  public ApiClient trusting(java.nio.file.Path authorities) {
    HttpClient other = HttpClients.trusting(Authorities.of("--ca", authorities));
    return new ApiClient(other, server, key, origins, requestTimeout, warned);
  }

  /** Closes the connections of this client and its copies, except of a {@link #trusting} one. */
  @Override
  public void close() {
    HttpClients.close(http);
  }

  public JsonNode get(Path path) {
    return call("GET", path, null);
  }

  /** Posts a JSON body, or no body if null. */
  public JsonNode post(Path path, @Nullable JsonNode body) {
    return call("POST", path, body == null ? null : bytes(body));
  }

  /** Posts a serialized JSON body, byte for byte. */
  public JsonNode post(Path path, byte[] body) {
    return call("POST", path, body);
  }

  public JsonNode put(Path path, JsonNode body) {
    return call("PUT", path, bytes(body));
  }

  public JsonNode patch(Path path, JsonNode body) {
    return call("PATCH", path, bytes(body));
  }

  public JsonNode delete(Path path) {
    return call("DELETE", path, null);
  }

  /** Gets {@code /healthz} or {@code /readyz}, to which even an unhealthy server responds. */
  public JsonNode probe(String path) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base() + path)).timeout(requestTimeout).build();
    return parse(send(request, BodyHandlers.ofByteArray()).body());
  }

  /** Gets the metrics in Prometheus format; empty if the server denies them to this key. */
  public Optional<String> metrics() {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base() + "/metrics")).timeout(requestTimeout);
    if (key != null) {
      request.header("Authorization", "Bearer " + key);
    }
    HttpResponse<String> response = send(request.build(), BodyHandlers.ofString());
    return Optional.of(response.body()).filter(unused -> response.statusCode() == 200);
  }

  /** Returns the address without a trailing slash. */
  private String base() {
    String text = server.toString();
    return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }

  /**
   * Saves a response of any size to a new file that only its owner can read. The timeout covers
   * only the start of the response.
   *
   * @param saved receives each saved chunk: a buffer and the number of valid bytes in it
   * @throws IOException if the file cannot be written
   * @throws ApiException if the server refuses, or its response ends early
   */
  public void download(Path path, java.nio.file.Path file, ObjIntConsumer<byte[]> saved)
      throws IOException {
    HttpResponse<InputStream> response =
        send(request("GET", path, null), BodyHandlers.ofInputStream());
    try (InputStream in = response.body()) {
      if (response.statusCode() / 100 == 3) {
        throw redirected(response);
      }
      if (response.statusCode() != 200) {
        throw refused(response, parse(in.readAllBytes()));
      }
      java.nio.file.Path created = Files.createFile(file, OwnerOnly.attributes(file));
      try (OutputStream out = Files.newOutputStream(created, StandardOpenOption.WRITE)) {
        copy(in, out, saved);
      }
    }
  }

  /** Copies a response; a connection failure throws ApiException, a disk failure IOException. */
  private void copy(InputStream in, OutputStream out, ObjIntConsumer<byte[]> saved)
      throws IOException {
    byte[] buffer = new byte[1 << 16];
    int read = read(in, buffer);
    while (read >= 0) {
      out.write(buffer, 0, read);
      saved.accept(buffer, read);
      read = read(in, buffer);
    }
  }

  private int read(InputStream in, byte[] buffer) {
    try {
      return in.read(buffer);
    } catch (IOException e) {
      throw ApiException.unreachable(
          "the reply of " + base() + " ended early (" + Causes.inWords(e) + "); try again");
    }
  }

  private HttpRequest request(String method, Path path, byte @Nullable [] body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base() + "/api/v1" + path.text()))
            .timeout(requestTimeout)
            .method(
                method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    if (key != null) {
      request.header("Authorization", "Bearer " + key);
    }
    return request.build();
  }

  private JsonNode call(String method, Path path, byte @Nullable [] body) {
    HttpResponse<byte[]> response = send(request(method, path, body), BodyHandlers.ofByteArray());
    if (response.statusCode() / 100 == 3) {
      throw redirected(response);
    }
    JsonNode reply = parse(response.body());
    if (response.statusCode() / 100 != 2) {
      throw refused(response, reply);
    }
    reply.path("warnings").forEach(warning -> warned.accept(warning.asText()));
    if (reply instanceof ObjectNode one && response.headers().firstValue(REPLAYED).isPresent()) {
      return one.put("repeated", true);
    }
    return reply;
  }

  private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
    try {
      return http.send(request, handler);
    } catch (HttpConnectTimeoutException e) {
      throw unreachable(e);
    } catch (HttpTimeoutException e) {
      throw ApiException.unreachable(
          "no response from "
              + base()
              + " within "
              + requestTimeout.toSeconds()
              + " seconds; the request may still take effect: check before repeating it");
    } catch (IOException e) {
      throw unreachable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ApiException.unreachable("interrupted while waiting for " + base());
    }
  }

  private ApiException refused(HttpResponse<?> response, JsonNode problem) {
    int status = response.statusCode();
    return status == 401
        ? ApiException.unauthorized(key == null ? null : origins.key())
        : ApiException.refused(status, problem, AbsentResource.of(response.uri(), problem));
  }

  private ApiException redirected(HttpResponse<?> response) {
    String location = response.headers().firstValue("Location").orElse("another address");
    return ApiException.unreachable(
        base()
            + " redirects to "
            + location
            + ", which is not followed; to send the API key there, set --server to that address");
  }

  private ApiException unreachable(IOException e) {
    return ApiException.unreachable(ConnectionFailure.text(base(), origins.checkedServer(), e));
  }

  private static JsonNode parse(byte[] body) {
    if (body.length == 0) {
      return MissingNode.getInstance();
    }
    try {
      return JSON.readTree(body);
    } catch (IOException e) {
      String start = new String(body, 0, Math.min(body.length, 200), StandardCharsets.UTF_8);
      throw ApiException.unreachable(
          "this is not a Hookferry server: its response is not JSON: " + LineText.start(start));
    }
  }

  private static byte[] bytes(JsonNode body) {
    try {
      return JSON.writeValueAsBytes(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("unreachable: a JSON tree can always be written", e);
    }
  }
}
