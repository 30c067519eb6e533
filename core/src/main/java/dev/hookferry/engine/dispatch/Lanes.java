package dev.hookferry.engine.dispatch;

import dev.hookferry.delivery.Outcome;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.engine.effect.WakeTime;
import dev.hookferry.engine.owned.OwnedDeliveries;
import dev.hookferry.engine.owned.OwnedDelivery;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.observe.LoadLimits;
import dev.hookferry.store.ClaimResult.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** All that this node owns, within its bounds. */
public final class Lanes {
  private final SendScheduler traffic;
  private final LaneCapacity rooms;
  private final LaneTimers rests = new LaneTimers();
  private final LaneTable lanes;
  private final OwnedDeliveries held = new OwnedDeliveries();

  public Lanes(LoadLimits limits, Predicate<Endpoint> paused) {
    lanes = new LaneTable(limits.window(), paused);
    traffic = new SendScheduler(limits.inFlight());
    rooms = new LaneCapacity(limits, held);
  }

  /** Keeps a place; false if there is none, or if the endpoint rests. */
  public boolean reserve(Endpoint endpoint, int payload) {
    Lane lane = lanes.of(endpoint);
    if (rooms.forFresh(lane) <= 0 || payload > rooms.bytesLeft()) {
      rooms.overflowed(lane);
      return false;
    }
    lane.reserve();
    held.reserve(lane.site, payload);
    return true;
  }

  public void unreserve(EndpointId endpoint, int payload) {
    Lane lane = lanes.present(endpoint);
    lane.unreserve();
    held.unreserve(lane.site, payload);
    tidy(lane);
  }

  /** Takes a delivery in that this node just accepted. */
  public void addFresh(Endpoint endpoint, Work work) {
    held.add(work);
    Lane lane = lanes.of(endpoint);
    lane.addFresh(work);
    traffic.offer(lane);
  }

  /** Takes a delivery in that the store gave. */
  public void addClaimed(Endpoint endpoint, Work work) {
    held.add(work);
    Lane lane = lanes.of(endpoint);
    lane.addClaimed(work);
    traffic.offer(lane);
  }

  /** Takes a delivery in that is not to be sent, only recorded or given back. */
  public OwnedDelivery addAside(Work work) {
    OwnedDelivery entry = held.add(work);
    entry.stage = OwnedDelivery.Stage.RECORDING;
    return entry;
  }

  /** Counts a delivery as under way that was taken in aside. */
  public void beginAside(Endpoint endpoint, OwnedDelivery entry, Instant now) {
    Lane lane = lanes.of(endpoint);
    lane.begin();
    begin(entry, lane, now);
  }

  /** The next delivery to send, now counted as under way; null if there is none or no room. */
  public @Nullable OwnedDelivery next(Instant now) {
    Lane lane = traffic.next();
    if (lane == null) {
      return null;
    }
    OwnedDelivery next = held.of(lane.take());
    traffic.offer(lane);
    begin(next, lane, now);
    return next;
  }

  /** A request ended; its place in the window is free. */
  public void ended(OwnedDelivery entry, Outcome outcome) {
    Lane lane = lanes.present(entry.delivery().endpoint());
    lane.end();
    entry.stage = OwnedDelivery.Stage.RECORDING;
    traffic.end(entry, lane, outcome);
    traffic.offer(lane);
    tidy(lane);
  }

  /** Which requests take long by now, and who has rested enough: whether anybody has. */
  public boolean age(Instant now) {
    traffic.age(now);
    List<Lane> over = rests.over(now);
    for (Lane lane : over) {
      lane.shut(false);
      traffic.offer(lane);
    }
    return !over.isEmpty();
  }

  /** When time alone will change something here, or null if it will not. */
  public @Nullable Instant agesAt() {
    return WakeTime.earlier(traffic.agesAt(), rests.next());
  }

  public void setBack(Duration by) {
    traffic.setBack(by);
    rests.setBack(by);
  }

  /** Returns whether this node has had deliveries for the endpoint. */
  public boolean isKnown(EndpointId endpoint) {
    return lanes.get(endpoint) != null;
  }

  /** Returns whether the endpoint's window has room for another request. */
  public boolean hasPlace(EndpointId endpoint) {
    Lane lane = lanes.get(endpoint);
    return lane == null || lane.hasPlace();
  }

  /**
   * Applies the configuration and the health of an endpoint to its lane.
   *
   * @param gone whether the receiver has said that it is gone for good
   * @param restsUntil the end of the back-off; in the past if there is none
   * @return deliveries that must not wait here while nothing is sent; the caller releases them
   */
  public List<OwnedDelivery> settle(
      Endpoint endpoint, LaneMode mode, boolean gone, Instant restsUntil, Instant now) {
    Lane lane = lanes.get(endpoint.id());
    if (lane == null) {
      return List.of();
    }
    boolean paused = gone || lanes.isPaused(endpoint);
    rests.end(lane);
    if (!paused && restsUntil.isAfter(now)) {
      rests.begin(lane, restsUntil);
    }
    lane.mode(mode);
    lane.shut(paused || rests.isResting(lane));
    if (lane.isShut()) {
      return empty(lane);
    }
    traffic.offer(lane);
    return List.of();
  }

  /** Restarts the window of an endpoint that has just recovered. */
  public void restart(EndpointId endpoint) {
    Lane lane = lanes.get(endpoint);
    if (lane != null) {
      lane.window.restart();
    }
  }

  /** Whether nothing goes out to an endpoint, now or for ever. */
  public boolean isShut(EndpointId endpoint) {
    Lane lane = lanes.get(endpoint);
    return lane != null && lane.isShut();
  }

  /**
   * How far acceptance is ahead of delivery: deliveries that could be sent but for this node's own
   * bounds, with those that are about to join them.
   */
  public int congestion() {
    int waiting = traffic.ready();
    return waiting == 0 ? 0 : waiting + held.reserved();
  }

  /** How many deliveries of a site could be sent but for this node's own bounds. */
  public int ready(SiteId site) {
    return traffic.ready(site);
  }

  /** Takes a waiting delivery out of its lane. */
  public void withdraw(OwnedDelivery entry) {
    Lane lane = lanes.present(entry.delivery().endpoint());
    lane.remove(entry.work);
    traffic.offer(lane);
    entry.stage = OwnedDelivery.Stage.RECORDING;
  }

  /** This node owns the delivery no more. Tells whether a starved lane has room again. */
  public boolean forget(OwnedDelivery entry) {
    held.remove(entry);
    return rooms.isWorthwhile(lanes.get(entry.delivery().endpoint()));
  }

  public @Nullable OwnedDelivery find(DeliveryId id) {
    return held.find(id);
  }

  /** Gives everything that waits, in every lane. */
  public List<OwnedDelivery> empty() {
    List<OwnedDelivery> all = new ArrayList<>();
    lanes.all().forEach(lane -> all.addAll(empty(lane)));
    return all;
  }

  /** What waits for an endpoint that is no more. */
  public List<OwnedDelivery> remove(EndpointId endpoint) {
    Lane lane = lanes.get(endpoint);
    if (lane == null) {
      return List.of();
    }
    lanes.retire(lane);
    rests.end(lane);
    List<OwnedDelivery> waiting = empty(lane);
    tidy(lane);
    return waiting;
  }

  /** Returns the endpoints whose room for a claim is not {@link LoadLimits#lane}, with theirs. */
  public Map<EndpointId, Integer> rooms() {
    return rooms.unusual(lanes.all());
  }

  /** Records that the store was asked for as much as there is room for. */
  public void asked() {
    rooms.asked(lanes.all());
  }

  /** Returns whether there is no room at all. */
  public boolean isFull() {
    return rooms.isFull();
  }

  /** Returns how many more deliveries fit into memory. */
  public int roomLeft() {
    return rooms.left();
  }

  /** Returns how many more payload bytes fit into memory. */
  public long bytesLeft() {
    return rooms.bytesLeft();
  }

  public int inFlight() {
    return traffic.inFlight();
  }

  public int owned() {
    return held.size();
  }

  /** Gives up all deliveries, because another owner has them; reserved places stay. */
  public List<OwnedDelivery> clear() {
    List<OwnedDelivery> all = held.list();
    traffic.clear();
    lanes.all().forEach(Lane::reset);
    return all;
  }

  private void tidy(Lane lane) {
    if (lanes.drops(lane)) {
      traffic.forget(lane);
      rooms.forget(lane);
    }
  }

  private List<OwnedDelivery> empty(Lane lane) {
    List<OwnedDelivery> out = lane.empty().stream().map(held::of).toList();
    out.forEach(entry -> entry.stage = OwnedDelivery.Stage.RECORDING);
    traffic.offer(lane);
    return out;
  }

  private void begin(OwnedDelivery entry, Lane lane, Instant now) {
    entry.stage = OwnedDelivery.Stage.IN_FLIGHT;
    traffic.begin(entry, lane, now);
  }
}
