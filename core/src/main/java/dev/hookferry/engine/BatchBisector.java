package dev.hookferry.engine;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.delivery.Response;
import dev.hookferry.engine.commit.Commit;
import dev.hookferry.engine.dispatch.OwnedDelivery;
import dev.hookferry.engine.effect.Sending;
import dev.hookferry.engine.outcome.FailureCount;
import dev.hookferry.event.Payload;
import dev.hookferry.store.commit.AttemptResult;
import java.time.Duration;
import java.time.Instant;

/**
 * Isolates entries that the store rejects, by bisecting their batch, so that one bad row does not
 * block it forever. A rejected event is refused to its caller only; a rejected result is written
 * without the response; if that is rejected too, the delivery is poisoned.
 */
final class BatchBisector {
  private static final String LEFT_OUT = "the store rejected the response";
  private static final String PARKED = "the store rejected the result of this attempt";

  private final EngineState memory;
  private final Intake accepting;
  private final Dispatcher delivering;

  BatchBisector(EngineState memory, Intake accepting, Dispatcher delivering) {
    this.memory = memory;
    this.accepting = accepting;
    this.delivering = delivering;
  }

  /** Handles a commit that the store rejected for its content. */
  void found(long number, RuntimeException cause, Instant now) {
    Commit commit = refused(number);
    if (commit.parts() == 1) {
      end(commit, cause, now);
    } else {
      memory.commits.halve(commit);
    }
  }

  /**
   * Takes out a rejected commit. Its owner may be dead by now, and the new owner must not write its
   * results.
   */
  private Commit refused(long number) {
    Commit commit = memory.commits.refused(number);
    if (commit.incarnation != memory.incarnation) {
      commit.dropOwned();
    }
    return commit;
  }

  /**
   * Handles a commit that failed for an unknown reason: retries it in parts, because an earlier try
   * may have been written. An entry that keeps failing while other commits succeed is the cause.
   */
  void failed(long number, RuntimeException cause, Instant now) {
    Commit commit = refused(number);
    if (commit.parts() != 1) {
      memory.commits.stall(now);
      memory.commits.halve(commit);
      return;
    }
    FailureCount tries = commit.tries();
    boolean wasMany = tries.isMany();
    tries.failed(memory.commits.passed());
    if (tries.isProven()) {
      memory.commits.stall(now);
      end(commit, cause, now);
      return;
    }
    if (tries.isMany() && !wasMany) {
      commit.publishings.forEach(accepting::unknown);
    }
    commit.recordings.replaceAll(recording -> next(recording, tries));
    memory.commits.again(commit, now);
  }

  /**
   * Occasionally tries the result without its response: if that succeeds, the response was the
   * cause.
   */
  private static Commit.Recording next(Commit.Recording recording, FailureCount tries) {
    OwnedDelivery held = recording.held();
    AttemptResult result = held.whole == null ? recording.result() : held.whole;
    boolean bare = tries.isTurn() && result.attempt() != null;
    held.whole = bare ? result : null;
    return new Commit.Recording(held, bare ? without(result) : result);
  }

  /** Ends the only entry of a commit. */
  void end(Commit commit, RuntimeException cause, Instant now) {
    memory.effects.tell(l -> l.fault("the store refuses " + name(commit), cause));
    commit.publishings.forEach(
        publishing -> {
          memory.commits.forget(publishing);
          accepting.refused(publishing, cause);
        });
    commit.askings.forEach(asking -> asking.orElse().accept(cause));
    if (commit.incarnation == memory.incarnation) {
      commit.releasings.forEach(releasing -> delivering.forget(releasing.held(), now));
      commit.recordings.forEach(recording -> milder(recording, now));
    }
    memory.runAfterCommit(now);
  }

  private void milder(Commit.Recording recording, Instant now) {
    OwnedDelivery held = recording.held();
    AttemptResult result = recording.result();
    boolean proven = held.tries.isProven();
    boolean passedOver = held.tries.isPassedOver(memory.commits.passed());
    held.whole = null;
    if (!without(result).equals(result)) {
      begin(held, without(result));
    } else if (result.delivery().state() == DeliveryState.POISONED) {
      // Nothing more can be recorded; the next process or owner starts over.
      delivering.forget(held, now);
    } else if (proven || passedOver) {
      begin(held, parked(held, now));
    } else {
      // Until another commit succeeds, the store itself may be the cause.
      held.tries.failed(memory.commits.passed());
      memory.commits.later(Commit.of(recording), now);
    }
  }

  private void begin(OwnedDelivery held, AttemptResult result) {
    held.tries = new FailureCount();
    held.tries.failed(memory.commits.passed());
    memory.commits.add(Commit.of(new Commit.Recording(held, result)));
  }

  private static AttemptResult without(AttemptResult result) {
    Attempt attempt = result.attempt();
    return attempt == null
        ? result
        : new AttemptResult(
            result.delivery(), attempt.with(bare(attempt.outcome())), result.suspicion());
  }

  private AttemptResult parked(OwnedDelivery held, Instant now) {
    Delivery delivery = held.delivery();
    Sending last = delivering.sending(held, now);
    Outcome outcome = Outcome.failed(OutcomeKind.WORKER_DIED, PARKED, Duration.ZERO);
    return new AttemptResult(delivery.poisoned(now), last == null ? null : last.ended(outcome));
  }

  private static Outcome bare(Outcome outcome) {
    Response response = outcome.response();
    return new Outcome(
        outcome.kind(),
        response == null
            ? null
            : new Response(response.status(), Payload.empty(), true, null, null),
        outcome.detail().equals(PARKED) ? PARKED : LEFT_OUT,
        outcome.took());
  }

  private static String name(Commit commit) {
    if (!commit.publishings.isEmpty()) {
      return "event " + commit.publishings.get(0).publication().entries().get(0).event().id();
    }
    if (!commit.recordings.isEmpty()) {
      return "a result of " + commit.recordings.get(0).held().delivery().id();
    }
    return commit.releasings.isEmpty()
        ? "a command"
        : "to take back " + commit.releasings.get(0).held().delivery().id();
  }
}
