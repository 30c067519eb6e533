package dev.hookferry.engine;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.CrashSuspicion;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.engine.commit.Commit;
import dev.hookferry.engine.commit.CommitEntry;
import dev.hookferry.engine.dispatch.OwnedDelivery;
import dev.hookferry.engine.effect.Sending;
import dev.hookferry.engine.outcome.RetryDecision;
import dev.hookferry.id.AttemptId;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.site.Site;
import dev.hookferry.store.ClaimResult.Work;
import dev.hookferry.store.commit.AttemptResult;
import dev.hookferry.store.commit.Command;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Runs deliveries on this node: admits them, sends them, evaluates the outcome and records the
 * result.
 */
final class Dispatcher {
  private static final String BROKE = "could not evaluate the response: ";
  private static final String ONLY_OURS = "only internal failures for a day, the last one: ";
  private static final Duration TOOK = Duration.ZERO;

  private final EngineState memory;
  private final Quarantine quarantine;

  Dispatcher(EngineState memory) {
    this.memory = memory;
    quarantine = new Quarantine(memory, this);
  }

  /** Admits a delivery of an event that this node has just accepted. */
  void admitFresh(Work work, Instant now) {
    Endpoint endpoint = open(work, now);
    if (endpoint != null) {
      memory.lanes.addFresh(endpoint, work);
    }
  }

  /** Admits a delivery claimed from the store. */
  void admitClaimed(Work work, Instant now) {
    if (memory.lanes.find(work.delivery().id()) != null) {
      // Our commit has released it, but the reply of the store is late or lost.
      memory.claimedEarly.put(work.delivery().id(), work);
      return;
    }
    Endpoint endpoint = open(work, now);
    if (endpoint != null && !quarantine.admit(work, now)) {
      memory.lanes.addClaimed(endpoint, work);
    }
  }

  /** Sends the delivery of a test event immediately. */
  void sendTest(Work work, CompletableFuture<Attempt> answer) {
    Endpoint endpoint = memory.routes.endpoint(work.delivery().endpoint());
    Instant now = work.event().acceptedAt();
    if (endpoint == null) {
      cancel(memory.lanes.addAside(work), now);
      return;
    }
    OwnedDelivery held = memory.lanes.addAside(work);
    held.test = answer;
    sendAside(held, endpoint, now);
  }

  /** Sends a delivery without queueing it in its lane. */
  void sendAside(OwnedDelivery held, Endpoint endpoint, Instant now) {
    memory.lanes.beginAside(endpoint, held, now);
    send(held, now);
  }

  /** Returns the quarantine of suspected poison deliveries. */
  Quarantine quarantine() {
    return quarantine;
  }

  /** Sends ready deliveries, as far as the concurrency windows allow. */
  void sendReady(Instant now) {
    if (memory.lanes.age(now)) {
      memory.claims.dueAt(now);
    }
    while (!memory.draining && !memory.commits.isStalled(now)) {
      OwnedDelivery next = memory.lanes.next(now);
      if (next == null) {
        return;
      }
      send(next, now);
    }
  }

  /** Handles the end of an attempt; returns false if this node no longer owns the delivery. */
  boolean ended(Sending sent, Outcome outcome, Instant now) {
    OwnedDelivery held = memory.lanes.find(sent.delivery().id());
    // A late or repeated callback of the transport must not end a later attempt.
    if (sent.incarnation() != memory.incarnation
        || held == null
        || held.stage != OwnedDelivery.Stage.IN_FLIGHT
        || !held.delivery().equals(sent.delivery())) {
      return false;
    }
    AttemptResult result = judged(held, sent, outcome, now);
    memory.lanes.ended(held, outcome);
    memory.commits.add(new CommitEntry.RecordResult(held, result));
    return true;
  }

  /**
   * Evaluates the end of an attempt before anything is changed, so that an exception caused by a
   * response cannot make the node lose track of what it owns.
   */
  private AttemptResult judged(OwnedDelivery held, Sending sent, Outcome outcome, Instant now) {
    try {
      return result(held, sent, outcome, now);
    } catch (RuntimeException | Error e) {
      return result(held, sent, Outcome.failed(OutcomeKind.WORKER_DIED, BROKE + e, TOOK), now);
    }
  }

  private AttemptResult result(OwnedDelivery held, Sending sent, Outcome outcome, Instant now) {
    Delivery after =
        RetryDecision.after(
            sent,
            outcome,
            memory.routes.site(sent.delivery().site()),
            memory.routes.endpoint(sent.endpoint().id()),
            new RetryDecision.Clockwork(now, memory.chance, memory.postponements));
    if (held.cancel != null && !after.state().isFinal()) {
      after = after.cancelled(now);
    }
    if (outcome.kind().counts()) {
      memory.postponements.forget(after.id());
      return new AttemptResult(after, sent.ended(outcome));
    }
    memory.effects.tell(
        l -> l.fault(outcome.detail(), new IllegalStateException(outcome.detail())));
    if (after.state() == DeliveryState.POISONED) {
      memory.postponements.forget(after.id());
      String why = ONLY_OURS + outcome.detail();
      return new AttemptResult(after, sent.ended(outcome.reworded(outcome.response(), why)));
    }
    return new AttemptResult(after, null, suspicion(held, outcome));
  }

  private static CrashSuspicion suspicion(OwnedDelivery held, Outcome outcome) {
    CrashSuspicion before = held.work.suspicion();
    return outcome.kind() == OutcomeKind.WORKER_DIED ? before.afterError() : before.afterReturn();
  }

  /** Handles a result that was written to the log, or refused because its owner was not alive. */
  void recorded(CommitEntry.RecordResult recording, Set<DeliveryId> refused, Instant now) {
    if (refused.contains(recording.held().delivery().id())) {
      refusedResult(recording, now);
      return;
    }
    OwnedDelivery held = recording.held();
    Delivery after = recording.result().delivery();
    Attempt attempt = recording.result().attempt();
    if (attempt != null) {
      Delivery before = held.delivery();
      memory.effects.tell(listener -> listener.attempted(attempt, before));
    }
    if (after.state().isFinal()) {
      memory.effects.tell(listener -> listener.settled(after));
    } else {
      memory.claims.dueAt(after.dueAt());
    }
    answer(held, after, attempt);
    forget(held, now);
  }

  /** Handles a refused result, which an earlier try of the same commit may have written. */
  private void refusedResult(CommitEntry.RecordResult recording, Instant now) {
    memory.claims.dueAt(recording.result().delivery().dueAt());
    refused(recording.held(), now);
  }

  /** Handles a refused result: another owner has the delivery and will send it again. */
  void refused(OwnedDelivery held, Instant now) {
    memory.effects.tell(
        l ->
            l.fault(
                held.delivery().id() + " is owned by another node now; its result was not recorded",
                new IllegalStateException("fenced")));
    answer(held, held.delivery(), null);
    forget(held, now);
  }

  /** Drops a delivery that this node no longer owns, unless it has already claimed it again. */
  void forget(OwnedDelivery held, Instant now) {
    memory.forget(held, now);
    quarantine.ended(held.delivery().id());
    Work again = memory.claimedEarly.remove(held.delivery().id());
    if (again != null) {
      admitClaimed(again, now);
    }
  }

  /**
   * Confirms results of uncertain commits: the store has handed the delivery out again, so they
   * were written.
   */
  void prove(Instant now) {
    for (Commit commit : memory.commits.inDoubt()) {
      for (CommitEntry entry : commit.takeProven(memory.claimedEarly::containsKey)) {
        OwnedDelivery held = entry.held();
        if (entry instanceof CommitEntry.RecordResult result) {
          recorded(result, Set.of(), now);
        } else if (held != null) {
          forget(held, now);
        }
      }
    }
  }

  /** Records the cancellation of an owned delivery. */
  void cancel(OwnedDelivery held, Instant now) {
    memory.commits.add(
        new CommitEntry.RecordResult(
            held, new AttemptResult(held.delivery().cancelled(now), null)));
  }

  /** Releases an owned delivery to the store. */
  void release(OwnedDelivery held) {
    memory.commits.add(new CommitEntry.Release(held));
  }

  /**
   * Returns the endpoint to send to; null if nothing may be sent now, in which case the delivery
   * has been cancelled or released.
   */
  private @Nullable Endpoint open(Work work, Instant now) {
    Endpoint endpoint = memory.routes.endpoint(work.delivery().endpoint());
    if (endpoint == null) {
      cancel(memory.lanes.addAside(work), now);
      return null;
    }
    if (memory.routes.isPaused(endpoint) || memory.lanes.isShut(endpoint.id()) || memory.draining) {
      release(memory.lanes.addAside(work));
      return null;
    }
    return endpoint;
  }

  private void send(OwnedDelivery held, Instant now) {
    Sending sending = sending(held, now);
    if (sending == null) {
      throw new IllegalStateException(held.delivery().id() + " is in a lane of a removed endpoint");
    }
    memory.effects.send(sending);
  }

  /**
   * Creates an attempt from the current configuration; null if its site or endpoint was removed.
   */
  @Nullable Sending sending(OwnedDelivery held, Instant now) {
    Delivery delivery = held.delivery();
    Site site = memory.routes.site(delivery.site());
    Endpoint endpoint = memory.routes.endpoint(delivery.endpoint());
    return site == null || endpoint == null
        ? null
        : new Sending(
            memory.incarnation,
            new AttemptId(memory.ids.next(now)),
            delivery,
            held.work.event(),
            site,
            endpoint,
            now,
            held.trial);
  }

  private void answer(OwnedDelivery held, Delivery after, @Nullable Attempt attempt) {
    CompletableFuture<Attempt> test = held.test;
    if (test != null && attempt != null) {
      memory.effects.answer(() -> test.complete(attempt));
    } else if (test != null) {
      memory.effects.answer(
          () -> test.completeExceptionally(EngineState.overloaded("the test could not be made")));
    }
    CompletableFuture<Command.Kind> cancel = held.cancel;
    if (cancel != null) {
      Command.Kind kind =
          after.state() == DeliveryState.CANCELLED ? Command.Kind.DONE : Command.Kind.FINAL;
      memory.effects.answer(() -> cancel.complete(kind));
    }
  }
}
