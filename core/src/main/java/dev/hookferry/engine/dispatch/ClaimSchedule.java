package dev.hookferry.engine.dispatch;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When to ask the store for work that memory does not hold: due retries, overflow, deliveries of
 * dead owners. Asked only when something can be due, or, if other nodes share the store, once a
 * while; one question at a time.
 */
public final class ClaimSchedule {
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration BREATH = Duration.ofMillis(20);
  private static final Duration AFTER_FAILURE = Duration.ofMillis(500);

  private final boolean shared;
  private @Nullable Instant next;
  private Instant notBefore = Instant.MIN;
  private Instant askedAt = Instant.MIN;
  private boolean asking;

  public ClaimSchedule(boolean shared) {
    this.shared = shared;
  }

  /** Something will be due at this time. */
  public void dueAt(@Nullable Instant when) {
    if (when != null && (next == null || when.isBefore(next))) {
      next = when;
    }
  }

  /** Whether a question is under way. */
  public boolean isAsking() {
    return asking;
  }

  public boolean isWanted(Instant now) {
    return !asking && next != null && !now.isBefore(next) && !now.isBefore(notBefore);
  }

  /**
   * A question is under way, or could not be asked because there is no room: then a lane that has
   * room again brings it up. What becomes due meanwhile counts again.
   */
  public void asked(boolean really, Instant now) {
    asking = really;
    askedAt = now;
    next = null;
  }

  /** The answer is here. */
  public void answered(int found, @Nullable Instant nextDue, Instant now) {
    asking = false;
    // Due already when it was asked for, and yet not given: another node is about to take it.
    boolean moreButNone = found == 0 && nextDue != null && !nextDue.isAfter(askedAt);
    notBefore = moreButNone ? now.plus(BREATH) : now;
    dueAt(nextDue);
    if (shared) {
      dueAt(now.plus(POLL));
    }
  }

  /** There was no answer. */
  public void failed(Instant now) {
    asking = false;
    notBefore = now.plus(AFTER_FAILURE);
    dueAt(now);
  }

  /** The clock was set back, so what is known of due times may be wrong. */
  public void setBack(Instant now) {
    notBefore = Instant.MIN;
    askedAt = now;
    dueAt(now);
  }

  /** When to look again, or null if nothing is foreseen. */
  @Nullable
  public Instant wakeAt() {
    if (asking || next == null) {
      return null;
    }
    return next.isBefore(notBefore) ? notBefore : next;
  }
}
