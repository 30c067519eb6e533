package dev.hookferry.app.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.hookferry.app.logging.Causes;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertPathBuilderException;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Calls the HTTP API of a server. Thread-safe; every call blocks until the answer is here. */
public final class ApiClient {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofSeconds(60);
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  private final HttpClient http;
  private final URI server;
  private final @Nullable String key;
  private final Duration answerWithin;
  private final Consumer<String> warned;

  /**
   * A client.
   *
   * @param server the server's address, such as {@code http://127.0.0.1:8087}
   * @param key opens the API; null to try without
   */
  public ApiClient(URI server, @Nullable String key) {
    this(settings().build(), server, key, ANSWER, text -> {});
  }

  private ApiClient(
      HttpClient http,
      URI server,
      @Nullable String key,
      Duration answerWithin,
      Consumer<String> warned) {
    this.http = http;
    this.server = server;
    this.key = key;
    this.answerWithin = answerWithin;
    this.warned = warned;
  }

  /** Redirects are not followed: the key is for the server that was named. */
  private static HttpClient.Builder settings() {
    return HttpClient.newBuilder()
        .connectTimeout(CONNECT)
        .followRedirects(HttpClient.Redirect.NEVER);
  }

  /** The same that waits so long for an answer, in place of a minute. */
  public ApiClient waiting(Duration longest) {
    return new ApiClient(http, server, key, longest, warned);
  }

  /** The same that tells of every warning in an answer. */
  public ApiClient warning(Consumer<String> sink) {
    return new ApiClient(http, server, key, answerWithin, sink);
  }

  /**
   * The same that trusts these authorities alone, in place of the system's.
   *
   * @throws dev.hookferry.refusal.InvalidException if the file has no certificates
   */
  public ApiClient trusting(java.nio.file.Path authorities) {
    HttpClient other = settings().sslContext(Authorities.of(authorities)).build();
    return new ApiClient(other, server, key, answerWithin, warned);
  }

  /** Looks. */
  public JsonNode get(Path path) {
    return call("GET", path, null);
  }

  /** Sends a body of JSON, or none. */
  public JsonNode post(Path path, @Nullable JsonNode body) {
    return call("POST", path, body == null ? null : bytes(body));
  }

  /** Sends a body of JSON that is written already, byte for byte. */
  public JsonNode post(Path path, byte[] body) {
    return call("POST", path, body);
  }

  /** Replaces. */
  public JsonNode put(Path path, JsonNode body) {
    return call("PUT", path, bytes(body));
  }

  /** Changes in parts. */
  public JsonNode patch(Path path, JsonNode body) {
    return call("PATCH", path, bytes(body));
  }

  /** Removes. */
  public JsonNode delete(Path path) {
    return call("DELETE", path, null);
  }

  /** The address without a slash at its end. */
  private String base() {
    String text = server.toString();
    return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }

  private JsonNode call(String method, Path path, byte @Nullable [] body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base() + "/api/v1" + path.text()))
            .timeout(answerWithin)
            .method(
                method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    if (key != null) {
      request.header("Authorization", "Bearer " + key);
    }
    HttpResponse<byte[]> response = send(request.build());
    if (response.statusCode() / 100 == 3) {
      throw redirected(response);
    }
    JsonNode answer = parse(response.body());
    if (response.statusCode() / 100 != 2) {
      throw ApiException.refused(response.statusCode(), answer);
    }
    answer.path("warnings").forEach(warning -> warned.accept(warning.asText()));
    return answer;
  }

  private HttpResponse<byte[]> send(HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.ofByteArray());
    } catch (HttpConnectTimeoutException e) {
      throw unreachable(e);
    } catch (HttpTimeoutException e) {
      throw ApiException.unreachable(
          "no answer from "
              + base()
              + " within "
              + answerWithin.toSeconds()
              + " seconds; what was asked for may happen all the same: look before you repeat it");
    } catch (IOException e) {
      throw unreachable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ApiException.unreachable("interrupted while waiting for " + base());
    }
  }

  private ApiException redirected(HttpResponse<?> response) {
    String location = response.headers().firstValue("Location").orElse("another address");
    return ApiException.unreachable(
        base()
            + " redirects to "
            + location
            + ", and the API key is not sent along; name that server with --server if it is right");
  }

  private ApiException unreachable(IOException e) {
    return ApiException.unreachable(
        "no answer from "
            + base()
            + " ("
            + why(e)
            + "): is the server running, and is --server or HOOKFERRY_URL right?");
  }

  /** The client says no more of a name that nobody knows than that it could not connect. */
  private static String why(IOException e) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (t instanceof UnresolvedAddressException) {
        return "there is no such host";
      }
      if (t instanceof CertPathBuilderException) {
        return "its certificate is of no authority that is trusted here; --ca names another";
      }
    }
    return e instanceof ConnectException && e.getMessage() == null
        ? "nothing listens there"
        : Causes.inWords(e);
  }

  private static JsonNode parse(byte[] body) {
    if (body.length == 0) {
      return MissingNode.getInstance();
    }
    try {
      return JSON.readTree(body);
    } catch (IOException e) {
      String start = new String(body, 0, Math.min(body.length, 200), StandardCharsets.UTF_8);
      throw ApiException.unreachable("the answer is no JSON; is this Hookferry? " + start);
    }
  }

  private static byte[] bytes(JsonNode body) {
    try {
      return JSON.writeValueAsBytes(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of JSON can be written", e);
    }
  }
}
