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
import dev.hookferry.policy.DeliveryPolicy;
import dev.hookferry.store.InFlightJournal;
import dev.hookferry.store.config.Config;
import dev.hookferry.transport.SignedRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes attempts: body, signature, request. Each mapper runs on threads of its own, so that one
 * that hangs holds up only the endpoints that choose it, and those only until the time limit.
 */
final class AttemptExecutor {
  /** Every hand-over wakes a thread, which costs more than a signature. */
  private static final int SIGNERS = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

  private static final int SIGNED_TOGETHER = 8;

  /** Threads of each mapper. */
  private static final int MAPPING = 2;

  private final RuntimeParts parts;
  private final Consumer<Message> post;
  private final BiConsumer<String, Throwable> fault;
  private final InFlightJournal inFlight;
  private final RequestSigner requests;
  private final ExecutorService signers;
  private final Authorizer authorizer;
  private final Map<String, ExecutorService> mappers = new HashMap<>();

  AttemptExecutor(RuntimeParts parts, Consumer<Message> post, BiConsumer<String, Throwable> fault) {
    this.parts = parts;
    this.post = post;
    this.fault = fault;
    inFlight = parts.store().inFlightJournal();
    requests = parts.signer();
    signers = parts.threads().pool("signer", SIGNERS);
    authorizer = parts.authorizer(requests, signers);
    for (String name : parts.defaults().bodies().mappers()) {
      mappers.put(name, parts.threads().pool("mapper-" + name, MAPPING));
    }
  }

  /** The configuration was changed, so opened secrets may be others. */
  void configured(Config config) {
    requests.configured(config);
  }

  /** Returns the request of an attempt, not to be sent; calls a mapper on this thread. */
  SignedRequest request(Sending sending) {
    return requests.of(sending, sending.made(parts.defaults().bodies()));
  }

  List<ExecutorService> threads() {
    List<ExecutorService> all = new ArrayList<>(mappers.values());
    all.add(signers);
    return all;
  }

  /** Hands attempts over to other threads. */
  void begin(List<Sending> all) {
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
            endRecord(note);
            post.accept((engine, now) -> engine.ended(sending, outcome, now));
          }
        };
    BodySettings own = sending.ownBody();
    ExecutorService mapping = own == null ? null : mappers.get(own.mapper());
    if (mapping != null) {
      map(sending, mapping, whenDone);
      return;
    }
    MappedBody made;
    try {
      made = sending.made(parts.defaults().bodies());
    } catch (RuntimeException | Error e) {
      whenDone.accept(withoutBody(sending, e));
      return;
    }
    send(sending, made, whenDone);
  }

  private void map(Sending sending, ExecutorService mapping, Consumer<Outcome> whenDone) {
    CompletableFuture<@Nullable MappedBody> making = new CompletableFuture<>();
    Future<?> task;
    try {
      task =
          mapping.submit(
              () -> {
                try {
                  making.complete(sending.made(parts.defaults().bodies()));
                } catch (RuntimeException | Error e) {
                  making.completeExceptionally(e);
                }
              });
    } catch (RejectedExecutionException e) {
      whenDone.accept(failed("the body could not be made: ", e));
      return;
    }
    var unused =
        making
            .orTimeout(limit(sending).toMillis(), TimeUnit.MILLISECONDS)
            .whenComplete(
                (made, failure) -> {
                  if (failure instanceof TimeoutException) {
                    task.cancel(true);
                  }
                  if (failure != null) {
                    whenDone.accept(withoutBody(sending, failure));
                  } else {
                    signers.execute(() -> send(sending, made, whenDone));
                  }
                });
  }

  private Duration limit(Sending sending) {
    return DeliveryPolicy.timeout(sending.site(), sending.endpoint(), parts.policy()).value();
  }

  private Outcome withoutBody(Sending sending, Throwable failure) {
    if (failure instanceof TimeoutException) {
      String why = "the mapper took longer than " + DurationText.of(limit(sending));
      return Outcome.failed(OutcomeKind.BODY_FAILED, why, Duration.ZERO);
    }
    return failure instanceof BodyException known
        ? Outcome.failed(OutcomeKind.BODY_FAILED, known.reason(), Duration.ZERO)
        : failed("the body could not be made: ", failure);
  }

  private void send(Sending sending, @Nullable MappedBody made, Consumer<Outcome> whenDone) {
    SignedRequest request;
    try {
      request = requests.of(sending, made);
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
      fault.accept("a request was not noted", e);
      return -1;
    }
  }

  private void endRecord(int note) {
    try {
      inFlight.end(note);
    } catch (RuntimeException | Error e) {
      fault.accept("a note was not ended", e);
    }
  }

  private Outcome cleaned(Sending sending, Outcome outcome) {
    String left = "the response was left out, because its secrets could not be redacted";
    return ResponseRedaction.kept(
        () -> requests.cleaned(sending, outcome), outcome, failure -> fault.accept(left, failure));
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
}
