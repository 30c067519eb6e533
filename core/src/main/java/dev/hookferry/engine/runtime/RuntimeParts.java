package dev.hookferry.engine.runtime;

import dev.hookferry.engine.EngineConfig;
import dev.hookferry.engine.send.Authorizer;
import dev.hookferry.engine.send.RequestSigner;
import dev.hookferry.id.IdSource;
import dev.hookferry.observe.Listener;
import dev.hookferry.observe.LoadLimits;
import dev.hookferry.policy.ServerPolicy;
import dev.hookferry.secret.SecretCipher;
import dev.hookferry.signer.Signers;
import dev.hookferry.store.Node;
import dev.hookferry.store.Store;
import dev.hookferry.transport.Transport;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Dependencies and settings of an engine runtime.
 *
 * @param store persistent storage
 * @param transport sends requests
 * @param cipher opens secrets
 * @param internal Hookferry's own listener, which is fast; it is notified of everything except the
 *     acceptance and routing of events and the ends of deliveries that were delivered
 * @param listener the user's listener; misses notifications if it is too slow
 * @param clock the node's clock
 * @param chance randomness for jitter; used only by the engine's thread
 * @param ids source of ids for deliveries and attempts
 * @param limits limits on memory use
 * @param node the display name of this process
 * @param defaults defaults for requests
 * @param threads threads that do the work
 */
public record RuntimeParts(
    Store store,
    Transport transport,
    SecretCipher cipher,
    Listener internal,
    Listener listener,
    InstantSource clock,
    RandomGenerator chance,
    IdSource ids,
    LoadLimits limits,
    Node node,
    SendDefaults defaults,
    NodeThreads threads) {
  /** Returns a copy that also notifies another internal listener, before the one that is set. */
  public RuntimeParts notifying(Listener first) {
    return new RuntimeParts(
        store,
        transport,
        cipher,
        Listener.all(first, internal),
        listener,
        clock,
        chance,
        ids,
        limits,
        node,
        defaults,
        threads);
  }

  /** Returns the defaults for endpoints without explicit settings. */
  ServerPolicy policy() {
    return new ServerPolicy(defaults.deadline(), limits.window(), transport.egresses().standard());
  }

  /** Returns a new request signer that has not opened any secrets yet. */
  RequestSigner signer() {
    return signer(defaults.signers());
  }

  /** Returns a new request signer that omits the signatures of external signers. */
  RequestSigner withoutSigners() {
    return signer(null);
  }

  private RequestSigner signer(@Nullable Signers signers) {
    return new RequestSigner(cipher, signers, defaults.userAgent(), policy(), defaults.tracing());
  }

  /** Returns a clock for measuring durations; never set back. */
  InstantSource steadyClock() {
    return SteadyClock.forStore(true, clock);
  }

  /**
   * Returns the authorizer that sends the signed requests.
   *
   * @param threads where a rejected access token is replaced
   * @param listeners notifies the listener
   */
  Authorizer authorizer(
      RequestSigner requests, Executor threads, Consumer<Consumer<Listener>> listeners) {
    return new Authorizer(transport, requests, clock, ids, threads, steadyClock(), listeners);
  }

  /** Returns the engine's configuration. */
  EngineConfig engine() {
    return new EngineConfig(limits, ids, chance, store.parallelCommits(), store.isShared());
  }
}
