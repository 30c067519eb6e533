package dev.hookferry.http.api;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.hookferry.Hookferry;
import dev.hookferry.MasterKeys;
import dev.hookferry.http.metrics.MetricsPage;
import dev.hookferry.http.route.Call;
import dev.hookferry.http.socket.LoopbackHosts;
import dev.hookferry.http.wire.HttpReply;
import dev.hookferry.http.wire.JsonOutput;
import dev.hookferry.observe.Backlog;
import dev.hookferry.observe.NodeCondition;
import dev.hookferry.store.StoreInfo;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Calls about the server itself. */
public final class SystemRoutes {
  private static final String TEXT_FORMAT = "text/plain; version=0.0.4; charset=utf-8";

  private final Hookferry hookferry;
  private final MetricsPage metrics;
  private final boolean ownHostOnly;
  private final MasterKeys masterKeys;
  private final byte[] openApi = resource("openapi.json");

  /**
   * Creates the routes.
   *
   * @param ownHostOnly whether {@code /metrics} requires a Host header that names this machine
   */
  public SystemRoutes(Hookferry hookferry, MetricsPage metrics, boolean ownHostOnly) {
    this.hookferry = hookferry;
    this.metrics = metrics;
    this.ownHostOnly = ownHostOnly;
    masterKeys = hookferry.webhooks().masterKeys();
  }

  /** Lists the entry points. */
  HttpReply root(Call call) {
    return HttpReply.ok(
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

  /** Returns the state of the store and the live nodes. */
  HttpReply facts(Call call) {
    StoreInfo facts = hookferry.storeInfo();
    Backlog backlog = hookferry.backlog();
    NodeCondition condition = hookferry.condition();
    return HttpReply.ok(
        json -> {
          json.writeStartObject();
          json.writeStringField("store", facts.kind());
          json.writeStringField("layout", facts.layout());
          if (facts.bytes() == null) {
            json.writeNullField("bytes");
          } else {
            json.writeNumberField("bytes", facts.bytes());
          }
          json.writeNumberField("pending", backlog.pending());
          JsonOutput.time(json, "oldestDue", backlog.oldestDue());
          json.writeStringField("deliveryOff", condition.deliveryOff());
          OwnFaultJson.condition(json, condition, true);
          json.writeArrayFieldStart("nodes");
          for (StoreInfo.LiveNode node : facts.nodes()) {
            json.writeStartObject();
            json.writeStringField("name", node.name());
            JsonOutput.time(json, "since", node.since());
            JsonOutput.time(json, "heardAt", node.heardAt());
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  /**
   * Replies whether the process is healthy, whether secrets are encrypted, and what keeps this node
   * from delivering and relaying. Only the first decides the status code, since a restart would not
   * fix the others.
   */
  HttpReply health(Call call) {
    boolean alive = hookferry.isAlive();
    Optional<String> still = alive ? hookferry.stalledReason() : Optional.empty();
    String status = alive ? still.orElse("alive") : "dead";
    String secrets = masterKeys.status().state().code();
    NodeCondition condition = hookferry.condition();
    Map<String, String> outboxes = hookferry.webhooks().outboxes().states();
    return HttpReply.json(
        alive && still.isEmpty() ? 200 : 503,
        json -> {
          json.writeStartObject();
          json.writeStringField("status", status);
          json.writeStringField("secrets", secrets);
          OwnFaultJson.condition(json, condition, false);
          if (!outboxes.isEmpty()) {
            JsonOutput.array(json, "outboxes", SystemRoutes::outbox, outboxes.entrySet());
          }
          json.writeEndObject();
        });
  }

  private static void outbox(JsonGenerator json, Map.Entry<String, String> state)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("name", state.getKey());
    json.writeStringField("state", state.getValue());
    json.writeEndObject();
  }

  /** Replies whether events can be accepted. */
  HttpReply ready(Call call) {
    return hookferry.isReady() ? status(200, "ready") : status(503, "unready");
  }

  HttpReply metrics(Call call) {
    if (ownHostOnly && !LoopbackHosts.isOwn(call.header("Host"))) {
      throw LoopbackHosts.refusal();
    }
    return HttpReply.of(200, TEXT_FORMAT, metrics.bytes());
  }

  HttpReply openApi(Call call) {
    return HttpReply.of(200, "application/json", openApi);
  }

  private static HttpReply status(int code, String word) {
    return HttpReply.json(code, json -> write(json, word));
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
      throw new UncheckedIOException(name + " is missing from the jar or unreadable", e);
    }
  }
}
