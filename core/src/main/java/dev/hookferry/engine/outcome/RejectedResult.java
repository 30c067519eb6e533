package dev.hookferry.engine.outcome;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.delivery.Response;
import dev.hookferry.engine.commit.CommitEntry;
import dev.hookferry.engine.commit.GroupCommit;
import dev.hookferry.engine.dispatch.Dispatcher;
import dev.hookferry.engine.effect.Sending;
import dev.hookferry.engine.owned.OwnedDelivery;
import dev.hookferry.event.Payload;
import dev.hookferry.store.commit.AttemptResult;
import java.time.Duration;
import java.time.Instant;

/**
 * Finds a form of a rejected result that the store accepts: first without the response; if that is
 * rejected too while other commits succeed, the delivery is poisoned, or blocks its ordering key.
 */
public final class RejectedResult {
  private static final String LEFT_OUT = "the store rejected the response";
  private static final String PARKED = "the store rejected the result of this attempt";

  private final GroupCommit commits;
  private final Dispatcher dispatcher;

  /** Creates the handler. */
  public RejectedResult(GroupCommit commits, Dispatcher dispatcher) {
    this.commits = commits;
    this.dispatcher = dispatcher;
  }

  /** Handles a result that the store rejected while it was the only entry of its commit. */
  public void rejected(CommitEntry.RecordResult rejected, Instant now) {
    OwnedDelivery owned = rejected.owned();
    AttemptResult result = rejected.result();
    long passed = commits.passed();
    long rejectedAt = rejected.rejectedAt();
    if (!without(result).equals(result)) {
      commits.addAlone(new CommitEntry.RecordResult(owned, without(result), passed));
    } else if (result.delivery().state() == DeliveryState.POISONED || isParked(result)) {
      // Nothing more can be recorded; the next process or owner starts over.
      dispatcher.forget(owned, now);
    } else if (rejectedAt != CommitEntry.RecordResult.NEVER && passed > rejectedAt) {
      commits.addAlone(new CommitEntry.RecordResult(owned, parked(owned, now)));
    } else {
      // Until another commit succeeds, the store itself may be the cause.
      commits.addLater(new CommitEntry.RecordResult(owned, result, passed), now);
    }
  }

  private static AttemptResult without(AttemptResult result) {
    Attempt attempt = result.attempt();
    return attempt == null
        ? result
        : new AttemptResult(
            result.delivery(), attempt.with(bare(attempt.outcome())), result.suspicion());
  }

  private AttemptResult parked(OwnedDelivery owned, Instant now) {
    Delivery delivery = owned.delivery();
    Sending last = dispatcher.sending(owned, now);
    Outcome outcome = Outcome.failed(OutcomeKind.WORKER_DIED, PARKED, Duration.ZERO);
    Delivery poisoned = delivery.poisoned(now);
    return last == null
        ? new AttemptResult(poisoned, null)
        : new AttemptResult(
            last.endpoint().order().givenUp(delivery, poisoned, now), last.ended(outcome));
  }

  private static boolean isParked(AttemptResult result) {
    Attempt attempt = result.attempt();
    return attempt != null && attempt.outcome().detail().equals(PARKED);
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
}
