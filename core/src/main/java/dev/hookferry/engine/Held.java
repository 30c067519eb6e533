package dev.hookferry.engine;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.Suspicion;
import dev.hookferry.port.Claimed.Work;
import dev.hookferry.port.Command;
import dev.hookferry.port.Result;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A delivery that this node owns, and where it stands between the lane and the log. */
final class Held {
  /** Where an owned delivery stands. */
  enum Stage {
    /** Waits in its lane. */
    WAITING,
    /** A request is under way. */
    IN_FLIGHT,
    /** Its result waits for a commit or is being written. */
    RECORDING
  }

  final Work work;
  Stage stage = Stage.WAITING;

  /** When the request began that is under way. */
  Instant begunAt = Instant.MIN;

  /** Where it waited, from the beginning of its request on. */
  @Nullable Lane lane;

  /** Set if somebody cancelled during the request: completed when that is decided and written. */
  @Nullable CompletableFuture<Command.Kind> cancel;

  /** Completed with the attempt, if somebody waits for it. */
  @Nullable CompletableFuture<Attempt> test;

  /** How often the store failed at its result alone. */
  Tries tries = new Tries();

  /** Its result as it was, while it is tried without what was answered; else null. */
  @Nullable Result whole;

  /** What is noted against it while it is sent as a suspect on trial; else null. */
  @Nullable Suspicion trial;

  Held(Work work) {
    this.work = work;
  }

  Delivery delivery() {
    return work.delivery();
  }
}
