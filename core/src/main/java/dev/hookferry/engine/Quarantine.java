package dev.hookferry.engine;

import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.engine.commit.Commit;
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
 * The deliveries that two processes died with. They are sent one after another, and before one is
 * sent, that is noted in the store; so if the process dies once more, the next one knows which it
 * was.
 *
 * <p>Whoever kills processes must not convict a delivery that only happened to be there. So a
 * suspect waits first, for longer than most requests take: if the process dies meanwhile, something
 * else did it. And two trials must end in the same way.
 */
final class Quarantine {
  /** How long a suspect lies here before it is sent. */
  static final Duration QUIET = Duration.ofSeconds(30);

  /** How often it is looked whether one of them can be sent. */
  private static final Duration LOOK = Duration.ofSeconds(1);

  /** At how many of them is looked at once. */
  private static final int AT_ONCE = 10;

  private static final String REASON =
      "again and again what had this delivery ended, a process or a thread; at the end it was the"
          + " only suspect";

  private final EngineState memory;
  private final Dispatcher delivering;
  private final Deque<Suspect> suspects = new ArrayDeque<>();

  /** The one that is being sent, or whose result is being written. */
  private @Nullable DeliveryId onTrial;

  private Instant nextLook = Instant.MIN;

  private record Suspect(OwnedDelivery held, Instant ripeAt) {}

  Quarantine(EngineState memory, Dispatcher delivering) {
    this.memory = memory;
    this.delivering = delivering;
  }

  /** Takes in a delivery that the store gave; false if nothing much is held against it. */
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

  /** Begins the next trial, if none is under way. To be called before lanes take their turns. */
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

  /** Whether a suspect has no more to do here. */
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

  /** When {@link #decide} may have something to do, or null if it will not. */
  @Nullable Instant wakeAt() {
    return suspects.isEmpty() || onTrial != null ? null : nextLook;
  }

  /**
   * What became of a delivery is written, or it is lost to another owner. Until then the store
   * knows only that it was on trial: a process that dies of the next one would convict it too.
   */
  void ended(DeliveryId delivery) {
    if (delivery.equals(onTrial)) {
      onTrial = null;
      nextLook = Instant.MIN;
    }
  }

  /** Gives all back that waits. */
  void empty() {
    suspects.forEach(suspect -> delivering.release(suspect.held()));
    suspects.clear();
  }

  /** Forgets all, since another owner has it. */
  void clear() {
    suspects.clear();
    onTrial = null;
  }

  /**
   * The clock was set back by this much. What is left of their time stays the same: a clock that is
   * set right all the time must not let it begin anew all the time.
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
    memory.commits.open().add(new Commit.Recording(held, result));
  }
}
