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
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Admits deliveries to this node and sends them. A delivery leaves through a {@link CommitEntry}:
 * its result, its cancellation, or its return to the store.
 */
public final class Dispatcher {
  private final IdSource ids;
  private final Effects effects;
  private final RoutingTable routes;
  private final GroupCommit commits;
  private final Lanes lanes;
  private final ClaimSchedule schedule;
  private final Quarantine quarantine;

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
      ClaimSchedule schedule,
      Quarantine quarantine) {
    this.ids = ids;
    this.effects = effects;
    this.routes = routes;
    this.commits = commits;
    this.lanes = lanes;
    this.schedule = schedule;
    this.quarantine = quarantine;
  }

  /** Returns the incarnation of this node, which increases when it registers as a new owner. */
  public long incarnation() {
    return incarnation;
  }

  /** Returns whether this node is draining, so that it starts no requests. */
  public boolean isDraining() {
    return draining;
  }

  /** Admits a delivery of an event that this node has just accepted. */
  public void admitFresh(Work work, Instant now) {
    Endpoint endpoint = endpointFor(work, now);
    if (endpoint != null) {
      lanes.addFresh(endpoint, work);
    }
  }

  /** Admits a delivery claimed from the store. */
  public void admitClaimed(Work work, Instant now) {
    if (lanes.find(work.delivery().id()) != null) {
      // This node's commit has released it, but the store's reply is late or lost.
      claimedEarly.put(work.delivery().id(), work);
      return;
    }
    Endpoint endpoint = endpointFor(work, now);
    if (endpoint == null) {
      return;
    }
    if (work.suspicion() == CrashSuspicion.POISONED) {
      poison(work, now);
    } else if (Quarantine.isFor(work.suspicion())) {
      quarantine.add(lanes.addUnsent(work), now);
      effects.notifyListener(listener -> listener.isolated(work.delivery()));
    } else {
      lanes.addClaimed(endpoint, work);
    }
  }

  /** Returns whether the store has handed out a delivery again that this node still owns. */
  public boolean isClaimedAgain(DeliveryId delivery) {
    return claimedEarly.containsKey(delivery);
  }

  /** Sends the delivery of a test event immediately. */
  public void sendTest(Work work, CompletableFuture<Attempt> reply) {
    Endpoint endpoint = routes.endpoint(work.delivery().endpoint());
    Instant now = work.event().acceptedAt();
    OwnedDelivery owned = lanes.addUnsent(work);
    owned.test = reply;
    if (endpoint == null) {
      cancel(owned, now);
    } else {
      lanes.beginOnTrial(endpoint, owned, now);
      effects.send(started(owned, now));
    }
  }

  /** Begins the trial of the next suspect that may be sent. Call it before {@link #sendReady}. */
  public void sendSuspect(Instant now) {
    if (draining || commits.isStalled(now)) {
      return;
    }
    OwnedDelivery suspect = quarantine.next(now, owned -> decide(owned, now));
    Endpoint endpoint = suspect == null ? null : routes.endpoint(suspect.delivery().endpoint());
    if (suspect != null && endpoint != null) {
      lanes.beginOnTrial(endpoint, suspect, now);
      effects.beginTrial(started(suspect, now));
    }
  }

  /** Sends a suspect whose trial is recorded, unless this node has registered again since. */
  public void sendTried(Sending suspect) {
    if (suspect.incarnation() == incarnation) {
      effects.send(suspect);
    }
  }

  /** Sends ready deliveries, as far as the concurrency windows allow. */
  public void sendReady(Instant now) {
    if (lanes.age(now)) {
      schedule.dueAt(now);
    }
    while (!draining && !commits.isStalled(now)) {
      OwnedDelivery next = lanes.next(now);
      if (next == null) {
        return;
      }
      effects.send(started(next, now));
    }
  }

  /** Drops a delivery that this node no longer owns, and admits it anew if it was claimed again. */
  public void forget(OwnedDelivery owned, Instant now) {
    if (lanes.forget(owned)) {
      schedule.dueAt(now);
    }
    DeliveryId id = owned.delivery().id();
    quarantine.ended(id);
    Work again = claimedEarly.isEmpty() ? null : claimedEarly.remove(id);
    if (again != null) {
      admitClaimed(again, now);
    }
  }

  /** Records the cancellation of an owned delivery. */
  public void cancel(OwnedDelivery owned, Instant now) {
    AttemptResult cancelled = new AttemptResult(owned.delivery().cancelled(now), null);
    commits.add(new CommitEntry.RecordResult(owned, cancelled));
  }

  /** Records the cancellation of an owned delivery that waits to be sent. */
  public void cancelWaiting(OwnedDelivery owned, Instant now) {
    if (owned.phase == OwnedDelivery.Phase.QUARANTINED) {
      quarantine.remove(owned);
    } else {
      lanes.remove(owned);
    }
    cancel(owned, now);
  }

  /** Hands an owned delivery back to the store. */
  public void handBack(OwnedDelivery owned) {
    commits.add(new CommitEntry.HandBackEntry(owned));
  }

  /** Records that the store may have something to claim at this time; no effect if null. */
  public void claimAt(@Nullable Instant when) {
    schedule.dueAt(when);
  }

  /**
   * Creates an attempt from the current configuration; null if its site or endpoint was removed.
   */
  public @Nullable Sending sending(OwnedDelivery owned, Instant now) {
    Site site = routes.site(owned.delivery().site());
    Endpoint endpoint = routes.endpoint(owned.delivery().endpoint());
    return site == null || endpoint == null
        ? null
        : new Sending(
            incarnation,
            new AttemptId(ids.next(now)),
            owned.delivery(),
            owned.work.event(),
            site,
            endpoint,
            now,
            owned.trial);
  }

  /**
   * Continues as a new owner without deliveries.
   *
   * @return the deliveries that this node owned before; other owners may have them now
   */
  public List<OwnedDelivery> evicted() {
    incarnation++;
    quarantine.clear();
    claimedEarly.clear();
    return lanes.clear();
  }

  /** Hands back all waiting deliveries and starts no more requests. */
  public void drain() {
    draining = true;
    lanes.empty().forEach(this::handBack);
    quarantine.empty().forEach(this::handBack);
  }

  /** Adjusts timers after the clock was set back by this much. */
  public void clockSetBack(Duration by) {
    quarantine.clockSetBack(by);
    lanes.clockSetBack(by);
  }

  /** Returns when time alone may let a delivery be sent, or null for never. */
  public @Nullable Instant wakeAt() {
    return WakeTime.earlier(lanes.agesAt(), quarantine.wakeAt());
  }

  private Quarantine.Decision decide(OwnedDelivery owned, Instant now) {
    Endpoint endpoint = routes.endpoint(owned.delivery().endpoint());
    if (endpoint == null) {
      cancel(owned, now);
      return Quarantine.Decision.LEAVE;
    }
    if (routes.isHeld(endpoint) || lanes.isShut(endpoint.id())) {
      handBack(owned);
      return Quarantine.Decision.LEAVE;
    }
    Lane lane = lanes.lane(endpoint.id());
    SendPacer pacer = lane == null ? null : lane.pacer();
    if (pacer != null && !pacer.isReady(now)) {
      // Checks the suspect again before the lane itself can take the next token.
      quarantine.checkBy(pacer.readyAt(now));
      return Quarantine.Decision.WAIT;
    }
    return lane == null || lane.hasPlace() ? Quarantine.Decision.SEND : Quarantine.Decision.WAIT;
  }

  private void poison(Work work, Instant now) {
    OwnedDelivery owned = lanes.addUnsent(work);
    Sending last = sending(owned, now);
    if (last == null) {
      cancel(owned, now);
    } else {
      AttemptResult poisoned = Quarantine.poisoned(work.delivery(), last, now);
      commits.add(new CommitEntry.RecordResult(owned, poisoned));
    }
  }

  /**
   * Returns the endpoint to send to; null if nothing may be sent now, in which case the delivery
   * has been cancelled or handed back.
   */
  private @Nullable Endpoint endpointFor(Work work, Instant now) {
    Endpoint endpoint = routes.endpoint(work.delivery().endpoint());
    if (endpoint == null) {
      cancel(lanes.addUnsent(work), now);
      return null;
    }
    if (routes.isHeld(endpoint) || lanes.isShut(endpoint.id()) || draining) {
      handBack(lanes.addUnsent(work));
      return null;
    }
    return endpoint;
  }

  private Sending started(OwnedDelivery owned, Instant now) {
    // Not null: deliveries in lanes, suspects and tests get here only while their endpoint exists.
    return Objects.requireNonNull(sending(owned, now));
  }
}
