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
 * State of this process, shared by all facades and actors.
 *
 * @param probeRateLimiter limits how often a site may test unregistered URLs
 * @param outboxes the outboxes that this process relays, by name; changes while it runs
 * @param backupRunning whether a backup is running; changes while it runs
 * @param filters the compiled filters of endpoints; changes while it runs
 * @param filterTrials the sites that are testing a filter on past events; changes while it runs
 * @param healthy how many endpoints the configuration alone puts in each state; replaced when it
 *     changes
 * @param bodies builds request bodies for endpoints with custom body settings
 * @param signers sign with site keys that are kept outside the store
 * @param schemas the compiled schemas of event types; changes while it runs
 * @param history past attempts, from which endpoint health is derived; changes while it runs
 * @param notes the last reading of each site's problem notes; changes while it runs
 * @param sessions browser sessions, in the store or, if it keeps none, in memory
 */
public record ProcessState(
    ProbeRateLimiter probeRateLimiter,
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
