package dev.hookferry.http.server;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.hookferry.Hookferry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** What is about the server itself. */
final class SystemRoutes {
  private static final String TEXT_FORMAT = "text/plain; version=0.0.4; charset=utf-8";

  private final Hookferry hookferry;
  private final MetricsPage metrics;
  private final byte[] openApi = resource("openapi.json");

  SystemRoutes(Hookferry hookferry, MetricsPage metrics) {
    this.hookferry = hookferry;
    this.metrics = metrics;
  }

  /** Where to go from here. */
  Reply root(Call call) {
    return Reply.ok(
        json -> {
          json.writeStartObject();
          json.writeStringField("name", "Hookferry");
          json.writeStringField("api", "/api/v1");
          json.writeStringField("openapi", "/openapi.json");
          json.writeStringField("health", "/healthz");
          json.writeStringField("ready", "/readyz");
          json.writeStringField("metrics", "/metrics");
          json.writeEndObject();
        });
  }

  /** Whether the process is worth keeping. */
  Reply health(Call call) {
    if (!hookferry.isAlive()) {
      return status(503, "dead");
    }
    return hookferry.still().map(what -> status(503, what)).orElseGet(() -> status(200, "alive"));
  }

  /** Whether events can be accepted. */
  Reply ready(Call call) {
    return hookferry.isReady() ? status(200, "ready") : status(503, "unready");
  }

  Reply metrics(Call call) {
    return Reply.of(200, TEXT_FORMAT, metrics.bytes());
  }

  Reply openApi(Call call) {
    return Reply.of(200, "application/json", openApi);
  }

  private static Reply status(int code, String word) {
    return Reply.json(code, json -> write(json, word));
  }

  private static void write(JsonGenerator json, String word) throws IOException {
    json.writeStartObject();
    json.writeStringField("status", word);
    json.writeEndObject();
  }

  private static byte[] resource(String name) {
    try (InputStream in = SystemRoutes.class.getResourceAsStream(name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(name + " could not be read from the jar", e);
    }
  }
}
