package dev.hookferry.engine.poison;

import dev.hookferry.delivery.CrashSuspicion;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.engine.effect.Sending;
import dev.hookferry.engine.owned.OwnedDelivery;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.store.commit.AttemptResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Quarantine for deliveries that were in flight during two crashes. They are sent one at a time,
 * each after it was recorded in the store, so that if the process dies again, the next one knows
 * which delivery was the cause.
 *
 * <p>Processes may be killed for other reasons, so a single crash must not condemn a delivery.
 * Therefore a suspect first waits longer than most requests take: if the process dies during that
 * time, the cause was something else. In addition, two trials must both end in a crash.
 */
public final class Quarantine {
  /** Time for which a suspect waits before it is sent. */
  static final Duration QUIET = Duration.ofSeconds(30);

  /** Interval between checks whether a suspect can be sent. */
  private static final Duration LOOK = Duration.ofSeconds(1);

  /** Number of suspects checked at a time. */
  private static final int AT_ONCE = 10;

  private static final String REASON =
      "the sending process or thread crashed repeatedly, last with this delivery as the only"
          + " suspect";

  private final Deque<Suspect> suspects = new ArrayDeque<>();

  /** The suspects that wait or are on trial; any thread may read them. */
  private final Set<DeliveryId> isolated = ConcurrentHashMap.newKeySet();

  /** The suspect in flight, or whose result is being written. */
  private @Nullable DeliveryId onTrial;

  private Instant nextCheck = Instant.MIN;

  private record Suspect(OwnedDelivery owned, Instant ripeAt) {}

  /** A decision about a suspect. */
  public enum Decision {
    /** Send it. */
    SEND,
    /** Keep it waiting, for instance for a place in its endpoint's window. */
    WAIT,
    /** Remove it from the quarantine unsent. */
    LEAVE
  }

  /** Returns whether a delivery has to go through the quarantine. */
  public static boolean isFor(CrashSuspicion suspicion) {
    return switch (suspicion) {
      case NONE, ONE_CRASH, POISONED -> false;
      case TWO_CRASHES, FIRST_TRIAL, FIRST_TRIAL_FAILED, SECOND_TRIAL -> true;
    };
  }

  /** Returns the result that ends a poisoned delivery, or blocks its ordering key. */
  public static AttemptResult poisoned(Delivery delivery, Sending last, Instant now) {
    Outcome died = Outcome.failed(OutcomeKind.WORKER_DIED, REASON, Duration.ZERO);
    Delivery ended = last.endpoint().order().givenUp(delivery, delivery.poisoned(now), now);
    return new AttemptResult(ended, last.ended(died));
  }

  /** Admits a suspect. */
  public void add(OwnedDelivery owned, Instant now) {
    owned.phase = OwnedDelivery.Phase.QUARANTINED;
    suspects.addLast(new Suspect(owned, now.plus(QUIET)));
    isolated.add(owned.delivery().id());
  }

  /** Returns whether a delivery waits here or is on trial; any thread may call this. */
  public boolean isolates(DeliveryId delivery) {
    return isolated.contains(delivery);
  }

  /**
   * Returns the suspect to send now and puts it on trial, one at a time; null if there is none.
   * Call it before the lanes send.
   *
   * @param decider decides what to do with a suspect
   */
  public @Nullable OwnedDelivery next(Instant now, Function<OwnedDelivery, Decision> decider) {
    if (onTrial != null || suspects.isEmpty() || now.isBefore(nextCheck)) {
      return null;
    }
    nextCheck = now.plus(LOOK);
    for (int i = Math.min(AT_ONCE, suspects.size()); i > 0; i--) {
      Suspect next = suspects.removeFirst();
      OwnedDelivery owned = next.owned();
      Decision decision = decider.apply(owned);
      if (decision == Decision.SEND && !now.isBefore(next.ripeAt())) {
        onTrial = owned.delivery().id();
        owned.trial = owned.work.suspicion().onTrial();
        return owned;
      } else if (decision != Decision.LEAVE) {
        suspects.addLast(next);
      } else {
        release(owned);
      }
    }
    return null;
  }

  /** Checks the suspects again at this time at the latest. */
  public void checkBy(Instant when) {
    nextCheck = when.isBefore(nextCheck) ? when : nextCheck;
  }

  /** Returns when {@link #next} may have a suspect, or null if it has none. */
  public @Nullable Instant wakeAt() {
    return suspects.isEmpty() || onTrial != null ? null : nextCheck;
  }

  /**
   * Ends a trial once the delivery's result is written or another node owns it. The next trial must
   * wait for that: until then the store only knows that this delivery was on trial, and a crash
   * caused by the next one would convict it too.
   */
  public void ended(DeliveryId delivery) {
    if (delivery.equals(onTrial)) {
      isolated.remove(delivery);
      onTrial = null;
      nextCheck = Instant.MIN;
    }
  }

  /** Removes a waiting suspect. */
  public void remove(OwnedDelivery owned) {
    suspects.removeIf(suspect -> suspect.owned() == owned);
    release(owned);
  }

  /** Removes and returns all waiting suspects. */
  public List<OwnedDelivery> empty() {
    List<OwnedDelivery> all = suspects.stream().map(Suspect::owned).toList();
    all.forEach(this::release);
    suspects.clear();
    return all;
  }

  /** Drops all suspects, because this node no longer owns them. */
  public void clear() {
    suspects.clear();
    isolated.clear();
    onTrial = null;
  }

  private void release(OwnedDelivery owned) {
    owned.phase = OwnedDelivery.Phase.RECORDING;
    isolated.remove(owned.delivery().id());
  }

  /**
   * Shifts waiting times after the clock was set back by this much. The remaining time stays the
   * same, so that frequent clock corrections cannot restart it again and again.
   */
  public void clockSetBack(Duration by) {
    nextCheck = Instant.MIN;
    List<Suspect> all = List.copyOf(suspects);
    suspects.clear();
    all.forEach(one -> suspects.add(new Suspect(one.owned(), one.ripeAt().minus(by))));
  }
}
