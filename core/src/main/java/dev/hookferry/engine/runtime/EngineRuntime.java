package dev.hookferry.engine.runtime;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.engine.DeliveryHolds;
import dev.hookferry.engine.Engine;
import dev.hookferry.engine.Message;
import dev.hookferry.engine.effect.Sending;
import dev.hookferry.engine.intake.AdmissionGate;
import dev.hookferry.engine.intake.PendingReceipts;
import dev.hookferry.event.Event;
import dev.hookferry.event.Receipt;
import dev.hookferry.filter.FilterVerdict;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.limit.SendRate;
import dev.hookferry.observe.EndpointHealth;
import dev.hookferry.observe.Listener;
import dev.hookferry.observe.Load;
import dev.hookferry.observe.LoadLimits;
import dev.hookferry.observe.OwnFault;
import dev.hookferry.policy.ServerPolicy;
import dev.hookferry.refusal.OverloadedException;
import dev.hookferry.site.Site;
import dev.hookferry.store.OrphanedEndpoint;
import dev.hookferry.store.commit.Command;
import dev.hookferry.store.config.Config;
import dev.hookferry.transport.SignedRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runtime of an engine: carries messages in and effects out. Thread-safe. */
public final class EngineRuntime {
  /** With an owner timeout of 12 s, a dead node's deliveries are taken over within 15 s. */
  private static final Duration HEARTBEAT = Duration.ofSeconds(2);

  private final RuntimeParts parts;
  private final StoreClock clock;
  private final Mailbox mailbox;
  private final Watchdog watchdog = new Watchdog(System::nanoTime);
  private final EffectExecutor executor;
  private final Engine engine;
  private final EngineTurns turns;
  private final NodeThreads.EngineThread thread;

  /** Actions that fail callers' open futures; the engine itself fails publications. */
  private final Set<Runnable> open = ConcurrentHashMap.newKeySet();

  private volatile boolean stopping;

  /** Creates a runtime that is not started yet. */
  public EngineRuntime(RuntimeParts parts) {
    this.parts = parts;
    LoadLimits limits = parts.limits();
    mailbox = new Mailbox(limits.openPublishes(), limits.ownedBytes(), this::posted);
    clock = new StoreClock(SteadyClock.forStore(parts.store().isShared(), parts.clock()));
    executor = new EffectExecutor(parts, clock, mailbox::post, watchdog);
    engine = new Engine(parts.engine(), executor);
    turns = new EngineTurns(engine, executor, mailbox, clock, watchdog);
    thread = parts.threads().engine(turns);
  }

  private void posted() {
    thread.posted();
  }

  /** Registers with the store and starts the threads. */
  public void start() {
    executor.enter(HEARTBEAT);
    thread.start();
  }

  /**
   * Publishes events; fails with an OutdatedConfigException if the configuration has changed.
   *
   * @param verdicts as in {@link AdmissionGate.Arrival}
   */
  public CompletableFuture<List<Receipt>> publish(
      SiteId site,
      List<Event> events,
      long config,
      List<@Nullable FilterVerdict> verdicts,
      @Nullable Executor replyExecutor) {
    PendingReceipts reply = new PendingReceipts(replyExecutor);
    return submit(
        reply,
        events.size(),
        AdmissionGate.Arrival.bytesOf(events),
        (engine, now) ->
            engine.publish(
                new AdmissionGate.Arrival(site, events, config, verdicts, reply, now), now));
  }

  /** Sends an event to a single endpoint immediately. */
  public CompletableFuture<Attempt> test(Event event, EndpointId endpoint) {
    CompletableFuture<Attempt> reply = newReply();
    return submit(reply, 1, 0, (engine, now) -> engine.test(event, endpoint, reply, now));
  }

  /**
   * Requests an extra attempt.
   *
   * @param orderingKey the key at the end of whose queue a final delivery is placed, or null
   */
  public CompletableFuture<Command.Kind> retry(
      SiteId site, DeliveryId delivery, @Nullable String orderingKey) {
    CompletableFuture<Command.Kind> reply = newReply();
    Command.Retry retry = new Command.Retry(site, delivery, Instant.EPOCH, orderingKey);
    return submit(reply, 1, 0, (engine, now) -> engine.retry(retry, reply, now));
  }

  /**
   * Gives up a blocked delivery; calls {@code mayBeDone}, on any thread, before the reply {@code
   * NOT_BLOCKED} if an earlier try of the command may have skipped it.
   */
  public CompletableFuture<Command.Kind> skip(
      SiteId site, DeliveryId delivery, Runnable mayBeDone) {
    CompletableFuture<Command.Kind> reply = newReply();
    return submit(
        reply,
        1,
        0,
        (engine, now) -> engine.skip(new Command.Skip(site, delivery, now), mayBeDone, reply));
  }

  /** Requests new deliveries of an event that was accepted before. */
  public CompletableFuture<Command.Kind> deliver(Event event, List<EndpointId> endpoints) {
    CompletableFuture<Command.Kind> reply = newReply();
    return submit(reply, 1, 0, (engine, now) -> engine.deliver(event, endpoints, reply, now));
  }

  /**
   * Cancels a delivery.
   *
   * @param inStore called on any thread before the reply if the store has cancelled the delivery,
   *     or an earlier try may have; the listener is not notified then: this node did not own it
   */
  public CompletableFuture<Command.Kind> cancel(
      SiteId site, DeliveryId delivery, Runnable inStore) {
    CompletableFuture<Command.Kind> reply = newReply();
    return submit(reply, 1, 0, (engine, now) -> engine.cancel(site, delivery, inStore, reply, now));
  }

  /** Cancels deliveries of removed endpoints; call it after a refresh of the configuration. */
  public void orphaned(List<OrphanedEndpoint> orphans) {
    mailbox.post((engine, now) -> engine.orphaned(orphans, now));
  }

  /** Applies a changed configuration. Called by one thread at a time. */
  public void configured(Config config) {
    executor.configured(config);
    mailbox.post((engine, now) -> engine.configured(config, now));
  }

  /** Reports a failure outside the engine to the listener. */
  public void fault(String what, Throwable cause) {
    executor.fault(what, cause);
  }

  /** Notifies the listener of something that happened outside the engine. */
  public void notifyListener(Consumer<Listener> message) {
    boolean unused = executor.notifyNow(message);
  }

  /** Returns this node's estimate of the store's time. */
  public StoreClock clock() {
    return clock;
  }

  /** Returns the defaults for endpoints without explicit settings. */
  public ServerPolicy policy() {
    return parts.policy();
  }

  /**
   * Rebuilds the request of an attempt: the same bytes unless a secret, header or body setting has
   * changed. May call a mapper on this thread, and wait for a signer.
   *
   * @throws dev.hookferry.body.BodyException if a template or mapper fails to build a body
   * @throws dev.hookferry.signer.SignerException if a signer fails to sign
   */
  public SignedRequest request(
      Attempt attempt, Delivery before, Event event, Site site, Endpoint endpoint) {
    return executor.request(
        new Sending(0, attempt.id(), before, event, site, endpoint, attempt.startedAt()));
  }

  /** Returns the load of the node, as of the engine's last turn. */
  public Load load() {
    return turns.load();
  }

  /** Returns a live view of the health of all unhealthy endpoints. */
  public Map<EndpointId, EndpointHealth> unhealthyEndpoints() {
    return engine.unhealthy();
  }

  /** Returns a live view of the endpoints whose due deliveries exceed their rate. */
  public Map<EndpointId, SendRate> rateLimitedEndpoints() {
    return engine.rateLimited();
  }

  /** Returns a live view of what keeps deliveries of healthy endpoints from being sent. */
  public DeliveryHolds holds() {
    return engine.holds();
  }

  /** Returns a live view of the current failures of the store. */
  public Collection<OwnFault> storeFaults() {
    return engine.storeFaults().current().values();
  }

  /** Returns whether the engine's thread is running. */
  public boolean isAlive() {
    return thread.isAlive();
  }

  /** Adds a thread that completes futures if callbacks block the others; called once a second. */
  public void addThreadIfStalled() {
    executor.addThreadIfStalled();
  }

  /** Describes a stalled component; empty if all are making progress. */
  public Optional<String> stalledReason() {
    return isAlive() ? watchdog.stalledReason() : Optional.of("the engine's thread has ended");
  }

  /** Returns whether commits are failing or this node is stopping. */
  public boolean isUnready() {
    return turns.isFailing() || stopping;
  }

  /** Waits for in-flight requests up to a timeout, releases the rest and stops all threads. */
  public void stop(Duration grace) {
    stopping = true;
    boolean isInterrupted = false;
    mailbox.post((engine, now) -> engine.drain());
    try {
      if (thread.isAlive() && !thread.await(turns.drained(), grace)) {
        executor.fault(
            "requests still in flight after the stop timeout",
            new TimeoutException(grace.toString()));
      }
    } catch (InterruptedException e) {
      isInterrupted = true;
    }
    if (thread.isAlive()) {
      thread.end();
    }
    executor.stop();
    // Fails callers that still wait for an unfinished attempt or an unprocessed message.
    List.copyOf(open).forEach(Runnable::run);
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static RuntimeException stopped() {
    return OverloadedException.soon("the server has stopped");
  }

  /** Returns a new future that is completed, at the latest, when this runtime stops. */
  private <T> CompletableFuture<T> newReply() {
    CompletableFuture<T> reply = new CompletableFuture<>();
    Runnable abandon = () -> reply.completeExceptionally(stopped());
    open.add(abandon);
    var unused = reply.whenComplete((result, failure) -> open.remove(abandon));
    return reply;
  }

  /**
   * Posts a request to the engine; the future completes even if the engine is overloaded, fails or
   * ends.
   */
  private <T> CompletableFuture<T> submit(
      CompletableFuture<T> reply, int count, long bytes, Message message) {
    boolean posted = mailbox.offer(message.failing(reply, executor), count, bytes);
    if (!posted || turns.isEnded()) {
      reply.completeExceptionally(
          posted ? stopped() : OverloadedException.soon("too many requests for the engine"));
    }
    parts.threads().settle();
    return reply;
  }
}
