package dev.hookferry.spring.actuate;

import dev.hookferry.Hookferry;
import dev.hookferry.observe.NodeCondition;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Hookferry's part of the health endpoint. It is down if events cannot be accepted or the process
 * needs a restart; a problem that only delays deliveries is shown as a detail.
 *
 * @param up whether events can be accepted and deliveries make progress
 * @param details additional facts by name; no hosts, addresses or secrets
 */
record HealthReport(boolean up, Map<String, Object> details) {
  static HealthReport of(Hookferry hookferry) {
    Optional<String> stalled = hookferry.stalledReason();
    boolean ready = hookferry.isReady();
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("accepting", ready);
    stalled.ifPresent(reason -> details.put("stalled", reason));
    NodeCondition condition = hookferry.condition();
    details.put("delivery", condition.deliveryStatus());
    condition.faults().forEach(fault -> details.put(fault.kind().code(), fault.summary()));
    hookferry.webhooks().outboxes().states().forEach((name, state) -> details.put(name, state));
    return new HealthReport(ready && stalled.isEmpty(), details);
  }
}
