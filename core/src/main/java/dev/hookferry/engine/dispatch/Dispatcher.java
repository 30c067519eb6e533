package dev.hookferry.engine.dispatch;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.CrashSuspicion;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.engine.commit.CommitEntry;
import dev.hookferry.engine.commit.GroupCommit;
import dev.hookferry.engine.effect.Effects;
import dev.hookferry.engine.effect.Sending;
import dev.hookferry.engine.effect.WakeTime;
import dev.hookferry.engine.owned.OwnedDelivery;
import dev.hookferry.engine.poison.Quarantine;
import dev.hookferry.engine.routing.RoutingTable;
import dev.hookferry.id.AttemptId;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.IdSource;
import dev.hookferry.site.Site;
import dev.hookferry.store.ClaimResult.Work;
import dev.hookferry.store.commit.AttemptResult;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Admits deliveries to this node and sends them. A delivery leaves through a {@link CommitEntry}:
 * its result, its cancellation, or its release to the store.
 */
public final class Dispatcher {
  private final IdSource ids;
  private final Effects effects;
  private final RoutingTable routes;
  private final GroupCommit commits;
  private final Lanes lanes;
  private final ClaimSchedule claims;
  private final Quarantine quarantine = new Quarantine();

  /** Deliveries claimed again before the reply to the commit that released them arrived. */
  private final Map<DeliveryId, Work> claimedEarly = new HashMap<>();

  private long incarnation;
  private boolean draining;

  /** Creates a dispatcher without deliveries. */
  public Dispatcher(
      IdSource ids,
      Effects effects,
      RoutingTable routes,
      GroupCommit commits,
      Lanes lanes,
      ClaimSchedule claims) {
    this.ids = ids;
    this.effects = effects;
    this.routes = routes;
    this.commits = commits;
    this.lanes = lanes;
    this.claims = claims;
  }

  /** Returns the incarnation of this node, which increases when it registers as a new owner. */
  public long incarnation() {
    return incarnation;
  }

  /** Returns whether nothing may be started any more. */
  public boolean isDraining() {
    return draining;
  }

  /** Admits a delivery of an event that this node has just accepted. */
  public void admitFresh(Work work, Instant now) {
    Endpoint endpoint = open(work, now);
    if (endpoint != null) {
      lanes.addFresh(endpoint, work);
    }
  }

  /** Admits a delivery claimed from the store. */
  public void admitClaimed(Work work, Instant now) {
    if (lanes.find(work.delivery().id()) != null) {
      // Our commit has released it, but the reply of the store is late or lost.
      claimedEarly.put(work.delivery().id(), work);
      return;
    }
    Endpoint endpoint = open(work, now);
    if (endpoint == null) {
      return;
    }
    if (work.suspicion() == CrashSuspicion.PROVEN) {
      poison(work, now);
    } else if (Quarantine.isFor(work.suspicion())) {
      quarantine.add(lanes.addUnsent(work), now);
    } else {
      lanes.addClaimed(endpoint, work);
    }
  }

  /** Returns whether the store has handed out a delivery again that this node still owns. */
  public boolean isClaimedAgain(DeliveryId delivery) {
    return claimedEarly.containsKey(delivery);
  }

  /** Sends the delivery of a test event immediately. */
  public void sendTest(Work work, CompletableFuture<Attempt> answer) {
    Endpoint endpoint = routes.endpoint(work.delivery().endpoint());
    Instant now = work.event().acceptedAt();
    OwnedDelivery held = lanes.addUnsent(work);
    held.test = answer;
    if (endpoint == null) {
      cancel(held, now);
      return;
    }
    lanes.beginOnTrial(endpoint, held, now);
    send(held, now);
  }

  /** Begins the trial of a suspect, if it is time to. Call it before {@link #sendReady}. */
  public void sendSuspect(Instant now) {
    if (draining || commits.isStalled(now)) {
      return;
    }
    OwnedDelivery suspect = quarantine.next(now, held -> turn(held, now));
    Endpoint endpoint = suspect == null ? null : routes.endpoint(suspect.delivery().endpoint());
    if (suspect != null && endpoint != null) {
      lanes.beginOnTrial(endpoint, suspect, now);
      effects.tryOut(started(suspect, now));
    }
  }

  /** Sends a suspect whose trial is recorded in the store. */
  public void sendTried(Sending suspect) {
    if (suspect.incarnation() == incarnation) {
      effects.send(suspect);
    }
  }

  /** Sends ready deliveries, as far as the concurrency windows allow. */
  public void sendReady(Instant now) {
    if (lanes.age(now)) {
      claims.dueAt(now);
    }
    while (!draining && !commits.isStalled(now)) {
      OwnedDelivery next = lanes.next(now);
      if (next == null) {
        return;
      }
      send(next, now);
    }
  }

  /** Drops a delivery that this node no longer owns, unless it has already claimed it again. */
  public void forget(OwnedDelivery held, Instant now) {
    if (lanes.forget(held)) {
      claims.dueAt(now);
    }
    DeliveryId id = held.delivery().id();
    quarantine.ended(id);
    Work again = claimedEarly.isEmpty() ? null : claimedEarly.remove(id);
    if (again != null) {
      admitClaimed(again, now);
    }
  }

  /** Records the cancellation of an owned delivery. */
  public void cancel(OwnedDelivery held, Instant now) {
    AttemptResult cancelled = new AttemptResult(held.delivery().cancelled(now), null);
    commits.add(new CommitEntry.RecordResult(held, cancelled));
  }

  /** Releases an owned delivery to the store. */
  public void release(OwnedDelivery held) {
    commits.add(new CommitEntry.HandBack(held));
  }

  /** Records that the store may have something to claim at this time. */
  public void claimAt(@Nullable Instant when) {
    claims.dueAt(when);
  }

  /**
   * Creates an attempt from the current configuration; null if its site or endpoint was removed.
   */
  public @Nullable Sending sending(OwnedDelivery held, Instant now) {
    Site site = routes.site(held.delivery().site());
    Endpoint endpoint = routes.endpoint(held.delivery().endpoint());
    return site == null || endpoint == null
        ? null
        : new Sending(
            incarnation,
            new AttemptId(ids.next(now)),
            held.delivery(),
            held.work.event(),
            site,
            endpoint,
            now,
            held.trial);
  }

  /**
   * Continues as a new owner.
   *
   * @return what this node owned before; others own it now
   */
  public List<OwnedDelivery> evicted() {
    incarnation++;
    quarantine.clear();
    claimedEarly.clear();
    return lanes.clear();
  }

  /** Releases all waiting deliveries and starts nothing any more. */
  public void drain() {
    draining = true;
    lanes.empty().forEach(this::release);
    quarantine.empty().forEach(this::release);
  }

  /** Adjusts timers after the clock was set back by this much. */
  public void setBack(Duration by) {
    quarantine.clockSetBack(by);
    lanes.clockSetBack(by);
  }

  /** Returns when time alone lets something be sent, or null for never. */
  public @Nullable Instant wakeAt() {
    return WakeTime.earlier(lanes.agesAt(), quarantine.wakeAt());
  }

  private Quarantine.Turn turn(OwnedDelivery held, Instant now) {
    Endpoint endpoint = routes.endpoint(held.delivery().endpoint());
    if (endpoint == null) {
      cancel(held, now);
      return Quarantine.Turn.LEAVE;
    }
    if (routes.isPaused(endpoint) || lanes.isShut(endpoint.id())) {
      release(held);
      return Quarantine.Turn.LEAVE;
    }
    Lane lane = lanes.lane(endpoint.id());
    SendPacer pacer = lane == null ? null : lane.pacer();
    if (pacer != null && !pacer.isReady(now)) {
      // In time for the next token, which the lane itself takes right after this.
      quarantine.lookBy(pacer.readyAt(now));
      return Quarantine.Turn.WAIT;
    }
    return lane == null || lane.hasPlace() ? Quarantine.Turn.SEND : Quarantine.Turn.WAIT;
  }

  private void poison(Work work, Instant now) {
    OwnedDelivery held = lanes.addUnsent(work);
    Sending last = sending(held, now);
    if (last == null) {
      cancel(held, now);
    } else {
      AttemptResult poisoned = Quarantine.poisoned(work.delivery(), last, now);
      commits.add(new CommitEntry.RecordResult(held, poisoned));
    }
  }

  /**
   * Returns the endpoint to send to; null if nothing may be sent now, in which case the delivery
   * has been cancelled or released.
   */
  private @Nullable Endpoint open(Work work, Instant now) {
    Endpoint endpoint = routes.endpoint(work.delivery().endpoint());
    if (endpoint == null) {
      cancel(lanes.addUnsent(work), now);
      return null;
    }
    if (routes.isPaused(endpoint) || lanes.isShut(endpoint.id()) || draining) {
      release(lanes.addUnsent(work));
      return null;
    }
    return endpoint;
  }

  private void send(OwnedDelivery held, Instant now) {
    effects.send(started(held, now));
  }

  private Sending started(OwnedDelivery held, Instant now) {
    Sending sending = sending(held, now);
    if (sending == null) {
      throw new IllegalStateException(held.delivery().id() + " is in a lane of a removed endpoint");
    }
    return sending;
  }
}
