package dev.hookferry.engine.dispatch;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Schedule of claims for work that is in the store but not in memory: due retries, overflow,
 * deliveries of dead owners. A claim is sent only when something can be due or, if other nodes
 * share the store, periodically; one at a time.
 */
public final class ClaimSchedule {
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration SHORT_PAUSE = Duration.ofMillis(20);
  private static final Duration AFTER_FAILURE = Duration.ofMillis(500);

  private final boolean shared;
  private @Nullable Instant next;
  private Instant notBefore = Instant.MIN;
  private Instant askedAt = Instant.MIN;
  private boolean asking;

  /** Creates a schedule without due times; a shared store is polled a second after each claim. */
  public ClaimSchedule(boolean shared) {
    this.shared = shared;
  }

  /** Records that something will be due at this time; no effect if null. */
  public void dueAt(@Nullable Instant when) {
    if (when != null && (next == null || when.isBefore(next))) {
      next = when;
    }
  }

  /** Returns whether a claim is in flight. */
  public boolean isAsking() {
    return asking;
  }

  /** Returns whether a claim should be sent now: something can be due, and none is in flight. */
  public boolean isWanted(Instant now) {
    return !asking && next != null && !now.isBefore(next) && !now.isBefore(notBefore);
  }

  /**
   * Records that a claim was sent, or skipped for lack of room; then the next one follows once a
   * lane has room again. Forgets the due time; work that becomes due meanwhile sets a new one.
   */
  public void claimSent(boolean sent, Instant now) {
    asking = sent;
    askedAt = now;
    next = null;
  }

  /** Handles the result of a claim. */
  public void claimed(int found, @Nullable Instant nextDue, Instant now) {
    asking = false;
    // Due already but not handed out: another node is about to take it.
    boolean dueButUnavailable = found == 0 && nextDue != null && !nextDue.isAfter(askedAt);
    notBefore = dueButUnavailable ? now.plus(SHORT_PAUSE) : now;
    dueAt(nextDue);
    if (shared) {
      dueAt(now.plus(POLL));
    }
  }

  /** Handles a failed claim. */
  public void failed(Instant now) {
    asking = false;
    notBefore = now.plus(AFTER_FAILURE);
    dueAt(now);
  }

  /** Discards known due times, which may be wrong after the clock was set back. */
  public void clockSetBack(Instant now) {
    notBefore = Instant.MIN;
    askedAt = now;
    dueAt(now);
  }

  /** Returns when to claim next, or null if nothing is expected. */
  public @Nullable Instant wakeAt() {
    if (asking || next == null) {
      return null;
    }
    return next.isBefore(notBefore) ? notBefore : next;
  }
}
