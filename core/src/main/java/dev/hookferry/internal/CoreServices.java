package dev.hookferry.internal;

import dev.hookferry.audit.Actor;
import dev.hookferry.audit.AuditEntry;
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
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * What the facade works with.
 *
 * @param secure a cryptographic source of chance, for secrets, keys and ids
 * @param blocking where what blocks may run
 * @param trial sends to URLs that are not registered
 * @param trialRates how often sites may try URLs that are not registered
 * @param actor who works with them
 */
public record CoreServices(
    Store store,
    EngineRuntime shell,
    ConfigHolder keeper,
    TargetChecker targets,
    SecretCipher cipher,
    IdSource ids,
    Node node,
    RandomGenerator secure,
    ExecutorService blocking,
    EndpointProbe trial,
    ProbeRateLimiter trialRates,
    Actor actor) {

  /** The same, done by somebody else. */
  public CoreServices by(Actor other) {
    return new CoreServices(
        store,
        shell,
        keeper,
        targets,
        cipher,
        ids,
        node,
        secure,
        blocking,
        trial,
        trialRates,
        other);
  }

  /** Changes the configuration, and tells the audit log; see {@link ConfigHolder#change}. */
  public <T> T change(Function<Config, Planned<T>> planner) {
    List<AuditEntry> told = new ArrayList<>();
    T result =
        keeper.change(
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
   * Makes sure that the key of whoever works with these is one of a configuration.
   *
   * @throws RevokedKeyException if it is not
   */
  public void requireKey(Config config) {
    KeyId key = actor.key();
    if (key != null && !config.keys().containsKey(key)) {
      throw new RevokedKeyException();
    }
  }

  /** Tells the audit log. */
  public AuditRecorder notes() {
    return new AuditRecorder(this);
  }

  /** The store's time. */
  public InstantSource clock() {
    return shell.clock();
  }

  /** Writes endpoints to these URLs, which are judged now: see {@link TargetChecker#judge}. */
  public EndpointWriter writer(Collection<String> urls) {
    return new EndpointWriter(targets.judge(urls), cipher);
  }
}
