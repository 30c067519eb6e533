package dev.hookferry.engine;

import dev.hookferry.delivery.DeliveryId;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointId;
import dev.hookferry.endpoint.SiteId;
import dev.hookferry.port.Claimed.Work;
import dev.hookferry.port.Limits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All that this node owns, within its bounds. */
final class Lanes {
  private final Limits limits;
  private final Traffic traffic;
  private final Map<EndpointId, Lane> lanes = new HashMap<>();
  private final Map<DeliveryId, Held> held = new HashMap<>();
  private int reserved;
  private long bytes;

  /** Whether the store may hold due deliveries that were not claimed for lack of any room. */
  private boolean starved;

  Lanes(Limits limits) {
    this.limits = limits;
    traffic = new Traffic(limits.inFlight());
  }

  /** Keeps a place for a new delivery; false if there is none, or if the endpoint rests. */
  boolean reserve(Endpoint endpoint, int payload, boolean paused) {
    Lane lane = lane(endpoint);
    if (paused || roomForFresh(lane) <= 0 || bytes + payload > limits.ownedBytes()) {
      lane.starved = true;
      return false;
    }
    lane.reserve();
    reserved++;
    bytes += payload;
    return true;
  }

  /** Gives a kept place back. */
  void unreserve(EndpointId endpoint, int payload) {
    Lane lane = present(endpoint);
    lane.unreserve();
    reserved--;
    bytes -= payload;
    tidy(lane);
  }

  /** Takes a delivery in that this node just accepted. */
  void addFresh(Endpoint endpoint, Work work) {
    hold(work);
    Lane lane = lane(endpoint);
    lane.addFresh(work);
    traffic.offer(lane);
  }

  /** Takes a delivery in that the store gave. */
  void addClaimed(Endpoint endpoint, Work work) {
    hold(work);
    Lane lane = lane(endpoint);
    lane.addClaimed(work);
    traffic.offer(lane);
  }

  /** Takes a delivery in that is not to be sent, only recorded or given back. */
  Held addAside(Work work) {
    Held entry = hold(work);
    entry.stage = Held.Stage.RECORDING;
    return entry;
  }

  /** Takes a delivery in that is to be sent at once, past the lane's queue. */
  Held addUrgent(Endpoint endpoint, Work work, Instant now) {
    Held entry = hold(work);
    Lane lane = lane(endpoint);
    lane.begin();
    begin(entry, lane, now);
    return entry;
  }

  /** The next delivery to send, now counted as under way; null if there is none or no room. */
  @Nullable Held next(Instant now) {
    Lane lane = traffic.next();
    if (lane == null) {
      return null;
    }
    Held next = of(lane.take());
    traffic.offer(lane);
    begin(next, lane, now);
    return next;
  }

  /** A request ended; its place in the window is free. */
  void ended(Held entry, Outcome outcome) {
    Lane lane = present(entry.delivery().endpoint());
    lane.end();
    entry.stage = Held.Stage.RECORDING;
    traffic.end(entry, lane, outcome);
    traffic.offer(lane);
    tidy(lane);
  }

  /** Which requests take long by now. */
  void age(Instant now) {
    traffic.age(now);
  }

  /** When the next request will be found to take long, or null if that cannot be. */
  @Nullable Instant agesAt() {
    return traffic.agesAt();
  }

  /**
   * How far acceptance is ahead of delivery: deliveries that could be sent but for this node's own
   * bounds, with those that are about to join them.
   */
  int congestion() {
    int waiting = traffic.ready();
    return waiting == 0 ? 0 : waiting + reserved;
  }

  /** How many deliveries of a site could be sent but for this node's own bounds. */
  int ready(SiteId site) {
    return traffic.ready(site);
  }

  /** Takes a waiting delivery out of its lane. */
  void withdraw(Held entry) {
    Lane lane = present(entry.delivery().endpoint());
    lane.remove(entry.work);
    traffic.offer(lane);
    entry.stage = Held.Stage.RECORDING;
  }

  /** This node owns the delivery no more. Tells whether a starved lane has room again. */
  boolean forget(Held entry) {
    if (held.remove(entry.delivery().id(), entry)) {
      bytes -= entry.work.event().payload().size();
    }
    if (starved && roomLeft() * 2 > limits.owned()) {
      return true;
    }
    Lane lane = lanes.get(entry.delivery().endpoint());
    return lane != null
        && lane.starved
        && !lane.paused
        && roomForClaimed(lane) * 4 >= limits.lane();
  }

  @Nullable Held find(DeliveryId id) {
    return held.get(id);
  }

  /** Lets an endpoint go on, or makes it rest and gives what waits for it. */
  List<Held> pause(Endpoint endpoint, boolean paused) {
    Lane lane = lane(endpoint);
    lane.paused = paused;
    if (!paused) {
      traffic.offer(lane);
      return List.of();
    }
    return empty(lane);
  }

  /** Gives everything that waits, in every lane. */
  List<Held> empty() {
    List<Held> all = new ArrayList<>();
    lanes.values().forEach(lane -> all.addAll(empty(lane)));
    return all;
  }

  /** What waits for an endpoint that is no more. */
  List<Held> remove(EndpointId endpoint) {
    Lane lane = lanes.get(endpoint);
    if (lane == null) {
      return List.of();
    }
    lane.removed = true;
    List<Held> waiting = empty(lane);
    tidy(lane);
    return waiting;
  }

  /** For each of these endpoints that has room: how much. Marks the others as starved. */
  Map<EndpointId, Integer> rooms(Iterable<Endpoint> endpoints) {
    Map<EndpointId, Integer> rooms = new LinkedHashMap<>();
    for (Endpoint endpoint : endpoints) {
      Lane lane = lanes.get(endpoint.id());
      int room = lane == null ? limits.lane() : roomForClaimed(lane);
      if (room > 0) {
        rooms.put(endpoint.id(), room);
      }
      if (lane != null) {
        lane.starved = room <= 0;
      }
    }
    starved = roomLeft() <= 0 || bytesLeft() <= 0;
    return starved ? Map.of() : rooms;
  }

  /** How many deliveries may still come. */
  int roomLeft() {
    return limits.owned() - reserved - held.size();
  }

  /** How many bytes may still come. */
  long bytesLeft() {
    return limits.ownedBytes() - bytes;
  }

  int inFlight() {
    return traffic.inFlight();
  }

  int owned() {
    return held.size();
  }

  /** Gives up all deliveries, because another owner has them; reserved places stay. */
  List<Held> clear() {
    List<Held> all = List.copyOf(held.values());
    traffic.clear();
    lanes.values().forEach(Lane::reset);
    return all;
  }

  private void tidy(Lane lane) {
    if (lane.removed && lane.load() == 0) {
      lanes.remove(lane.endpoint, lane);
    }
  }

  private List<Held> empty(Lane lane) {
    List<Held> out = lane.empty().stream().map(this::of).toList();
    out.forEach(entry -> entry.stage = Held.Stage.RECORDING);
    traffic.offer(lane);
    return out;
  }

  private Held hold(Work work) {
    Held entry = new Held(work);
    held.put(work.delivery().id(), entry);
    bytes += work.event().payload().size();
    return entry;
  }

  private void begin(Held entry, Lane lane, Instant now) {
    entry.stage = Held.Stage.IN_FLIGHT;
    traffic.begin(entry, lane, now);
  }

  private Held of(Work work) {
    Held entry = held.get(work.delivery().id());
    if (entry == null) {
      throw new IllegalStateException(work.delivery().id() + " waits but is not owned");
    }
    return entry;
  }

  /** While the store has deliveries that could not be claimed, fresh ones leave them their half. */
  private int roomForFresh(Lane lane) {
    int fresh = lane.load() - lane.waitingClaimed();
    return lane.starved ? Math.min(share() / 2 - fresh, room(lane)) : room(lane);
  }

  private int roomForClaimed(Lane lane) {
    return Math.min((share() + 1) / 2 - lane.waitingClaimed(), room(lane));
  }

  private int room(Lane lane) {
    return Math.min(share() - lane.load(), roomLeft());
  }

  /** A lane may take more than its share while the node as a whole has plenty of room. */
  private int share() {
    return Math.max(limits.lane(), roomLeft() / 2);
  }

  private Lane present(EndpointId endpoint) {
    Lane lane = lanes.get(endpoint);
    if (lane == null) {
      throw new IllegalStateException("there is no lane for " + endpoint);
    }
    return lane;
  }

  private Lane lane(Endpoint endpoint) {
    return lanes.computeIfAbsent(
        endpoint.id(), id -> new Lane(endpoint.site(), id, limits.window()));
  }
}
