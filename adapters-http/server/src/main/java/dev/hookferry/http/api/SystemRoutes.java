package dev.hookferry.http.api;

import dev.hookferry.Hookferry;
import dev.hookferry.MasterKeys;
import dev.hookferry.http.metrics.MetricsPage;
import dev.hookferry.http.resource.SystemJson;
import dev.hookferry.http.route.Call;
import dev.hookferry.http.socket.LoopbackHosts;
import dev.hookferry.http.wire.HttpReply;
import dev.hookferry.http.wire.JsonOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Optional;

/** Calls about the server itself. */
public final class SystemRoutes {
  private final Hookferry hookferry;
  private final MetricsPage metrics;
  private final boolean ownHostOnly;
  private final MasterKeys masterKeys;

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
    return HttpReply.ok(JsonOutput.one(SystemJson.INDEX, hookferry));
  }

  /** Returns the version, the state of the store and the live nodes. */
  HttpReply info(Call call) {
    SystemJson.State state =
        new SystemJson.State(
            MetricsPage.version(),
            hookferry.storeInfo(),
            hookferry.backlog(),
            hookferry.condition());
    return HttpReply.ok(JsonOutput.one(SystemJson.SYSTEM, state));
  }

  /**
   * Reports whether the process is healthy, whether secrets are encrypted, and anything that keeps
   * this node from delivering or relaying. Only the first determines the status code, since a
   * restart would not fix the rest.
   */
  HttpReply health(Call call) {
    boolean alive = hookferry.isAlive();
    Optional<String> still = alive ? hookferry.stalledReason() : Optional.empty();
    String status = alive ? still.orElse("alive") : "dead";
    SystemJson.NodeHealth health =
        new SystemJson.NodeHealth(
            status,
            masterKeys.status().state().code(),
            hookferry.condition(),
            hookferry.webhooks().eventTypes().unusable().size(),
            hookferry.webhooks().outboxes().states());
    return HttpReply.json(
        alive && still.isEmpty() ? 200 : 503, JsonOutput.one(SystemJson.HEALTH, health));
  }

  /** Reports whether events can be accepted. */
  HttpReply ready(Call call) {
    boolean ready = hookferry.isReady();
    return HttpReply.json(ready ? 200 : 503, JsonOutput.one(SystemJson.READINESS, ready));
  }

  HttpReply metrics(Call call) {
    if (ownHostOnly && !LoopbackHosts.isOwn(call.header("Host"))) {
      throw LoopbackHosts.refusal();
    }
    MetricsPage.Exposition page = metrics.exposition(call.list("Accept"));
    return HttpReply.of(200, page.contentType(), page.bytes());
  }

  /**
   * Returns the OpenAPI document. Reads it again for each request instead of caching it, since it
   * is long and rarely requested.
   */
  HttpReply openApi(Call call) {
    return HttpReply.of(200, "application/json", resource("openapi.json"));
  }

  private static byte[] resource(String name) {
    try (InputStream in = SystemRoutes.class.getResourceAsStream(name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(name + " is missing from the jar or unreadable", e);
    }
  }
}
