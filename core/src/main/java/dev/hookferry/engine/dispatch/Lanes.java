package dev.hookferry.engine.dispatch;

import dev.hookferry.delivery.Outcome;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.engine.effect.WakeTime;
import dev.hookferry.engine.owned.OwnedDeliveries;
import dev.hookferry.engine.owned.OwnedDelivery;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.limit.SendRate;
import dev.hookferry.observe.LoadLimits;
import dev.hookferry.store.ClaimResult.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** All deliveries that this node owns, in lanes by endpoint, within the node's limits. */
public final class Lanes {
  private final SendScheduler scheduler;
  private final LaneCapacity capacity;
  private final LaneTimers timers = new LaneTimers();
  private final LanePacing pacing;
  private final LaneTable lanes;
  private final OwnedDeliveries owned = new OwnedDeliveries();

  /** Creates empty lanes; the functions return whether an endpoint is held, and its limits. */
  public Lanes(
      LoadLimits limits, Predicate<Endpoint> held, Function<Endpoint, LaneLimits> configured) {
    pacing = new LanePacing(configured);
    lanes = new LaneTable(held, pacing);
    scheduler = new SendScheduler(limits.inFlight());
    capacity = new LaneCapacity(limits, owned, lanes);
  }

  /** Reserves a place; returns false if there is none, or if nothing may be sent. */
  public boolean reserve(Endpoint endpoint, int payload) {
    Lane lane = lanes.of(endpoint);
    if (capacity.forFresh(lane) <= 0 || payload > capacity.bytesLeft()) {
      capacity.overflowed(lane);
      return false;
    }
    lane.reserve();
    owned.reserve(lane.site, payload);
    return true;
  }

  /** Frees a place that was reserved by {@link #reserve}. */
  public void releaseReservation(EndpointId endpoint, int payload) {
    Lane lane = lanes.present(endpoint);
    lane.releaseReservation();
    owned.releaseReservation(lane.site, payload);
    removeIfIdle(lane);
  }

  /** Adds a delivery of an event that this node has just accepted. */
  public void addFresh(Endpoint endpoint, Work work) {
    owned.add(work);
    Lane lane = lanes.of(endpoint);
    lane.addFresh(work);
    offer(lane);
  }

  /** Adds a delivery claimed from the store. */
  public void addClaimed(Endpoint endpoint, Work work) {
    owned.add(work);
    Lane lane = lanes.of(endpoint);
    lane.addClaimed(work);
    offer(lane);
  }

  /** Adds a delivery that bypasses the queues: to record, hand back, quarantine or test. */
  public OwnedDelivery addUnsent(Work work) {
    OwnedDelivery entry = owned.add(work);
    entry.phase = OwnedDelivery.Phase.RECORDING;
    return entry;
  }

  /** Counts a suspect or test, which bypasses its lane's queue, as in flight. */
  public void beginOnTrial(Endpoint endpoint, OwnedDelivery entry, Instant now) {
    Lane lane = lanes.of(endpoint);
    lane.begin();
    pacing.took(lane, now);
    begin(entry, lane, now);
  }

  /**
   * Returns the next delivery to send and counts it as in flight; null if there is none or no free
   * slot.
   */
  public @Nullable OwnedDelivery next(Instant now) {
    Lane lane = scheduler.next();
    if (lane == null) {
      return null;
    }
    OwnedDelivery next = owned.of(lane.take());
    pacing.took(lane, now);
    offer(lane);
    begin(next, lane, now);
    return next;
  }

  /** Handles the end of a request, which frees its slot in the window. */
  public void ended(OwnedDelivery entry, Outcome outcome) {
    Lane lane = lanes.present(entry.delivery().endpoint());
    lane.end();
    entry.phase = OwnedDelivery.Phase.RECORDING;
    scheduler.end(entry, lane, outcome);
    offer(lane);
    removeIfIdle(lane);
  }

  /** Marks slow requests and ends expired waits; returns whether a back-off ended. */
  public boolean age(Instant now) {
    scheduler.age(now);
    List<Lane> over = timers.expire(now);
    for (Lane lane : over) {
      lane.shut(false);
      offer(lane);
    }
    pacing.expire(now).forEach(this::offer);
    return !over.isEmpty();
  }

  /** Returns the endpoints whose due deliveries exceed their rate; any thread may read it. */
  public Map<EndpointId, SendRate> rateLimited() {
    return pacing.exceeded();
  }

  /** Changes the number of nodes that share the rates of endpoints. */
  public void share(int nodes, Instant now) {
    pacing.share(nodes, now);
  }

  /** Returns when {@link #age} next has work, or null for never. */
  public @Nullable Instant agesAt() {
    return WakeTime.earlier(scheduler.agesAt(), WakeTime.earlier(timers.next(), pacing.next()));
  }

  /** Adjusts all times to a clock that was set back by this much. */
  public void clockSetBack(Duration by) {
    scheduler.clockSetBack(by);
    timers.clockSetBack(by);
    pacing.clockSetBack(by);
  }

  /** Returns whether this node has had deliveries for the endpoint. */
  public boolean isKnown(EndpointId endpoint) {
    return lanes.get(endpoint) != null;
  }

  /** Returns the lane of an endpoint, or null if it has none. */
  @Nullable Lane lane(EndpointId endpoint) {
    return lanes.get(endpoint);
  }

  /**
   * Applies the configuration and the health of an endpoint to its lane.
   *
   * @param gone whether the receiver responded 410
   * @param backsOffUntil the end of the back-off; in the past if there is none
   * @return the waiting deliveries if nothing may be sent now; the caller hands them back
   */
  public List<OwnedDelivery> applyHealth(
      Endpoint endpoint, LaneMode mode, boolean gone, Instant backsOffUntil, Instant now) {
    Lane lane = lanes.get(endpoint.id());
    if (lane == null) {
      return List.of();
    }
    pacing.configured(lane, endpoint);
    boolean held = gone || lanes.isHeld(endpoint);
    timers.end(lane);
    if (!held && backsOffUntil.isAfter(now)) {
      timers.begin(lane, backsOffUntil);
    }
    lane.mode(mode);
    lane.shut(held || timers.isRunning(lane));
    if (lane.isShut()) {
      return empty(lane);
    }
    offer(lane);
    return List.of();
  }

  /** Restarts the window of an endpoint that has just recovered. */
  public void restart(EndpointId endpoint) {
    Lane lane = lanes.get(endpoint);
    if (lane != null) {
      lane.window.restart();
    }
  }

  /** Returns whether nothing is currently sent to an endpoint. */
  public boolean isShut(EndpointId endpoint) {
    Lane lane = lanes.get(endpoint);
    return lane != null && lane.isShut();
  }

  /**
   * Returns the send backlog: deliveries that wait only for a slot, and any reserved behind them.
   */
  public int congestion() {
    int waiting = scheduler.ready();
    return waiting == 0 ? 0 : waiting + owned.reserved();
  }

  /** Returns the number of a site's deliveries that wait only for a free slot on this node. */
  public int ready(SiteId site) {
    return scheduler.ready(site);
  }

  /** Takes a waiting delivery out of its lane. */
  public void remove(OwnedDelivery entry) {
    Lane lane = lanes.present(entry.delivery().endpoint());
    lane.remove(entry.work);
    offer(lane);
    entry.phase = OwnedDelivery.Phase.RECORDING;
  }

  /** Removes a delivery; returns whether a starved lane has room again. */
  public boolean forget(OwnedDelivery entry) {
    owned.remove(entry);
    return capacity.isWorthwhile(lanes.get(entry.delivery().endpoint()));
  }

  public @Nullable OwnedDelivery find(DeliveryId id) {
    return owned.find(id);
  }

  /** Removes and returns the waiting deliveries of all lanes. */
  public List<OwnedDelivery> empty() {
    List<OwnedDelivery> all = new ArrayList<>();
    lanes.all().forEach(lane -> all.addAll(empty(lane)));
    return all;
  }

  /** Removes and returns the queued deliveries of a removed endpoint. */
  public List<OwnedDelivery> remove(EndpointId endpoint) {
    Lane lane = lanes.get(endpoint);
    if (lane == null) {
      return List.of();
    }
    lanes.retire(lane);
    timers.end(lane);
    pacing.end(lane);
    List<OwnedDelivery> waiting = empty(lane);
    removeIfIdle(lane);
    return waiting;
  }

  /** Returns the room for more deliveries. */
  LaneCapacity capacity() {
    return capacity;
  }

  public int inFlight() {
    return scheduler.inFlight();
  }

  public int owned() {
    return owned.size();
  }

  /** Empties the lanes and returns all deliveries: another owner has them. Reserved places stay. */
  public List<OwnedDelivery> clear() {
    List<OwnedDelivery> all = owned.list();
    scheduler.clear();
    lanes.all().forEach(Lane::reset);
    return all;
  }

  private void offer(Lane lane) {
    scheduler.offer(lane);
    pacing.changed(lane);
  }

  private void removeIfIdle(Lane lane) {
    if (lanes.drops(lane)) {
      scheduler.forget(lane);
      capacity.forget(lane);
    }
  }

  private List<OwnedDelivery> empty(Lane lane) {
    List<OwnedDelivery> out = lane.empty().stream().map(owned::of).toList();
    out.forEach(entry -> entry.phase = OwnedDelivery.Phase.RECORDING);
    offer(lane);
    return out;
  }

  private void begin(OwnedDelivery entry, Lane lane, Instant now) {
    entry.phase = OwnedDelivery.Phase.IN_FLIGHT;
    scheduler.begin(entry, lane, now);
  }
}
