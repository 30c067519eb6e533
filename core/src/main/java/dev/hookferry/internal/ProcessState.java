package dev.hookferry.internal;

import dev.hookferry.body.BodyMaker;
import dev.hookferry.engine.routing.FilterIndex;
import dev.hookferry.engine.runtime.SendDefaults;
import dev.hookferry.id.SiteId;
import dev.hookferry.internal.catalog.SchemaIndex;
import dev.hookferry.outbox.OutboxQueue;
import dev.hookferry.schema.SchemaCompiler;
import dev.hookferry.signer.Signers;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * State of this process that all facades share, whoever acts through them.
 *
 * @param trialRates how often sites may try URLs that are not registered
 * @param outboxes the outboxes that this process relays, by name; changes while it runs
 * @param backupRunning whether a backup is running; changes while it runs
 * @param filters the filters of endpoints, ready to be evaluated; changes while it runs
 * @param filterTrials the sites of which a filter is being tried on past events; changes while it
 *     runs
 * @param healthy the states of endpoints as far as the configuration decides; replaced with it
 * @param bodies makes the bodies of endpoints that have one of their own
 * @param signers have the keys of sites that are not in the store
 * @param schemas the schemas of event types, ready to be checked; changes while it runs
 */
public record ProcessState(
    ProbeRateLimiter trialRates,
    Map<String, OutboxQueue> outboxes,
    AtomicBoolean backupRunning,
    FilterIndex filters,
    Set<SiteId> filterTrials,
    AtomicReference<HealthView.@Nullable Healthy> healthy,
    BodyMaker bodies,
    Signers signers,
    SchemaIndex schemas) {
  /** Returns the state of a process that has just started. */
  public static ProcessState empty(SchemaCompiler compiler, SendDefaults defaults) {
    return new ProcessState(
        new ProbeRateLimiter(),
        new ConcurrentHashMap<>(),
        new AtomicBoolean(),
        new FilterIndex(),
        ConcurrentHashMap.newKeySet(),
        new AtomicReference<>(),
        defaults.bodies(),
        defaults.signers(),
        new SchemaIndex(compiler));
  }
}
