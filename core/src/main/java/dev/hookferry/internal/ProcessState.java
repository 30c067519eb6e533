package dev.hookferry.internal;

import dev.hookferry.body.BodyMaker;
import dev.hookferry.engine.routing.FilterIndex;
import dev.hookferry.engine.runtime.RuntimeParts;
import dev.hookferry.id.SiteId;
import dev.hookferry.internal.catalog.SchemaIndex;
import dev.hookferry.internal.problem.HealthHistory;
import dev.hookferry.internal.problem.ProblemNotes;
import dev.hookferry.outbox.OutboxQueue;
import dev.hookferry.schema.SchemaCompiler;
import dev.hookferry.session.SessionKeeper;
import dev.hookferry.signer.Signers;
import dev.hookferry.store.session.SessionStore;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
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
 * @param signers sign with the keys of sites that are kept outside the store
 * @param schemas the schemas of event types, ready to be checked; changes while it runs
 * @param history past attempts, from which endpoint health is derived; changes while it runs
 * @param notes the notes about problems by site, as they were last read; changes while it runs
 * @param sessions sessions of browsers, in the store unless it keeps none
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
    SchemaIndex schemas,
    HealthHistory history,
    ProblemNotes.Readings notes,
    SessionKeeper sessions) {
  /**
   * Returns the state of a process that has just started.
   *
   * @param auditRetention how long the audit log is kept; null means forever
   */
  static ProcessState empty(
      SchemaCompiler compiler,
      RuntimeParts parts,
      HealthHistory history,
      RandomGenerator secure,
      @Nullable Duration auditRetention) {
    return new ProcessState(
        new ProbeRateLimiter(),
        new ConcurrentHashMap<>(),
        new AtomicBoolean(),
        new FilterIndex(),
        ConcurrentHashMap.newKeySet(),
        new AtomicReference<>(),
        parts.defaults().bodies(),
        parts.defaults().signers(),
        new SchemaIndex(compiler),
        history,
        new ProblemNotes.Readings(auditRetention, secure),
        new SessionKeeper(
            parts.store().sessions().orElseGet(SessionStore::inMemory),
            parts.cipher(),
            parts.clock(),
            parts.ids(),
            secure));
  }
}
