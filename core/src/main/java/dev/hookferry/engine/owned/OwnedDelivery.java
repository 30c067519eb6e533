package dev.hookferry.engine.owned;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.CrashSuspicion;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.store.ClaimResult.Work;
import dev.hookferry.store.commit.Command;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A delivery that this node owns and the phase of processing it is in. */
public final class OwnedDelivery {
  /** Phase of processing of an owned delivery. */
  public enum Phase {
    /** Waiting in its lane. */
    WAITING,
    /** In quarantine, until it is tried alone. */
    QUARANTINED,
    /** A request is in flight. */
    IN_FLIGHT,
    /** Its result or hand-back is waiting for a commit or being written. */
    RECORDING
  }

  public final Work work;
  public Phase phase = Phase.WAITING;

  /** Start of the request in flight; {@link Instant#MIN} before that. */
  public Instant begunAt = Instant.MIN;

  /** Reply to a cancellation, or null; completed once the outcome is decided and written. */
  @Nullable public CompletableFuture<Command.Kind> cancel;

  /** Reply to a test, completed with the attempt; null if no caller waits for it. */
  @Nullable public CompletableFuture<Attempt> test;

  /** The suspicion recorded while it is on trial; otherwise null. */
  @Nullable public CrashSuspicion trial;

  /** Creates an owned delivery that waits. */
  public OwnedDelivery(Work work) {
    this.work = work;
  }

  /** Returns whether this node began a request, so that it owes the store a result. */
  public boolean hasBegun() {
    return !begunAt.equals(Instant.MIN);
  }

  public Delivery delivery() {
    return work.delivery();
  }
}
