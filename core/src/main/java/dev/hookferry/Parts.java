package dev.hookferry;

import dev.hookferry.engine.Shell;
import dev.hookferry.id.IdSource;
import dev.hookferry.port.Node;
import dev.hookferry.port.SecretCipher;
import dev.hookferry.port.Store;
import java.time.InstantSource;
import java.util.Collection;
import java.util.concurrent.ExecutorService;
import java.util.random.RandomGenerator;

/**
 * What the facade works with.
 *
 * @param secure a cryptographic source of chance, for secrets, keys and ids
 * @param blocking where what blocks may run
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
    ExecutorService blocking) {

  /** The store's time. */
  InstantSource clock() {
    return shell.clock();
  }

  /** Writes endpoints to these URLs, which are judged now: see {@link Targets#judge}. */
  EndpointWriter writer(Collection<String> urls) {
    return new EndpointWriter(targets.judge(urls), cipher);
  }

  Deliveries deliveries() {
    return new Deliveries(this);
  }
}
