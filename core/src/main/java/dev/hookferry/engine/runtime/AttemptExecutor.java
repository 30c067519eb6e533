package dev.hookferry.engine.runtime;

import dev.hookferry.body.BodyException;
import dev.hookferry.body.BodySettings;
import dev.hookferry.body.MappedBody;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.engine.Message;
import dev.hookferry.engine.effect.Sending;
import dev.hookferry.engine.send.Authorizer;
import dev.hookferry.engine.send.RequestSigner;
import dev.hookferry.engine.send.ResponseRedaction;
import dev.hookferry.field.DurationText;
import dev.hookferry.observe.Listener;
import dev.hookferry.policy.ServerPolicy;
import dev.hookferry.signer.SignerException;
import dev.hookferry.store.InFlightJournal;
import dev.hookferry.store.config.Config;
import dev.hookferry.transport.SignedRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes attempts: body, signature, request. Code that may hang runs in {@link ExtensionCalls}. */
final class AttemptExecutor {
  /** Signing threads; few, because waking a thread costs more than computing a signature. */
  private static final int SIGNERS = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

  private static final int SIGNED_TOGETHER = 8;

  private final RuntimeParts parts;
  private final Consumer<Message> post;
  private final BiConsumer<String, Throwable> fault;
  private final ServerPolicy policy;
  private final InFlightJournal inFlight;
  private final RequestSigner requests;
  private final ExecutorService signers;
  private final Authorizer authorizer;
  private final ExtensionCalls extensions;
  private final Consumer<Consumer<Listener>> listeners;
  private final InstantSource steady;

  AttemptExecutor(
      RuntimeParts parts,
      Consumer<Message> post,
      BiConsumer<String, Throwable> fault,
      Consumer<Consumer<Listener>> listeners) {
    this.parts = parts;
    this.post = post;
    this.fault = fault;
    policy = parts.policy();
    inFlight = parts.store().inFlightJournal();
    requests = parts.signer();
    signers = parts.threads().pool("signer", SIGNERS);
    authorizer = parts.authorizer(requests, signers, listeners);
    extensions = new ExtensionCalls(parts);
    this.listeners = listeners;
    steady = parts.steadyClock();
  }

  /** Drops the opened secrets of endpoints that have changed. */
  void configured(Config config) {
    requests.configured(config);
  }

  /** Builds the request of an attempt without sending it; may call a mapper and a signer. */
  SignedRequest request(Sending sending) {
    MappedBody mapped = sending.buildBody(parts.defaults().bodies());
    return requests.signerOf(sending) == null
        ? requests.of(sending, mapped)
        : TimedCall.of(sending.timeout(policy), () -> requests.of(sending, mapped));
  }

  List<ExecutorService> threads() {
    List<ExecutorService> all = new ArrayList<>(extensions.threads());
    all.add(signers);
    return all;
  }

  /** Starts attempts on the signing threads, in batches. */
  void begin(List<Sending> all) {
    int size = Math.max(SIGNED_TOGETHER, (all.size() + SIGNERS - 1) / SIGNERS);
    for (int from = 0; from < all.size(); from += size) {
      List<Sending> part = all.subList(from, Math.min(from + size, all.size()));
      signers.execute(() -> part.forEach(sending -> new RunningAttempt(sending).begin()));
    }
  }

  /**
   * One attempt, step by step: begin, body, signature, request, end. After a step that calls an
   * extension, the attempt continues on another thread.
   */
  private final class RunningAttempt {
    private final Sending sending;
    private final Duration limit;
    private final AtomicBoolean ended = new AtomicBoolean();
    private int note = -1;

    RunningAttempt(Sending sending) {
      this.sending = sending;
      limit = sending.timeout(policy);
    }

    void begin() {
      Outcome routingFailure = sending.routingFailure();
      if (routingFailure != null) {
        post.accept((engine, now) -> engine.ended(sending, routingFailure, now));
        return;
      }
      note = recordInFlight();
      BodySettings own = sending.ownBody();
      ExecutorService mapping = own == null ? null : extensions.mapper(own.mapper());
      if (mapping == null) {
        makeBody();
      } else {
        ExtensionCalls.call(mapping, limit, this::body, this::mapped);
      }
    }

    /** Records the request in case the process crashes; it is sent even if recording fails. */
    private int recordInFlight() {
      try {
        return inFlight.begin(sending.delivery().id());
      } catch (RuntimeException | Error e) {
        fault.accept("request in flight not recorded", e);
        return -1;
      }
    }

    private @Nullable MappedBody body() {
      return sending.buildBody(parts.defaults().bodies());
    }

    private void makeBody() {
      MappedBody mapped;
      try {
        mapped = body();
      } catch (RuntimeException | Error e) {
        end(withoutBody(e));
        return;
      }
      sign(mapped);
    }

    private void mapped(@Nullable MappedBody mapped, @Nullable Throwable failure) {
      if (failure == null) {
        signers.execute(() -> sign(mapped));
      } else {
        end(withoutBody(failure));
      }
    }

    private Outcome withoutBody(Throwable failure) {
      if (failure instanceof TimeoutException) {
        String why = "the mapper took longer than " + DurationText.of(limit);
        return Outcome.failed(OutcomeKind.BODY_FAILED, why, Duration.ZERO);
      }
      return failure instanceof BodyException known
          ? Outcome.failed(OutcomeKind.BODY_FAILED, known.reason(), Duration.ZERO)
          : failed("the body could not be built: ", failure);
    }

    private void sign(@Nullable MappedBody mapped) {
      String signer = requests.signerOf(sending);
      ExecutorService signing = extensions.signer(signer);
      if (signer != null && signing != null) {
        Instant startedAt = steady.instant();
        ExtensionCalls.<SignedRequest>call(
            signing,
            limit,
            () -> requests.of(sending, mapped),
            (request, failure) -> signed(signer, startedAt, request, failure));
        return;
      }
      SignedRequest request;
      try {
        request = requests.of(sending, mapped);
      } catch (RuntimeException | Error e) {
        end(unsigned(e));
        return;
      }
      send(request);
    }

    /** The receiver still gets its full time limit, since a slow signer is not its fault. */
    private void signed(
        String signer,
        Instant startedAt,
        @Nullable SignedRequest request,
        @Nullable Throwable failure) {
      Duration took = Duration.between(startedAt, steady.instant());
      listeners.accept(listener -> listener.signerCalled(signer, request != null, took));
      if (request == null) {
        end(unsigned(failure));
      } else {
        signers.execute(() -> send(request));
      }
    }

    private Outcome unsigned(@Nullable Throwable failure) {
      if (failure instanceof TimeoutException) {
        String why = "the signer took longer than " + DurationText.of(limit);
        return Outcome.failed(OutcomeKind.SIGNING_FAILED, why, limit);
      }
      return failure instanceof SignerException known
          ? Outcome.failed(OutcomeKind.SIGNING_FAILED, known.reason(), Duration.ZERO)
          : failed("the request could not be signed: ", failure);
    }

    private void send(SignedRequest request) {
      try {
        authorizer.send(sending, request, outcome -> end(cleaned(outcome)));
      } catch (RuntimeException | Error e) {
        end(failed("the transport failed: ", e));
      }
    }

    private Outcome cleaned(Outcome outcome) {
      String left = "the response was omitted, because its secrets could not be redacted";
      return ResponseRedaction.kept(
          () -> requests.cleaned(sending, outcome),
          outcome,
          failure -> fault.accept(left, failure));
    }

    /** Ends the attempt. A second call has no effect: its slot may belong to a later request. */
    private void end(Outcome outcome) {
      if (!ended.getAndSet(true)) {
        endRecord();
        post.accept((engine, now) -> engine.ended(sending, outcome, now));
      }
    }

    private void endRecord() {
      try {
        inFlight.end(note);
      } catch (RuntimeException | Error e) {
        fault.accept("record of a request in flight not removed", e);
      }
    }
  }

  /**
   * Returns the outcome of an internal failure. An {@link Error} counts like a crash, and a trial
   * shows whether the delivery caused it. An out-of-memory error says nothing about the delivery.
   */
  private static Outcome failed(String what, @Nullable Throwable cause) {
    if (cause == null) {
      return Outcome.failed(OutcomeKind.INTERNAL_ERROR, what + "no result", Duration.ZERO);
    }
    OutcomeKind kind = OutcomeKind.ofFailure(cause);
    boolean died = cause instanceof Error;
    return Outcome.failed(kind, what + (died ? cause : cause.getMessage()), Duration.ZERO);
  }
}
