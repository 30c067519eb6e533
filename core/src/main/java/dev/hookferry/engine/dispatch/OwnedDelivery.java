package dev.hookferry.engine.dispatch;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.CrashSuspicion;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.engine.outcome.FailureCount;
import dev.hookferry.store.ClaimResult.Work;
import dev.hookferry.store.commit.AttemptResult;
import dev.hookferry.store.commit.Command;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A delivery that this node owns, and where it stands between the lane and the log. */
public final class OwnedDelivery {
  /** Where an owned delivery stands. */
  public enum Stage {
    /** Waits in its lane. */
    WAITING,
    /** A request is under way. */
    IN_FLIGHT,
    /** Its result waits for a commit or is being written. */
    RECORDING
  }

  public final Work work;
  public Stage stage = Stage.WAITING;

  /** When the request began that is under way. */
  Instant begunAt = Instant.MIN;

  /** Where it waited, from the beginning of its request on. */
  @Nullable Lane lane;

  /** Set if somebody cancelled during the request: completed when that is decided and written. */
  @Nullable public CompletableFuture<Command.Kind> cancel;

  /** Completed with the attempt, if somebody waits for it. */
  @Nullable public CompletableFuture<Attempt> test;

  /** How often the store failed at its result alone. */
  public FailureCount tries = new FailureCount();

  /** Its result as it was, while it is tried without what was answered; else null. */
  @Nullable public AttemptResult whole;

  /** What is noted against it while it is sent as a suspect on trial; else null. */
  @Nullable public CrashSuspicion trial;

  OwnedDelivery(Work work) {
    this.work = work;
  }

  public Delivery delivery() {
    return work.delivery();
  }
}
