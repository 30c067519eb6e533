package dev.hookferry;

import dev.hookferry.ConfigKeeper.Planned;
import dev.hookferry.audit.Actor;
import dev.hookferry.audit.AuditEntry;
import dev.hookferry.engine.Shell;
import dev.hookferry.engine.Trial;
import dev.hookferry.id.IdSource;
import dev.hookferry.port.Config;
import dev.hookferry.port.ConfigChange;
import dev.hookferry.port.Node;
import dev.hookferry.port.SecretCipher;
import dev.hookferry.port.Store;
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
record Parts(
    Store store,
    Shell shell,
    ConfigKeeper keeper,
    Targets targets,
    SecretCipher cipher,
    IdSource ids,
    Node node,
    RandomGenerator secure,
    ExecutorService blocking,
    Trial trial,
    TrialRates trialRates,
    Actor actor) {

  /** The same, done by somebody else. */
  Parts by(Actor other) {
    return new Parts(
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

  /** Changes the configuration, and tells the audit log; see {@link ConfigKeeper#change}. */
  <T> T change(Function<Config, Planned<T>> planner) {
    List<AuditEntry> told = new ArrayList<>();
    T result =
        keeper.change(
            config -> {
              Planned<T> planned = planner.apply(config);
              List<ConfigChange> changes = notes().with(config, planned.changes());
              told.clear();
              told.addAll(ConfigChange.notes(changes));
              return new Planned<>(changes, planned.result());
            });
    told.forEach(Notes::log);
    return result;
  }

  /** Tells the audit log. */
  Notes notes() {
    return new Notes(this);
  }

  /** The store's time. */
  InstantSource clock() {
    return shell.clock();
  }

  /** Writes endpoints to these URLs, which are judged now: see {@link Targets#judge}. */
  EndpointWriter writer(Collection<String> urls) {
    return new EndpointWriter(targets.judge(urls), cipher);
  }

  Events events() {
    return new Events(this);
  }

  Deliveries deliveries() {
    return new Deliveries(this);
  }
}
