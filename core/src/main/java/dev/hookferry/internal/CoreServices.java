package dev.hookferry.internal;

import dev.hookferry.audit.Actor;
import dev.hookferry.audit.AuditEntry;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointFields;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.engine.runtime.EndpointProbe;
import dev.hookferry.engine.runtime.EngineRuntime;
import dev.hookferry.engine.runtime.NodeThreads;
import dev.hookferry.engine.runtime.RuntimeParts;
import dev.hookferry.id.IdSource;
import dev.hookferry.id.KeyId;
import dev.hookferry.internal.ConfigHolder.Planned;
import dev.hookferry.internal.endpoint.SigningKeyWriter;
import dev.hookferry.internal.problem.FailureResets;
import dev.hookferry.internal.problem.FailureTracker;
import dev.hookferry.internal.problem.HealthHistory;
import dev.hookferry.internal.problem.SiteSwitches;
import dev.hookferry.observe.Backlog;
import dev.hookferry.refusal.RevokedKeyException;
import dev.hookferry.schema.SchemaCompiler;
import dev.hookferry.secret.SecretCipher;
import dev.hookferry.signing.SecretType;
import dev.hookferry.signing.SigningSecret;
import dev.hookferry.site.SiteSettings;
import dev.hookferry.store.Node;
import dev.hookferry.store.Store;
import dev.hookferry.store.StoreException;
import dev.hookferry.store.config.Config;
import dev.hookferry.store.config.ConfigChange;
import dev.hookferry.store.session.SessionFilter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The services of one node, and the actor for whom they are used. {@link #of} is core's composition
 * root: it wires a node once, before its first facade exists; there is nothing to look up or to add
 * later. Only facades and their helpers in {@code internal} take it. The engine and the ports do
 * not know it, and take what they need.
 *
 * @param secure cryptographic random source for secrets, keys and ids
 * @param blocking executor for blocking work
 * @param probe sends test requests to unregistered endpoints
 * @param process state of this process that the facades share
 * @param actor the actor named in the audit log
 */
public record CoreServices(
    Store store,
    EngineRuntime runtime,
    ConfigHolder configHolder,
    TargetChecker targets,
    SecretCipher cipher,
    IdSource ids,
    Node node,
    RandomGenerator secure,
    ExecutorService blocking,
    EndpointProbe probe,
    ProcessState process,
    Actor actor) {
  /** Threads for blocking work. */
  private static final int BLOCKING = 4;

  /**
   * Wires a node that is not started yet.
   *
   * @param secure the source of secrets and ids
   * @param deliveryOff the reason why this node does not deliver, or null if it does
   * @param auditRetention how long the audit log is kept; null means forever
   */
  public static CoreServices of(
      RuntimeParts given,
      RandomGenerator secure,
      SchemaCompiler schemas,
      @Nullable String deliveryOff,
      @Nullable Duration auditRetention) {
    FailureTracker failures = new FailureTracker(secure);
    RuntimeParts parts = given.notifying(failures);
    NodeThreads threads = parts.threads();
    EngineRuntime runtime = new EngineRuntime(parts);
    FailureResets resets = new FailureResets(failures, parts.clock());
    SiteSwitches switches = new SiteSwitches(runtime.clock());
    return new CoreServices(
        parts.store(),
        runtime,
        new ConfigHolder(
            parts.store(),
            config -> {
              resets.configured(config);
              switches.configured(config);
              runtime.configured(config);
            },
            deliveryOff,
            threads.pool("config", 1)),
        new TargetChecker(parts.transport()),
        parts.cipher(),
        parts.ids(),
        parts.node(),
        secure,
        threads.pool("query", BLOCKING),
        new EndpointProbe(parts, runtime::notifyListener),
        ProcessState.empty(
            schemas, parts, new HealthHistory(failures, switches), secure, auditRetention),
        Actor.PROGRAM);
  }

  /** Returns a view of these services that acts as the given actor. */
  public CoreServices actingAs(Actor actor) {
    return new CoreServices(
        store,
        runtime,
        configHolder,
        targets,
        cipher,
        ids,
        node,
        secure,
        blocking,
        probe,
        process,
        actor);
  }

  /** Changes the configuration and audits the change; see {@link ConfigHolder#change}. */
  public <T> T change(Function<Config, Planned<T>> planner) {
    List<AuditEntry> auditEntries = new ArrayList<>();
    T result =
        configHolder.change(
            config -> {
              requireKey(config);
              Planned<T> planned = planner.apply(config);
              List<ConfigChange> changes = notes().with(config, planned.changes());
              auditEntries.clear();
              auditEntries.addAll(ConfigChange.notes(changes));
              return new Planned<>(changes, planned.result());
            });
    auditEntries.forEach(AuditRecorder::log);
    return result;
  }

  /**
   * Checks that the actor's key exists in a configuration.
   *
   * @throws RevokedKeyException if it does not
   */
  public void requireKey(Config config) {
    KeyId key = actor.key();
    if (key != null && !config.keys().containsKey(key)) {
      throw new RevokedKeyException();
    }
  }

  /**
   * Ends sessions that a change has left without a key or a site. If the store fails, the sessions
   * are refused anyway, because every request checks its rights.
   */
  public void endSessions(SessionFilter filter) {
    try {
      int unused = process.sessions().end(filter);
    } catch (StoreException e) {
      runtime.fault("ending sessions failed: the sessions are refused anyway", e);
    }
  }

  /** Returns the recorder of audit entries. */
  public AuditRecorder notes() {
    return new AuditRecorder(this);
  }

  /**
   * Returns the backlog of the whole store. Deliveries that are held are never late, nor are those
   * that wait for their receiver or a rate limit. Blocks.
   */
  public Backlog backlog() {
    return store.deliveries().backlog(HealthView.takesAll(this));
  }

  /** Returns the store's clock. */
  public InstantSource clock() {
    return runtime.clock();
  }

  /** Returns by how much the clock of a shared store is ahead of this machine's, if known. */
  public Optional<Duration> storeClockAhead() {
    return store.isShared() ? runtime.clock().ahead() : Optional.empty();
  }

  /**
   * Checks that this process has the mapper and the egress that an endpoint uses, if any. An egress
   * that it has already may be gone: other settings can still be changed.
   *
   * @param current the endpoint before the change, or null for a new one
   * @throws dev.hookferry.refusal.InvalidException if one of them is not configured here
   */
  public void requireParts(EndpointSpec spec, @Nullable Endpoint current) {
    Objects.requireNonNull(spec, "spec");
    process.bodies().requireMapper(spec.values().get(EndpointFields.BODY));
    String egress = spec.values().get(EndpointFields.EGRESS);
    if (current == null || !Objects.equals(egress, current.egress())) {
      targets.requireEgress(egress);
    }
  }

  /**
   * Checks that this process has the egress that a site changes to, if any.
   *
   * @throws dev.hookferry.refusal.InvalidException if it has not
   */
  public void requireEgress(SiteSettings before, SiteSettings after) {
    if (!Objects.equals(before.egress(), after.egress())) {
      targets.requireEgress(after.egress());
    }
  }

  /** Returns the secret that is given, or a new one of this kind. */
  public SigningSecret secret(@Nullable SigningSecret given, SecretType type) {
    return given == null ? SigningSecret.generate(type, secure) : given;
  }

  /** Returns a writer for endpoints with these targets. */
  public EndpointWriter writer(CheckedTargets checked) {
    return new EndpointWriter(checked, cipher, signingKeys());
  }

  /** Returns a writer for the keys of sites. */
  public SigningKeyWriter signingKeys() {
    return new SigningKeyWriter(cipher, secure, process.signers());
  }
}
