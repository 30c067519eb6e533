package dev.hookferry.app.server;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hookferry.app.client.ApiException;
import dev.hookferry.auditor.Audit;
import dev.hookferry.auditor.AuditEvidence;
import dev.hookferry.auditor.Auditor;
import dev.hookferry.auditor.Disturbance;
import dev.hookferry.auditor.Rules;
import dev.hookferry.auditor.StoreTimes;
import dev.hookferry.contract.support.Poll;
import dev.hookferry.endpoint.DeliveryOrder;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.store.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/**
 * Runs real server processes under load and disturbs them until the time is over, lets them settle,
 * and has the auditor check the records of clients, receivers and the store.
 */
final class ChaosRun implements AutoCloseable {
  private static final Duration RETRY = Duration.ofSeconds(2);
  private static final Duration MAX_REST = Duration.ofMinutes(3);
  private static final int RETRIES = 50;
  private static final String SECRET = "s3cr3t";
  private static final int ENDPOINTS = 3;

  /** How many of the endpoints keep the order by key. */
  private static final int ORDERED = 2;

  final Random random;
  final List<ServerChild> nodes = new ArrayList<>();
  private final List<Tenant> tenants = new CopyOnWriteArrayList<>();
  private final Path folder;
  private final String store;
  private final List<Disturbance> disturbances = new ArrayList<>();
  private final Map<EndpointId, String> secrets = new HashMap<>();
  private final Map<EndpointId, DeliveryOrder> orders = new HashMap<>();
  private final AuditedReceiver receiver = new AuditedReceiver(AuditedReceiver::moody);
  private final LoadClients load;
  private int strikes;

  /** Servers on a store that is empty. */
  ChaosRun(Path folder, String store, int nodes, long seed) {
    this.folder = folder;
    this.store = store;
    random = new Random(seed);
    for (int i = 0; i < nodes; i++) {
      ServerChild node = start().awaitReady();
      this.nodes.add(node);
      tenants.add(tenant(node));
    }
    Tenant tenant = tenants.get(0);
    tenant.changeSettings(
        "{'webHookSecretKey': '%s', 'webHookMaxRetries': %d, 'webHookRetryInterval': %d}"
            .formatted(SECRET, RETRIES, RETRY.toSeconds()));
    for (int i = 0; i < ENDPOINTS; i++) {
      JsonNode made =
          i < ORDERED
              ? tenant.orderedEndpoint(receiver.url("/" + i), i == 0 ? "block" : "skip")
              : tenant.endpoint(receiver.url("/" + i), "*");
      EndpointId id = EndpointId.parse(made.path("id").asText());
      if (i < ORDERED) {
        orders.put(id, i == 0 ? DeliveryOrder.BY_KEY : DeliveryOrder.BY_KEY_SKIPPING);
      }
      receiver.knows("/" + i, id);
      secrets.put(id, SECRET);
    }
    load = new LoadClients(3, 5, this::tenant);
  }

  ServerChild start() {
    return ServerChild.serve(folder, store, "--owner-timeout=10s");
  }

  private Tenant tenant(int tries) {
    return tenants.get(tries % tenants.size());
  }

  /** Does not wait long for a process that stands still. */
  private static Tenant tenant(ServerChild node) {
    return new Tenant(node.client().waiting(Duration.ofSeconds(5)), "default");
  }

  /** Notes what is done to the servers, and does it. */
  void strike(String what, Runnable deed) {
    strikes++;
    Instant from = Instant.now();
    deed.run();
    // A dead owner's deliveries are free after its timeout; retries of refused ones come later.
    disturbances.add(new Disturbance(what, from, Instant.now().plusSeconds(20)));
  }

  /** SIGKILL to one, and a new one in its place. */
  void kill(int node) {
    strike(
        "SIGKILL",
        () -> {
          nodes.get(node).kill();
          ServerChild next = start();
          nodes.set(node, next);
          tenants.set(node, tenant(next));
          next.awaitReady();
        });
  }

  /** Lets the load go on until so many more were acknowledged. */
  void awaitMore(int events) {
    int enough = load.count() + events;
    try {
      Poll.until(() -> load.count() >= enough);
    } catch (AssertionError e) {
      nodes.forEach(node -> System.out.println(node.log()));
      throw e;
    }
  }

  /** Ends the load, waits until nothing is pending, stops all, and audits; all must be well. */
  Audit rest(String run, Supplier<Store> opened) {
    return judge(run, opened).orThrow(run);
  }

  /** The same, where some things are known not to be well. */
  Audit judge(String run, Supplier<Store> opened) {
    load.close();
    try {
      Poll.until(MAX_REST, () -> pending() == 0);
    } catch (AssertionError e) {
      nodes.forEach(node -> System.out.println(node.log()));
      throw new AssertionError("still pending: " + tenants.get(0).some("pending"), e);
    }
    for (ServerChild node : nodes) {
      node.terminate();
      if (node.exitCode() != 0) {
        throw new AssertionError("ended with " + node.exitCode() + ": " + node.log());
      }
    }
    Rules rules =
        new Rules(
            64 * nodes.size() * (strikes + 1),
            attempt -> RETRY,
            delivery -> RETRIES + 1,
            Duration.ofMillis(500),
            secrets,
            Rules.ByHand.NOTHING,
            (event, endpoint) -> secrets.containsKey(endpoint),
            Map.of(),
            orders,
            true,
            StoreTimes.TRUE);
    AuditEvidence outside =
        AuditEvidence.of(load.offered(), load.acknowledged(), receiver.arrived(), disturbances);
    try (Store closing = opened.get()) {
      Audit audit = new Auditor(rules).judge(outside.with(closing.log(), SiteId.DEFAULT));
      System.out.println(
          run + ": " + strikes + " strikes, " + load.refusals() + " refused, " + audit.summary());
      return audit;
    }
  }

  private int pending() {
    try {
      return tenants.get(0).some("pending").size();
    } catch (ApiException e) {
      return -1;
    }
  }

  @Override
  public void close() {
    load.close();
    nodes.forEach(ServerChild::close);
    receiver.close();
  }
}
