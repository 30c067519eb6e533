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
 * The services of one node, and the actor on whose behalf they are used. {@link #of} is the
 * composition root of core: it wires a node once, before the first facade exists, and nothing is
 * looked up or registered later. Only facades and their helpers in {@code internal} receive this
 * record; the engine and the ports receive only the parts that they need.
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
              List<ConfigChange> changes = auditRecorder().with(config, planned.changes());
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
   * Ends the sessions whose key or site a change has removed. If the store fails, requests of these
   * sessions are refused anyway, because every request checks its permissions.
   */
  public void endSessions(SessionFilter filter) {
    try {
      int unused = process.sessions().end(filter);
    } catch (StoreException e) {
      runtime.fault("ending sessions failed: the sessions are refused anyway", e);
    }
  }

  /** Returns a recorder of audit entries for this actor. */
  public AuditRecorder auditRecorder() {
    return new AuditRecorder(this);
  }

  /**
   * Returns the backlog of the whole store. Deliveries that are held, or that wait for their
   * receiver or a rate limit, never count as late. Blocks.
   */
  public Backlog backlog() {
    return store.deliveries().backlog(HealthView.takesAll(this));
  }

  /** Returns the store's clock. */
  public InstantSource clock() {
    return runtime.clock();
  }

  /** Returns how far the clock of a shared store is ahead of this machine's; empty if unknown. */
  public Optional<Duration> storeClockAhead() {
    return store.isShared() ? runtime.clock().ahead() : Optional.empty();
  }

  /**
   * Checks that the mapper and the egress of an endpoint, if any, are configured in this process.
   * An unchanged egress is not checked, so that other settings can be changed after it was removed.
   *
   * @param current the endpoint before the change, or null for a new one
   * @throws dev.hookferry.refusal.InvalidException if one of them is not configured
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
   * Checks that a site's new egress, if any, is configured in this process.
   *
   * @throws dev.hookferry.refusal.InvalidException if it is not
   */
  public void requireEgress(SiteSettings before, SiteSettings after) {
    if (!Objects.equals(before.egress(), after.egress())) {
      targets.requireEgress(after.egress());
    }
  }

  /** Returns the given secret, or a new one of the given type if it is null. */
  public SigningSecret secret(@Nullable SigningSecret given, SecretType type) {
    return given == null ? SigningSecret.generate(type, secure) : given;
  }

  /** Returns a writer for endpoints whose URLs have been checked. */
  public EndpointWriter writer(CheckedTargets checked) {
    return new EndpointWriter(checked, cipher, signingKeys());
  }

  /** Returns a writer for the keys of sites. */
  public SigningKeyWriter signingKeys() {
    return new SigningKeyWriter(cipher, secure, process.signers());
  }
}
