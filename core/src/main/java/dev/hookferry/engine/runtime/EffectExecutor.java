package dev.hookferry.engine.runtime;

import dev.hookferry.delivery.CrashSuspicion;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.engine.Message;
import dev.hookferry.engine.effect.Effects;
import dev.hookferry.engine.effect.Sending;
import dev.hookferry.engine.send.Authorizer;
import dev.hookferry.engine.send.RequestSigner;
import dev.hookferry.engine.send.ResponseRedaction;
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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Executes the engine's effects on its own threads and posts the replies back. */
final class EffectExecutor implements Effects {
  /** Every hand-over wakes a thread, which costs more than a signature. */
  private static final int SIGNERS = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

  private static final int SIGNED_TOGETHER = 8;

  private final RuntimeParts parts;
  private final Consumer<Message> post;
  private final Watchdog watchdog;
  private final RequestSigner requests;
  private final Authorizer authorizer;
  private final InFlightJournal inFlight;
  private final ExecutorService writers;
  private final ExecutorService claimer;
  private final ExecutorService signers;
  private final FutureCompleter completer;
  private final ListenerDispatcher reporting;
  private final LeaseExecutor lease;
  private List<Sending> sendings = new ArrayList<>();

  EffectExecutor(RuntimeParts parts, StoreClock clock, Consumer<Message> post, Watchdog pulse) {
    this.parts = parts;
    this.post = post;
    this.watchdog = pulse;
    inFlight = parts.store().inFlightJournal();
    requests = new RequestSigner(parts.cipher(), parts.userAgent(), parts.policy());
    NodeThreads threads = parts.threads();
    writers = threads.pool("writer", parts.store().parallelCommits());
    claimer = threads.pool("claimer", 1);
    signers = threads.pool("signer", SIGNERS);
    authorizer = parts.authorizer(requests, signers);
    completer = new FutureCompleter(threads.pool("answerer", 1), this::fault);
    reporting =
        new ListenerDispatcher(threads.pool("reporter", 1), parts.listener(), System::nanoTime);
    lease = new LeaseExecutor(parts, clock, post, pulse, this::fault);
  }

  /** Registers with the store, which blocks, and starts the heartbeats of the engine. */
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
    requests.configured(config);
  }

  /** The request of an attempt, not to be sent. */
  SignedRequest request(Sending sending) {
    return requests.of(sending);
  }

  @Override
  public void commit(long number, Batch batch) {
    Owner committing = lease.owner();
    writers.execute(
        () -> {
          Watchdog.Call call = watchdog.begin("a commit");
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
          Watchdog.Call call = watchdog.begin("a claim");
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
  public void tryOut(Sending suspect) {
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
  public void answer(Runnable completion) {
    completer.add(completion);
  }

  @Override
  public void answer(CompletableFuture<?> whose, Runnable completion) {
    completer.add(whose, completion);
  }

  @Override
  public void notifyListener(Consumer<Listener> message) {
    reporting.add(message);
  }

  /** Hands over gathered work in one batch, because each hand-over costs more than many entries. */
  void flush() {
    if (!sendings.isEmpty()) {
      hand(sendings);
      sendings = new ArrayList<>();
    }
    completer.flush();
    reporting.flushGathered();
  }

  /** Hands over everything at the end of a turn. */
  void flushAll() {
    flush();
    reporting.flush();
  }

  /** Reports a fault from any thread; never throws, so that the caller can continue. */
  void fault(String what, Throwable cause) {
    try {
      if (!notifyNow(listener -> listener.fault(what, cause))) {
        System.getLogger(EffectExecutor.class.getName())
            .log(System.Logger.Level.WARNING, what, cause);
      }
    } catch (RuntimeException | Error e) {
      if (e != cause) {
        cause.addSuppressed(e);
      }
    }
  }

  /** Notifies the listener from any thread; returns false after shutdown. */
  boolean notifyNow(Consumer<Listener> message) {
    return reporting.notifyNow(message);
  }

  /** Hands everything back and ends all threads. */
  void stop() {
    guarded(
        "deliveries were not handed back", () -> parts.store().deliveries().retire(lease.owner()));
    for (ExecutorService one :
        List.of(
            lease.threads(), writers, claimer, signers, completer.threads(), reporting.threads())) {
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

  private void hand(List<Sending> all) {
    int size = Math.max(SIGNED_TOGETHER, (all.size() + SIGNERS - 1) / SIGNERS);
    for (int from = 0; from < all.size(); from += size) {
      List<Sending> part = all.subList(from, Math.min(from + size, all.size()));
      signers.execute(() -> part.forEach(this::attempt));
    }
  }

  private void attempt(Sending sending) {
    Outcome nowhere = sending.nowhere();
    if (nowhere != null) {
      post.accept((engine, now) -> engine.ended(sending, nowhere, now));
      return;
    }
    int note = recordInFlight(sending);
    AtomicBoolean done = new AtomicBoolean();
    Consumer<Outcome> whenDone =
        outcome -> {
          // A second callback must not end the record of a later request.
          if (!done.getAndSet(true)) {
            guarded("a note was not ended", () -> inFlight.end(note));
            post.accept((engine, now) -> engine.ended(sending, outcome, now));
          }
        };
    SignedRequest request;
    try {
      request = requests.of(sending);
    } catch (RuntimeException | Error e) {
      whenDone.accept(failed("the request could not be signed: ", e));
      return;
    }
    try {
      authorizer.send(sending, request, outcome -> whenDone.accept(cleaned(sending, outcome)));
    } catch (RuntimeException | Error e) {
      whenDone.accept(failed("the transport failed: ", e));
    }
  }

  /** Records the request for the case of a crash; the request is sent even if that fails. */
  private int recordInFlight(Sending sending) {
    try {
      return inFlight.begin(sending.delivery().id());
    } catch (RuntimeException | Error e) {
      fault("a request was not noted", e);
      return -1;
    }
  }

  private Outcome cleaned(Sending sending, Outcome outcome) {
    String left = "the response was left out, because its secrets could not be redacted";
    return ResponseRedaction.kept(
        () -> requests.cleaned(sending, outcome), outcome, failure -> fault(left, failure));
  }

  /**
   * An error counts like a crash, and a trial shows whether the delivery caused it. An
   * out-of-memory error says nothing about the delivery.
   */
  private static Outcome failed(String what, Throwable cause) {
    OutcomeKind kind = OutcomeKind.ofFailure(cause);
    boolean died = cause instanceof Error;
    return Outcome.failed(kind, what + (died ? cause : cause.getMessage()), Duration.ZERO);
  }

  private void guarded(String what, Runnable action) {
    try {
      action.run();
    } catch (RuntimeException | Error e) {
      fault(what, e);
    }
  }
}
