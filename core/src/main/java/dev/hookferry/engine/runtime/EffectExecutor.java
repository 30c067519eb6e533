package dev.hookferry.engine.runtime;

import dev.hookferry.delivery.CrashSuspicion;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.engine.Message;
import dev.hookferry.engine.effect.Effects;
import dev.hookferry.engine.effect.Sending;
import dev.hookferry.event.Event;
import dev.hookferry.observe.Listener;
import dev.hookferry.store.ClaimRequest;
import dev.hookferry.store.ClaimResult;
import dev.hookferry.store.InFlightJournal;
import dev.hookferry.store.Owner;
import dev.hookferry.store.StoreException;
import dev.hookferry.store.commit.Batch;
import dev.hookferry.store.commit.CommitResult;
import dev.hookferry.store.config.Config;
import dev.hookferry.transport.SignedRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Executor of the engine's effects: runs them on other threads and posts the results back. */
final class EffectExecutor implements Effects {
  private final RuntimeParts parts;
  private final Consumer<Message> post;
  private final Watchdog watchdog;
  private final AttemptExecutor attempts;
  private final InFlightJournal inFlight;
  private final ExecutorService writers;
  private final ExecutorService claimer;
  private final FutureCompleter completer;
  private final ListenerDispatcher internal;
  private final ListenerDispatcher reporting;
  private final LeaseExecutor lease;
  private List<Sending> sendings = new ArrayList<>();

  EffectExecutor(RuntimeParts parts, StoreClock clock, Consumer<Message> post, Watchdog watchdog) {
    this.parts = parts;
    this.post = post;
    this.watchdog = watchdog;
    inFlight = parts.store().inFlightJournal();
    NodeThreads threads = parts.threads();
    writers = threads.pool("writer", parts.store().parallelCommits());
    claimer = threads.pool("claimer", 1);
    attempts = new AttemptExecutor(parts, post, this::fault, this::tell);
    completer = new FutureCompleter(threads.pool("completer", 1), this::fault);
    internal =
        new ListenerDispatcher(threads.pool("internal", 1), parts.internal(), System::nanoTime);
    reporting =
        new ListenerDispatcher(
            threads.pool("reporter", 1),
            parts.listener(),
            System::nanoTime,
            ListenerDispatcher.MAX_WAITING,
            parts.limits().ownedBytes());
    lease = new LeaseExecutor(parts, clock, post, watchdog, this::fault);
  }

  /** Registers with the store, which may block, and starts the heartbeats. */
  void enter(Duration interval) {
    lease.enter();
    lease.every(interval, () -> post.accept((engine, now) -> engine.beat()));
  }

  @Override
  public void own(Owner next) {
    lease.own(next);
  }

  @Override
  public void heartbeat(boolean retire) {
    lease.heartbeat(retire);
  }

  @Override
  public void register() {
    lease.register();
  }

  void configured(Config config) {
    attempts.configured(config);
  }

  /** Builds the request of an attempt without sending it; may call a mapper and a signer. */
  SignedRequest request(Sending sending) {
    return attempts.request(sending);
  }

  @Override
  public void commit(long number, Batch batch) {
    Owner committing = lease.owner();
    writers.execute(
        () -> {
          Watchdog.WatchedCall call = watchdog.begin("a commit");
          try {
            CommitResult done = parts.store().deliveries().commit(committing, batch);
            post.accept((engine, now) -> engine.committed(number, done, now));
          } catch (RuntimeException e) {
            post.accept((engine, now) -> engine.commitFailed(number, e, now));
          } catch (Error e) {
            StoreException failure = new StoreException("the commit died: " + e, e);
            post.accept((engine, now) -> engine.commitFailed(number, failure, now));
          } finally {
            watchdog.end(call);
          }
        });
  }

  @Override
  public void claim(long incarnation, ClaimRequest claim) {
    Owner claiming = lease.owner();
    claimer.execute(
        () -> {
          Watchdog.WatchedCall call = watchdog.begin("a claim");
          try {
            ClaimResult claimed = parts.store().deliveries().claim(claiming, claim);
            post.accept((engine, now) -> engine.claimed(incarnation, claimed, now));
          } catch (RuntimeException e) {
            post.accept((engine, now) -> engine.claimFailed(e, now));
          } catch (Error e) {
            StoreException failure = new StoreException("the claim died: " + e, e);
            post.accept((engine, now) -> engine.claimFailed(failure, now));
          } finally {
            watchdog.end(call);
          }
        });
  }

  @Override
  public void send(Sending sending) {
    sendings.add(sending);
  }

  @Override
  public void beginTrial(Sending suspect) {
    Owner owning = lease.owner();
    CrashSuspicion trial = Objects.requireNonNull(suspect.trial());
    claimer.execute(
        () -> {
          try {
            boolean isOwned = inFlight.beginTrial(owning, suspect.delivery(), trial);
            post.accept((engine, now) -> engine.trialNoted(suspect, isOwned, now));
          } catch (RuntimeException | Error e) {
            post.accept((engine, now) -> engine.trialFailed(suspect, e, now));
          }
        });
  }

  @Override
  public void reply(Runnable completion) {
    completer.add(completion);
  }

  @Override
  public void reply(CompletableFuture<?> whose, Runnable completion) {
    completer.add(whose, completion);
  }

  @Override
  public void notifyListener(Consumer<Listener> message) {
    internal.add(message);
    reporting.add(message);
  }

  @Override
  public void notifyOfEvent(Event event, Consumer<Listener> message) {
    reporting.add(event, 0, message);
  }

  @Override
  public void notifyOfAttempt(Event event, int more, Consumer<Listener> message) {
    internal.add(message);
    reporting.add(event, more, message);
  }

  @Override
  public void notifyOfEnd(Delivery delivery, Consumer<Listener> message) {
    if (delivery.state() != DeliveryState.DELIVERED) {
      internal.add(message);
    }
    reporting.add(message);
  }

  /** Adds a thread that completes callers' futures if callbacks block the others. */
  void addThreadIfStalled() {
    completer.addThreadIfStalled();
  }

  /** Submits collected work in one batch, because waking a thread costs more than many entries. */
  void flush() {
    if (!sendings.isEmpty()) {
      attempts.begin(sendings);
      sendings = new ArrayList<>();
    }
    completer.flush();
    if (internal.isDue() || reporting.isDue()) {
      notifyListeners();
    }
  }

  /**
   * Flushes both dispatchers together, so that Hookferry's own listener knows everything that the
   * user's listener is notified of.
   */
  private void notifyListeners() {
    internal.flush();
    reporting.flush();
  }

  /** Returns how long collected notifications may still wait; null if there are none. */
  @Nullable Duration gathering() {
    Duration first = reporting.gathering();
    Duration other = internal.gathering();
    return first == null || (other != null && other.compareTo(first) < 0) ? other : first;
  }

  /** Submits everything, even notifications that may still wait. */
  void flushAll() {
    flush();
    notifyListeners();
  }

  /** Reports a fault from any thread; never throws, so that the caller can continue. */
  void fault(String what, Throwable cause) {
    try {
      if (!notifyNow(listener -> listener.fault(what, cause))) {
        System.getLogger(EffectExecutor.class.getName())
            .log(System.Logger.Level.WARNING, what, cause);
      }
      post.accept((engine, now) -> engine.storeFaults().reportedElsewhere(cause));
    } catch (RuntimeException | Error e) {
      if (e != cause) {
        cause.addSuppressed(e);
      }
    }
  }

  /** Notifies the listener from any thread; returns false after shutdown. */
  boolean notifyNow(Consumer<Listener> message) {
    boolean unused = internal.notifyNow(message);
    return reporting.notifyNow(message);
  }

  private void tell(Consumer<Listener> message) {
    boolean unused = notifyNow(message);
  }

  /** Hands all deliveries back to the store and ends all threads. */
  void stop() {
    if (lease.isRegistered()) {
      guarded("deliveries not handed back", () -> parts.store().deliveries().retire(lease.owner()));
    }
    List<ExecutorService> all = new ArrayList<>(List.of(lease.threads(), writers, claimer));
    all.addAll(attempts.threads());
    completer.finish();
    all.addAll(List.of(completer.threads(), internal.threads(), reporting.threads()));
    for (ExecutorService one : all) {
      one.shutdown();
      try {
        if (!one.awaitTermination(5, TimeUnit.SECONDS)) {
          one.shutdownNow();
        }
      } catch (InterruptedException e) {
        one.shutdownNow();
        Thread.currentThread().interrupt();
      }
    }
  }

  private void guarded(String what, Runnable action) {
    try {
      action.run();
    } catch (RuntimeException | Error e) {
      fault(what, e);
    }
  }
}
