package dev.hookferry.engine.runtime;

import dev.hookferry.engine.EngineConfig;
import dev.hookferry.engine.send.Authorizer;
import dev.hookferry.engine.send.RequestSigner;
import dev.hookferry.id.IdSource;
import dev.hookferry.observe.Listener;
import dev.hookferry.observe.LoadLimits;
import dev.hookferry.policy.ServerPolicy;
import dev.hookferry.secret.SecretCipher;
import dev.hookferry.store.Node;
import dev.hookferry.store.Store;
import dev.hookferry.transport.Transport;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/**
 * Dependencies and settings of an engine runtime.
 *
 * @param store persistent storage
 * @param transport sends requests
 * @param cipher opens secrets
 * @param listener is notified of events
 * @param clock the node's clock
 * @param chance randomness for jitter; used only by the engine's thread
 * @param ids for deliveries and attempts
 * @param limits of memory
 * @param node the display name of this process
 * @param defaults of requests
 * @param threads where the work is done
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
    SendDefaults defaults,
    NodeThreads threads) {
  /** Returns what holds for endpoints without settings of their own. */
  ServerPolicy policy() {
    return new ServerPolicy(defaults.deadline(), limits.window());
  }

  /** Returns a signer without any opened secrets. */
  RequestSigner signer() {
    return new RequestSigner(cipher, defaults.userAgent(), policy());
  }

  /**
   * Returns what sends the signed requests.
   *
   * @param threads where a rejected access token is replaced
   */
  Authorizer authorizer(RequestSigner requests, Executor threads) {
    InstantSource steady = SteadyClock.where(true, clock);
    return new Authorizer(transport, requests, clock, ids, threads, steady);
  }

  /** Returns how the engine is set up. */
  EngineConfig engine() {
    return new EngineConfig(limits, ids, chance, store.parallelCommits(), store.isShared());
  }
}
