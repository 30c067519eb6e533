package dev.hookferry.engine.runtime;

import dev.hookferry.engine.EngineConfig;
import dev.hookferry.id.IdSource;
import dev.hookferry.observe.Listener;
import dev.hookferry.observe.LoadLimits;
import dev.hookferry.secret.SecretCipher;
import dev.hookferry.store.Node;
import dev.hookferry.store.Store;
import dev.hookferry.transport.Transport;
import java.time.Duration;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * What a shell is made with.
 *
 * @param store where everything is kept
 * @param transport sends requests
 * @param cipher opens secrets
 * @param listener is told what happens
 * @param clock the node's own
 * @param chance for jitter; used by the engine's thread only
 * @param ids for deliveries and attempts
 * @param limits of memory
 * @param node this process, for people
 * @param userAgent sent with every request
 * @param deadline of an attempt, over everything
 * @param heartbeat how often the node shows that it is alive
 */
public record RuntimeParts(
    Store store,
    Transport transport,
    SecretCipher cipher,
    Listener listener,
    InstantSource clock,
    RandomGenerator chance,
    IdSource ids,
    LoadLimits limits,
    Node node,
    String userAgent,
    Duration deadline,
    Duration heartbeat) {
  /** Returns how the engine is set up. */
  EngineConfig engine() {
    return new EngineConfig(limits, ids, chance, store.parallelCommits(), store.isShared());
  }
}
