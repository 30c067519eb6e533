package dev.hookferry.internal;

import dev.hookferry.audit.Actor;
import dev.hookferry.audit.AuditEntry;
import dev.hookferry.endpoint.EndpointFields;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.engine.runtime.EndpointProbe;
import dev.hookferry.engine.runtime.EngineRuntime;
import dev.hookferry.id.IdSource;
import dev.hookferry.id.KeyId;
import dev.hookferry.internal.ConfigHolder.Planned;
import dev.hookferry.refusal.RevokedKeyException;
import dev.hookferry.secret.SecretCipher;
import dev.hookferry.store.Node;
import dev.hookferry.store.Store;
import dev.hookferry.store.config.Config;
import dev.hookferry.store.config.ConfigChange;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * Services shared by the facades.
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

  /** Returns the same services for another actor. */
  public CoreServices actingAs(Actor other) {
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
        other);
  }

  /** Changes the configuration and audits the change; see {@link ConfigHolder#change}. */
  public <T> T change(Function<Config, Planned<T>> planner) {
    List<AuditEntry> told = new ArrayList<>();
    T result =
        configHolder.change(
            config -> {
              requireKey(config);
              Planned<T> planned = planner.apply(config);
              List<ConfigChange> changes = notes().with(config, planned.changes());
              told.clear();
              told.addAll(ConfigChange.notes(changes));
              return new Planned<>(changes, planned.result());
            });
    told.forEach(AuditRecorder::log);
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

  /** Returns the recorder of audit entries. */
  public AuditRecorder notes() {
    return new AuditRecorder(this);
  }

  /** Returns the store's clock. */
  public InstantSource clock() {
    return runtime.clock();
  }

  /**
   * Checks that this process has the mapper that an endpoint asks for, if any.
   *
   * @throws dev.hookferry.refusal.InvalidException if it has not
   */
  public void requireMapper(EndpointSpec asked) {
    Objects.requireNonNull(asked, "asked");
    process.bodies().requireMapper(asked.values().get(EndpointFields.BODY));
  }

  /** Returns a writer for endpoints with these URLs, which are checked now; blocks. */
  public EndpointWriter writer(Collection<String> urls) {
    return new EndpointWriter(targets.check(urls), cipher, secure);
  }
}
