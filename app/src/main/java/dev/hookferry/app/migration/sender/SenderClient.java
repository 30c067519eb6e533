package dev.hookferry.app.migration.sender;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hookferry.app.cli.io.CommandFailure;
import dev.hookferry.app.client.Authorities;
import dev.hookferry.app.client.ConnectionFailure;
import dev.hookferry.app.logging.Causes;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Client of another system's API: GET requests with JSON responses. Follows no redirects, so that
 * the token reaches no other server. Every call blocks, at most a minute per request; after a 429
 * it waits at most a minute and repeats the request, up to five times. Failures are {@link
 * CommandFailure}s, which never contain the token.
 */
public final class SenderClient {
  /** The largest response, in bytes. */
  static final int MAX_BODY = 32 * 1024 * 1024;

  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration MAX_TIME = Duration.ofSeconds(60);
  private static final int MAX_ENTRIES = 500_000;
  private static final int MAX_WAITS = 5;
  private static final int MAX_WAIT_SECONDS = 60;
  private static final int TOO_MANY_REQUESTS = 429;

  /** Preserves numbers exactly, since schemas are forwarded. */
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final HttpClient http;
  private final String base;
  private final @Nullable String token;

  /**
   * Creates a client.
   *
   * @param server the address, with or without a path
   * @param token sent as bearer token; null to send none
   * @param authorities a file of trusted CA certificates, or null for those of the system
   * @throws dev.hookferry.refusal.InvalidException if the file has no certificates
   */
  public SenderClient(URI server, @Nullable String token, @Nullable Path authorities) {
    HttpClient.Builder settings =
        HttpClient.newBuilder().connectTimeout(CONNECT).followRedirects(HttpClient.Redirect.NEVER);
    if (authorities != null) {
      settings.sslContext(Authorities.of("--from-ca", authorities));
    }
    http = settings.build();
    String text = server.toString();
    base = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    this.token = token;
  }

  /** Escapes a string as a part of a path or query. */
  static String escaped(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Gets an object. */
  SenderEntry get(String path) {
    return new SenderEntry(json(path, call(path)), "GET " + path);
  }

  /** Gets a list that is not paginated. */
  List<SenderEntry> list(String path) {
    return SenderEntry.list(json(path, call(path)), "GET " + path);
  }

  /** Gets JSON of any kind; empty if the response has the given status instead of 200. */
  Optional<JsonNode> find(String path, int absent) {
    HttpResponse<byte[]> response = call(path);
    return response.statusCode() == absent ? Optional.empty() : Optional.of(json(path, response));
  }

  /**
   * Gets the entries of all pages of a list.
   *
   * @param reading extracts the entries of a page and the path of the next one
   */
  List<SenderEntry> walk(String first, Function<SenderEntry, SenderPage> reading) {
    List<SenderEntry> all = new ArrayList<>();
    Set<JsonNode> seen = new HashSet<>();
    String path = first;
    while (path != null) {
      SenderPage page = reading.apply(get(path));
      boolean hasNews = false;
      for (SenderEntry entry : page.entries()) {
        hasNews |= seen.add(entry.json());
      }
      if (page.next() != null && (!hasNews || all.size() > MAX_ENTRIES)) {
        throw new CommandFailure(
            "GET "
                + first
                + " never ends: after "
                + seen.size()
                + " entries, "
                + (hasNews ? "more follow" : "a page contained no new ones"));
      }
      all.addAll(page.entries());
      path = page.next();
    }
    return all;
  }

  private HttpResponse<byte[]> call(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri(path)).timeout(MAX_TIME).GET();
    request.header("Accept", "application/json");
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    HttpResponse<byte[]> response = send(path, request.build());
    for (int i = 0; response.statusCode() == TOO_MANY_REQUESTS && i < MAX_WAITS; i++) {
      pause(response);
      response = send(path, request.build());
    }
    return response;
  }

  private URI uri(String path) {
    try {
      return URI.create(base + path);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure("the address of GET " + path + " cannot be formed");
    }
  }

  private HttpResponse<byte[]> send(String path, HttpRequest request) {
    CompletableFuture<HttpResponse<byte[]>> response =
        http.sendAsync(
            request,
            info -> BodySubscribers.mapping(new BoundedBody(MAX_BODY), Function.identity()));
    try {
      return response.get(MAX_TIME.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      response.cancel(true);
      throw failure(path, "no complete response within " + MAX_TIME.toSeconds() + " seconds");
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw failure(
          path,
          cause instanceof IOException io
              ? ConnectionFailure.reason(io, "--from-ca")
              : "internal error: " + Causes.inWords(cause));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure(path, "interrupted");
    }
  }

  private static void pause(HttpResponse<?> response) {
    long seconds =
        response
            .headers()
            .firstValue("Retry-After")
            .filter(text -> text.matches("[0-9]{1,4}"))
            .map(Long::valueOf)
            .orElse(1L);
    try {
      Thread.sleep(Duration.ofSeconds(Math.min(seconds, MAX_WAIT_SECONDS)).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure("interrupted");
    }
  }

  private JsonNode json(String path, HttpResponse<byte[]> response) {
    int status = response.statusCode();
    if (status / 100 == 3) {
      throw failure(
          path,
          "a redirect ("
              + status
              + "), which is not followed, so that the token reaches no other server; check --from");
    }
    if (status == 401 || status == 403) {
      throw failure(path, "the token was rejected (" + status + ")");
    }
    if (status != 200) {
      throw failure(path, "status " + status + reason(response.body()));
    }
    try {
      JsonNode node = JSON.readTree(response.body());
      if (node.isContainerNode()) {
        return node;
      }
    } catch (IOException e) {
      // Dropped: the exception's text quotes the response, which may contain a secret.
    }
    throw failure(path, "the response is not JSON; is --from the address of the API?");
  }

  /** Returns the reason from the fields that known senders use; empty if there is none. */
  private String reason(byte[] body) {
    try {
      JsonNode node = JSON.readTree(body);
      for (String field : List.of("detail", "message", "error")) {
        String text = node == null ? "" : node.path(field).asText("");
        if (!text.isEmpty() && (token == null || !text.contains(token))) {
          return ": " + text.substring(0, Math.min(200, text.length()));
        }
      }
    } catch (IOException e) {
      return "";
    }
    return "";
  }

  private CommandFailure failure(String path, String what) {
    return new CommandFailure("GET " + base + path + ": " + what + "; nothing was imported");
  }
}
