package dev.hookferry.internal;

import dev.hookferry.engine.routing.FilterIndex;
import dev.hookferry.outbox.OutboxQueue;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * State of this process that all facades share, whoever acts through them.
 *
 * @param trialRates how often sites may try URLs that are not registered
 * @param outboxes the outboxes that this process relays, by name; changes while it runs
 * @param backupRunning whether a backup is running; changes while it runs
 * @param filters the filters of endpoints, ready to be evaluated; changes while it runs
 */
public record ProcessState(
    ProbeRateLimiter trialRates,
    Map<String, OutboxQueue> outboxes,
    AtomicBoolean backupRunning,
    FilterIndex filters) {
  /** Returns the state of a process that has just started. */
  public static ProcessState empty() {
    return new ProcessState(
        new ProbeRateLimiter(), new ConcurrentHashMap<>(), new AtomicBoolean(), new FilterIndex());
  }
}
