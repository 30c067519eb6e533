package dev.hookferry.engine;

import dev.hookferry.delivery.DeliveryId;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointId;
import dev.hookferry.port.Claimed.Work;
import dev.hookferry.port.Limits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All that this node owns, within its bounds. */
final class Lanes {
  private final Limits limits;
  private final Map<EndpointId, Lane> lanes = new HashMap<>();
  private final LaneRing ring = new LaneRing();
  private final Map<DeliveryId, Held> held = new HashMap<>();
  private int reserved;
  private int inFlight;
  private long bytes;

  /** Whether the store may hold due deliveries that were not claimed for lack of any room. */
  private boolean starved;

  Lanes(Limits limits) {
    this.limits = limits;
  }

  /** Keeps a place for a new delivery; false if there is none, or if the endpoint rests. */
  boolean reserve(Endpoint endpoint, int payload, boolean paused) {
    Lane lane = lane(endpoint);
    if (paused || room(lane) <= 0 || bytes + payload > limits.ownedBytes()) {
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

  /** Takes a delivery in that this node owns now. */
  Held add(Endpoint endpoint, Work work) {
    Held entry = new Held(work);
    held.put(work.delivery().id(), entry);
    bytes += work.event().payload().size();
    Lane lane = lane(endpoint);
    lane.add(work);
    ring.offer(lane);
    return entry;
  }

  /** Takes a delivery in that is not to be sent, only recorded or given back. */
  Held addAside(Work work) {
    Held entry = new Held(work);
    held.put(work.delivery().id(), entry);
    bytes += work.event().payload().size();
    entry.stage = Held.Stage.RECORDING;
    return entry;
  }

  /** Takes a delivery in that is to be sent at once, past the lane's queue. */
  Held addUrgent(Endpoint endpoint, Work work) {
    Held entry = new Held(work);
    held.put(work.delivery().id(), entry);
    bytes += work.event().payload().size();
    lane(endpoint).begin();
    inFlight++;
    entry.stage = Held.Stage.IN_FLIGHT;
    return entry;
  }

  /** The next delivery to send, now counted as under way; null if there is none or no room. */
  @Nullable Held next() {
    if (inFlight >= limits.inFlight()) {
      return null;
    }
    Lane lane = ring.next();
    if (lane == null) {
      return null;
    }
    Held next = of(lane.take());
    ring.offer(lane);
    inFlight++;
    next.stage = Held.Stage.IN_FLIGHT;
    return next;
  }

  /** A request ended; its place in the window is free. */
  void ended(Held entry) {
    Lane lane = present(entry.delivery().endpoint());
    lane.end();
    inFlight--;
    entry.stage = Held.Stage.RECORDING;
    ring.offer(lane);
    tidy(lane);
  }

  /** Takes a waiting delivery out of its lane. */
  void withdraw(Held entry) {
    present(entry.delivery().endpoint()).remove(entry.work);
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
    return lane != null && lane.starved && !lane.paused && lane.load() * 2 <= limits.lane();
  }

  @Nullable Held find(DeliveryId id) {
    return held.get(id);
  }

  /** Lets an endpoint go on, or makes it rest and gives what waits for it. */
  List<Held> pause(Endpoint endpoint, boolean paused) {
    Lane lane = lane(endpoint);
    lane.paused = paused;
    if (!paused) {
      ring.offer(lane);
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
      int room = lane == null ? limits.lane() : room(lane);
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
    return inFlight;
  }

  int owned() {
    return held.size();
  }

  /** Gives up all deliveries, because another owner has them; reserved places stay. */
  List<Held> clear() {
    List<Held> all = List.copyOf(held.values());
    inFlight = 0;
    ring.clear();
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
    return out;
  }

  private Held of(Work work) {
    Held entry = held.get(work.delivery().id());
    if (entry == null) {
      throw new IllegalStateException(work.delivery().id() + " waits but is not owned");
    }
    return entry;
  }

  /** A lane may take more than its share while the node as a whole has plenty of room. */
  private int room(Lane lane) {
    int fair = Math.max(limits.lane(), roomLeft() / 2);
    return Math.min(fair - lane.load(), roomLeft());
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
