package dev.hookferry.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.app.receiver.Received;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;

/** Two versions of the runnable jar take turns on one store. */
abstract class TwoVersions {
  private static final Path PRESENT = Path.of("target/hookferry.jar");
  private static final String NOW = "/now";
  private static final String LATER = "/later";
  static final int EVENTS = 5;

  @TempDir Path folder;

  final void upgradesAndRollsBack(String store) throws IOException {
    Path compatible = NextVersion.build(PRESENT, Files.createTempDirectory(folder, "next"), true);
    boolean isShared = store.startsWith("jdbc:") && !store.startsWith("jdbc:h2:");
    int published = (isShared ? 4 : 3) * EVENTS;
    try (Inbox inbox = new Inbox()) {
      inbox.responding(LATER, n -> 503);
      Map<String, List<JsonNode>> before;
      try (ServerChild present = serve(PRESENT, store)) {
        Tenant tenant = tenant(present);
        tenant.changeSettings("{'webHookMaxRetries': 50, 'webHookRetryInterval': 1}");
        tenant.endpoint(inbox.url(NOW), "*");
        tenant.endpoint(inbox.url(LATER), "*");
        publish(tenant, "present");
        tenant.awaitDeliveries("delivered", EVENTS);
        before = history(tenant);
        stop(present);
      }
      try (ServerChild next = serve(compatible, store)) {
        assertThat(next.log()).contains("version=" + NextVersion.NAME);
        assertThat(history(tenant(next))).isEqualTo(before);
        publish(tenant(next), "next");
        tenant(next).awaitDeliveries("delivered", 2 * EVENTS);
        assertThat(tenant(next).deliveries("pending")).hasSize(2 * EVENTS);
        if (isShared) {
          restartPresentBeside(next, store);
        }
        stop(next);
      }
      inbox.responding(LATER, n -> 200);
      rollBack(store, published, before);
      assertThat(inbox.at(NOW))
          .extracting(Received::event)
          .hasSize(published)
          .doesNotHaveDuplicates();
    }
  }

  private void rollBack(String store, int published, Map<String, List<JsonNode>> before) {
    try (ServerChild back = serve(PRESENT, store)) {
      publish(tenant(back), "back");
      tenant(back).awaitDeliveries("delivered", 2 * published);
      assertThat(ids(tenant(back))).hasSize(published);
      assertThat(history(tenant(back)).get("events")).containsAll(before.get("events"));
      if (store.startsWith("jdbc:")) {
        assertThat(back.log()).contains("tables are newer");
      }
      stop(back);
    }
  }

  /** During a rolling upgrade a node of the present version restarts after the first new one. */
  private void restartPresentBeside(ServerChild next, String store) {
    try (ServerChild present = serve(PRESENT, store)) {
      publish(tenant(present), "beside");
      tenant(next).awaitDeliveries("delivered", 3 * EVENTS);
      assertThat(ids(tenant(present))).hasSize(3 * EVENTS).isEqualTo(ids(tenant(next)));
      assertThat(present.log()).contains("tables are newer");
      stop(present);
    }
  }

  final ServerChild serve(Path jar, String store) {
    return ServerChild.serveJar(jar, folder, store).awaitReady();
  }

  static Tenant tenant(ServerChild server) {
    return new Tenant(server.client(), "default");
  }

  private static void publish(Tenant tenant, String version) {
    for (int i = 1; i <= EVENTS; i++) {
      tenant.publish(
          "{\"type\":\"license_created\",\"data\":{},\"id\":\"" + version + "-" + i + "\"}");
    }
  }

  /**
   * Runs a next version, with whose stores this one is not compatible, on an empty store, and
   * publishes some events.
   *
   * @return its jar
   */
  final Path writeIncompatible(String store) throws IOException {
    Path jar = NextVersion.build(PRESENT, Files.createTempDirectory(folder, "incompatible"), false);
    try (ServerChild server = serve(jar, store)) {
      publish(tenant(server), "next");
      stop(server);
    }
    return jar;
  }

  private static void stop(ServerChild server) {
    server.terminate();
    assertThat(server.exitCode()).as(server.log()).isZero();
  }

  /** Starts this version on a store that it must refuse, and returns what it logs. */
  final String refusal(String store) {
    try (ServerChild refused = ServerChild.serveJar(PRESENT, folder, store)) {
      assertThat(refused.exitCode()).as(refused.log()).isEqualTo(1);
      return refused.log();
    }
  }

  /** Returns everything that must not change while another version starts. */
  private static Map<String, List<JsonNode>> history(Tenant tenant) {
    Map<String, List<JsonNode>> history = new HashMap<>();
    history.put("events", tenant.all("events"));
    history.put("endpoints", tenant.all("endpoints").stream().map(TwoVersions::lasting).toList());
    history.put("delivered", tenant.deliveries("delivered"));
    history.put("settings", List.of(tenant.get("settings")));
    return history;
  }

  /** Leaves out the health of an endpoint, which changes with each request. */
  private static JsonNode lasting(JsonNode endpoint) {
    return ((ObjectNode) endpoint)
        .retain("id", "url", "eventTypes", "enabled", "signatures", "createdAt");
  }

  static Set<String> ids(Tenant tenant) {
    Set<String> ids = new HashSet<>();
    tenant.all("events").forEach(event -> ids.add(event.path("id").asText()));
    return ids;
  }
}
