package dev.hookferry.engine.outcome;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.CrashSuspicion;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.delivery.Response;
import dev.hookferry.engine.commit.CommitEntry;
import dev.hookferry.engine.commit.GroupCommit;
import dev.hookferry.engine.dispatch.Dispatcher;
import dev.hookferry.engine.dispatch.Lanes;
import dev.hookferry.engine.effect.Effects;
import dev.hookferry.engine.effect.Sending;
import dev.hookferry.engine.owned.OwnedDelivery;
import dev.hookferry.engine.routing.RoutingTable;
import dev.hookferry.event.Event;
import dev.hookferry.refusal.OverloadedException;
import dev.hookferry.store.commit.AttemptResult;
import dev.hookferry.store.commit.Command;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Evaluates the outcome of attempts and records the results. */
public final class ResultRecorder {
  private static final String BROKE = "could not evaluate the response: ";
  private static final String ONLY_OURS = "only internal failures for a day, the last one: ";
  private static final Duration TOOK = Duration.ZERO;

  private final RandomGenerator chance;
  private final Effects effects;
  private final RoutingTable routes;
  private final GroupCommit commits;
  private final Lanes lanes;
  private final Dispatcher dispatcher;
  private final InternalErrorBackoff internalErrors = new InternalErrorBackoff();

  /** Creates a recorder. */
  public ResultRecorder(
      RandomGenerator chance,
      Effects effects,
      RoutingTable routes,
      GroupCommit commits,
      Lanes lanes,
      Dispatcher dispatcher) {
    this.chance = chance;
    this.effects = effects;
    this.routes = routes;
    this.commits = commits;
    this.lanes = lanes;
    this.dispatcher = dispatcher;
  }

  /** Handles the end of an attempt; returns false if this node no longer owns the delivery. */
  public boolean ended(Sending sent, Outcome outcome, Instant now) {
    OwnedDelivery owned = lanes.find(sent.delivery().id());
    // A late or repeated callback of the transport must not end a later attempt.
    if (sent.incarnation() != dispatcher.incarnation()
        || owned == null
        || owned.phase != OwnedDelivery.Phase.IN_FLIGHT
        || !owned.delivery().equals(sent.delivery())) {
      return false;
    }
    AttemptResult result = judged(owned, sent, outcome, now);
    lanes.ended(owned, outcome);
    commits.add(new CommitEntry.RecordResult(owned, result));
    return true;
  }

  /**
   * Evaluates the end of an attempt before anything is changed, so that an exception caused by a
   * response cannot make the node lose track of what it owns.
   */
  private AttemptResult judged(OwnedDelivery owned, Sending sent, Outcome outcome, Instant now) {
    try {
      return result(owned, sent, outcome, now);
    } catch (RuntimeException | Error e) {
      return result(owned, sent, Outcome.failed(OutcomeKind.WORKER_DIED, BROKE + e, TOOK), now);
    }
  }

  private AttemptResult result(OwnedDelivery owned, Sending sent, Outcome outcome, Instant now) {
    Delivery after =
        RetryDecision.after(
            sent,
            outcome,
            routes.site(sent.delivery().site()),
            routes.endpoint(sent.endpoint().id()),
            new RetryDecision.Context(now, chance, internalErrors));
    if (owned.cancel != null && !after.state().isFinal()) {
      after = after.cancelled(now);
    }
    boolean counts = outcome.kind().countsAsAttempt();
    if (owned.test != null && !after.state().isFinal()) {
      after = counts ? sent.delivery().exhausted(now) : after.cancelled(now);
    }
    if (counts) {
      internalErrors.forget(after.id());
      return new AttemptResult(after, sent.ended(outcome));
    }
    effects.notifyListener(
        l ->
            l.fault(
                "attempt not counted: this node could not send delivery=" + sent.delivery().id(),
                new IllegalStateException(outcome.detail())));
    if (after.state() == DeliveryState.POISONED || after.state() == DeliveryState.BLOCKED) {
      internalErrors.forget(after.id());
      String why = ONLY_OURS + outcome.detail();
      return new AttemptResult(after, sent.ended(outcome.redacted(outcome.response(), why)));
    }
    return new AttemptResult(after, null, suspicion(owned, outcome));
  }

  private static CrashSuspicion suspicion(OwnedDelivery owned, Outcome outcome) {
    CrashSuspicion before = owned.work.suspicion();
    return outcome.kind() == OutcomeKind.WORKER_DIED ? before.afterError() : before.afterReturn();
  }

  /**
   * Handles a result that was written to the store.
   *
   * @param promoted whether the next delivery of an ordering key may be free now
   */
  public void recorded(CommitEntry.RecordResult recording, boolean promoted, Instant now) {
    OwnedDelivery owned = recording.owned();
    Delivery after = recording.result().delivery();
    Attempt attempt = recording.result().attempt();
    if (attempt != null) {
      Delivery before = owned.delivery();
      Event event = owned.work.event();
      Response response = attempt.outcome().response();
      effects.notifyOfAttempt(
          event,
          response == null ? 0 : response.size(),
          listener -> listener.attempted(attempt, before, event));
    }
    if (after.state().isFinal()) {
      effects.notifyOfEnd(after, listener -> listener.settled(after));
      dispatcher.claimAt(after.orderingKey() != null && promoted ? now : null);
    } else if (after.state() == DeliveryState.PENDING) {
      dispatcher.claimAt(after.dueAt());
    }
    reply(owned, after, attempt);
    dispatcher.forget(owned, now);
  }

  /**
   * Handles a result that was refused, because the delivery is no longer owned.
   *
   * @param isRepeated whether an earlier try of the same commit may have written it; most probably
   *     it did, and nothing is lost
   */
  public void refused(CommitEntry.RecordResult recording, boolean isRepeated, Instant now) {
    dispatcher.claimAt(recording.result().delivery().dueAt());
    if (isRepeated) {
      end(recording.owned(), now);
    } else {
      lost(recording.owned(), now);
    }
  }

  /**
   * Handles the loss of a delivery to another owner, which sends it again. Reports the loss of its
   * result if a request was sent; a delivery that only waited has none.
   */
  public void evicted(OwnedDelivery owned, Instant now) {
    if (owned.hasBegun()) {
      lost(owned, now);
    } else {
      end(owned, now);
    }
  }

  /** Reports a lost result: another owner has the delivery and will send it again. */
  private void lost(OwnedDelivery owned, Instant now) {
    effects.notifyListener(
        l ->
            l.fault(
                "result not recorded: another node owns it now delivery=" + owned.delivery().id(),
                new IllegalStateException("fenced")));
    end(owned, now);
  }

  private void end(OwnedDelivery owned, Instant now) {
    reply(owned, owned.delivery(), null);
    dispatcher.forget(owned, now);
  }

  private void reply(OwnedDelivery owned, Delivery after, @Nullable Attempt attempt) {
    CompletableFuture<Attempt> test = owned.test;
    if (test != null && attempt != null) {
      effects.reply(() -> test.complete(attempt));
    } else if (test != null) {
      effects.reply(
          () -> test.completeExceptionally(OverloadedException.soon("the test could not be sent")));
    }
    CompletableFuture<Command.Kind> cancel = owned.cancel;
    if (cancel != null) {
      effects.reply(() -> cancel.complete(cancellation(after.state())));
    }
  }

  private static Command.Kind cancellation(DeliveryState after) {
    if (after == DeliveryState.CANCELLED) {
      return Command.Kind.DONE;
    }
    return after.isFinal() ? Command.Kind.FINAL : Command.Kind.OWNED;
  }
}
