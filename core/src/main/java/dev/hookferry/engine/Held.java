package dev.hookferry.engine;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.port.Claimed.Work;
import dev.hookferry.port.Command;
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

  Held(Work work) {
    this.work = work;
  }

  Delivery delivery() {
    return work.delivery();
  }
}
