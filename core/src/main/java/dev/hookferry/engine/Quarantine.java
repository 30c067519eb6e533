package dev.hookferry.engine;

import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.engine.commit.CommitEntry;
import dev.hookferry.engine.dispatch.Lane;
import dev.hookferry.engine.dispatch.OwnedDelivery;
import dev.hookferry.engine.effect.Sending;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.store.ClaimResult.Work;
import dev.hookferry.store.commit.AttemptResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Quarantine for deliveries that two processes died with. They are sent one at a time, each after a
 * note in the store, so that if the process dies again, the next one knows which delivery was the
 * cause.
 *
 * <p>Processes may be killed for other reasons, which must not convict an innocent delivery. So a
 * suspect first waits longer than most requests take: if the process dies meanwhile, the cause was
 * something else. And two trials must both end in a crash.
 */
final class Quarantine {
  /** How long a suspect waits before it is sent. */
  static final Duration QUIET = Duration.ofSeconds(30);

  /** How often to check whether a suspect can be sent. */
  private static final Duration LOOK = Duration.ofSeconds(1);

  /** How many suspects to check at a time. */
  private static final int AT_ONCE = 10;

  private static final String REASON =
      "the sending process or thread crashed repeatedly, finally with this delivery as the only"
          + " suspect";

  private final EngineState memory;
  private final Dispatcher delivering;
  private final Deque<Suspect> suspects = new ArrayDeque<>();

  /** The suspect in flight, or whose result is being written. */
  private @Nullable DeliveryId onTrial;

  private Instant nextLook = Instant.MIN;

  private record Suspect(OwnedDelivery held, Instant ripeAt) {}

  Quarantine(EngineState memory, Dispatcher delivering) {
    this.memory = memory;
    this.delivering = delivering;
  }

  /** Admits a claimed delivery; returns false if it is not suspect enough for quarantine. */
  boolean admit(Work work, Instant now) {
    switch (work.suspicion()) {
      case NONE, ONCE -> {
        return false;
      }
      case TWICE, TRIAL, AGAIN, RETRIAL -> {
        suspects.addLast(new Suspect(memory.lanes.addAside(work), now.plus(QUIET)));
      }
      case PROVEN -> poison(work, now);
    }
    return true;
  }

  /** Starts the next trial, if none is running. Call it before the lanes take their turns. */
  void decide(Instant now) {
    if (onTrial != null || suspects.isEmpty() || now.isBefore(nextLook)) {
      return;
    }
    nextLook = now.plus(LOOK);
    for (int i = Math.min(AT_ONCE, suspects.size()); i > 0 && onTrial == null; i--) {
      Suspect next = suspects.removeFirst();
      if (!isOver(next.held(), now) && !begins(next, now)) {
        suspects.addLast(next);
      }
    }
  }

  /**
   * Returns whether a suspect leaves the quarantine because its endpoint was removed or sends
   * nothing.
   */
  private boolean isOver(OwnedDelivery held, Instant now) {
    Endpoint endpoint = memory.routes.endpoint(held.delivery().endpoint());
    if (endpoint == null) {
      delivering.cancel(held, now);
      return true;
    }
    boolean shut = memory.routes.isPaused(endpoint) || memory.lanes.isShut(endpoint.id());
    if (shut) {
      delivering.release(held);
    }
    return shut;
  }

  private boolean begins(Suspect next, Instant now) {
    OwnedDelivery held = next.held();
    Endpoint endpoint = memory.routes.endpoint(held.delivery().endpoint());
    if (endpoint == null || now.isBefore(next.ripeAt()) || !hasPlace(endpoint)) {
      return false;
    }
    onTrial = held.delivery().id();
    held.trial = held.work.suspicion().onTrial();
    delivering.sendAside(held, endpoint, now);
    return true;
  }

  /** Returns when {@link #decide} may have work, or null if it has none. */
  @Nullable Instant wakeAt() {
    return suspects.isEmpty() || onTrial != null ? null : nextLook;
  }

  /**
   * Ends a trial once the delivery's result is written or another owner has it. The next trial must
   * wait for that: until then the store only knows that this delivery was on trial, and a crash
   * caused by the next one would convict it too.
   */
  void ended(DeliveryId delivery) {
    if (delivery.equals(onTrial)) {
      onTrial = null;
      nextLook = Instant.MIN;
    }
  }

  /** Releases all waiting suspects. */
  void empty() {
    suspects.forEach(suspect -> delivering.release(suspect.held()));
    suspects.clear();
  }

  /** Drops all suspects, because another owner has them. */
  void clear() {
    suspects.clear();
    onTrial = null;
  }

  /**
   * Shifts waiting times after the clock was set back by this much. The remaining time stays the
   * same, so that frequent clock corrections cannot restart it again and again.
   */
  void setBack(Duration by) {
    nextLook = Instant.MIN;
    List<Suspect> all = List.copyOf(suspects);
    suspects.clear();
    all.forEach(one -> suspects.add(new Suspect(one.held(), one.ripeAt().minus(by))));
  }

  private boolean hasPlace(Endpoint endpoint) {
    Lane lane = memory.lanes.lane(endpoint.id());
    return lane == null || lane.hasPlace();
  }

  private void poison(Work work, Instant now) {
    OwnedDelivery held = memory.lanes.addAside(work);
    Sending last = delivering.sending(held, now);
    if (last == null) {
      delivering.cancel(held, now);
      return;
    }
    Outcome died = Outcome.failed(OutcomeKind.WORKER_DIED, REASON, Duration.ZERO);
    AttemptResult result = new AttemptResult(work.delivery().poisoned(now), last.ended(died));
    memory.commits.add(new CommitEntry.RecordResult(held, result));
  }
}
