package dev.hookferry.spring.actuate;

import dev.hookferry.Hookferry;
import dev.hookferry.observe.Backlog;
import dev.hookferry.observe.EndpointHealth;
import dev.hookferry.observe.Load;
import dev.hookferry.outbox.OutboxStatus;
import dev.hookferry.store.StoreException;
import dev.hookferry.store.StoreInfo;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/**
 * The Actuator endpoint {@code hookferry}: state, load, backlog, outboxes and unhealthy endpoints.
 * Queries the store and the outbox's database.
 */
@Endpoint(id = "hookferry")
final class HookferryEndpoint {
  private final Hookferry hookferry;

  HookferryEndpoint(Hookferry hookferry) {
    this.hookferry = hookferry;
  }

  /** Returns the current state, in maps that every JSON mapper writes in the same way. */
  @ReadOperation
  Map<String, Object> state() {
    Map<String, Object> state = new LinkedHashMap<>();
    HealthReport health = HealthReport.of(hookferry);
    state.put("up", health.up());
    state.putAll(health.details());
    Load load = hookferry.load();
    state.put("deliveriesOwned", load.owned());
    state.put("requestsInFlight", load.inFlight());
    state.put("eventsWaitingForCommit", load.pendingPublishes());
    addStore(state);
    state.put(
        "outboxes",
        hookferry.webhooks().outboxes().list().stream().map(HookferryEndpoint::outbox).toList());
    state.put("unhealthyEndpoints", endpoints());
    return state;
  }

  private void addStore(Map<String, Object> state) {
    try {
      StoreInfo info = hookferry.storeInfo();
      state.put("store", info.kind());
      state.put("nodes", info.nodes().stream().map(StoreInfo.LiveNode::name).toList());
      Backlog backlog = hookferry.backlog();
      state.put("deliveriesPending", backlog.pending());
      putIfKnown(state, "oldestDue", backlog.oldestDue());
    } catch (StoreException e) {
      state.put("store", "unavailable");
    }
  }

  private static Map<String, Object> outbox(OutboxStatus status) {
    Map<String, Object> outbox = new LinkedHashMap<>();
    outbox.put("name", status.name());
    outbox.put("table", status.table());
    outbox.put("state", status.state());
    outbox.put("relayed", status.relayed());
    outbox.put("refused", status.refused());
    putIfKnown(outbox, "pending", status.pending());
    putIfKnown(outbox, "oldest", status.oldest());
    putIfKnown(outbox, "rejected", status.rejected());
    return outbox;
  }

  private List<Map<String, Object>> endpoints() {
    return hookferry.unhealthyEndpoints().entrySet().stream()
        .map(
            entry -> {
              EndpointHealth health = entry.getValue();
              Map<String, Object> endpoint = new LinkedHashMap<>();
              endpoint.put("id", entry.getKey().value());
              endpoint.put("state", health.state().code());
              endpoint.put("reason", health.reason());
              endpoint.put("failures", health.failures());
              putIfKnown(endpoint, "until", health.until());
              return endpoint;
            })
        .toList();
  }

  private static void putIfKnown(Map<String, Object> map, String name, @Nullable Object value) {
    if (value != null) {
      map.put(name, value instanceof Number ? value : value.toString());
    }
  }
}
