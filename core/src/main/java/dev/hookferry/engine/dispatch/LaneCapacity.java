package dev.hookferry.engine.dispatch;

import dev.hookferry.engine.owned.OwnedDeliveries;
import dev.hookferry.id.EndpointId;
import dev.hookferry.observe.LoadLimits;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Capacity of lanes: how many more deliveries each may take. Tracks the starved lanes, whose due
 * deliveries may still be in the store because there was no room to claim them.
 *
 * <p>Terms: <em>left</em> is how many more deliveries the node may have for a site. The
 * <em>share</em> of a lane is half of that, but at least {@link LoadLimits#lane}. Its <em>room</em>
 * is its share minus its load. Its <em>allowance</em> is how many more deliveries may wait, given
 * the health and the rate of its endpoint.
 *
 * <p>Example: the node may own 20,000 deliveries and owns 4,000, of which the site has 1,000 and
 * the lane 700: 300 fresh and 100 claimed ones wait, 300 are in flight. Left: 20,000 - 4,000 -
 * 1,000 = 15,000, so the share is 7,500 and the room 6,800. Fresh deliveries may fill the room;
 * while the lane is starved, they leave half of the share to claimed ones: 3,750 - 600 = 3,150.
 * Claimed ones may fill the other half: 3,750 - 100 = 3,650. If the endpoint fails and its window
 * is 8, the allowance is 8 - 300 for fresh ones and 8 - 100 for claimed ones, so neither may be
 * added.
 */
final class LaneCapacity {
  private final LoadLimits limits;
  private final OwnedDeliveries owned;
  private final LaneTable lanes;
  private final Set<Lane> starved = new HashSet<>();

  /** Whether the store may have due deliveries that were not claimed because the node was full. */
  private boolean allStarved;

  LaneCapacity(LoadLimits limits, OwnedDeliveries owned, LaneTable lanes) {
    this.limits = limits;
    this.owned = owned;
    this.lanes = lanes;
  }

  /** Returns how many more deliveries fit into memory. */
  int left() {
    return limits.owned() - owned.reserved() - owned.size();
  }

  /**
   * Returns how many more deliveries a lane's site may have: at least as many slots as it already
   * uses must stay free for others.
   */
  private int left(Lane lane) {
    return left() - owned.load(lane.site);
  }

  /** Returns how many more payload bytes fit into memory. */
  long bytesLeft() {
    return limits.ownedBytes() - owned.bytes();
  }

  /** Returns whether there is no room at all. */
  boolean isFull() {
    return left() <= 0 || bytesLeft() <= 0;
  }

  /**
   * Returns the room for newly accepted deliveries; they leave half of the share to claimed ones
   * while the lane is starved. Zero or less if there is none.
   */
  int forFresh(Lane lane) {
    int left = left(lane);
    int fresh = lane.load() - lane.waitingClaimed();
    int waitingFresh = fresh - lane.inFlight();
    int room = room(lane, left);
    if (starved.contains(lane)) {
      int halfOfShare = share(left) / 2;
      room = Math.min(room, halfOfShare - fresh);
    }
    return Math.min(room, allowance(lane, waitingFresh));
  }

  /** Returns the room for deliveries claimed from the store; 0 if there is none. */
  int forClaimed(Lane lane) {
    int left = left(lane);
    int halfOfShare = (share(left) + 1) / 2;
    int room = Math.min(room(lane, left), halfOfShare - lane.waitingClaimed());
    return Math.max(0, Math.min(room, allowance(lane, lane.waitingClaimed())));
  }

  /** Returns the room for claimed deliveries in lanes where it may differ from the default. */
  Map<EndpointId, Integer> nonDefaultRooms() {
    Map<EndpointId, Integer> nonDefaultRooms = new HashMap<>();
    for (Lane lane : lanes.all()) {
      int room = forClaimed(lane);
      if (lane.load() > 0 || room < limits.lane()) {
        nonDefaultRooms.put(lane.endpoint, room);
      }
    }
    return nonDefaultRooms;
  }

  /** Records that a delivery did not fit and stays in the store. */
  void overflowed(Lane lane) {
    if (!lane.isShut()) {
      starved.add(lane);
    }
  }

  /** Updates the starved lanes before a claim that requests as much as there is room for. */
  void updateStarved() {
    allStarved = isFull();
    for (Lane lane : lanes.all()) {
      // The end of a back-off triggers a claim anyway. A probed lane stays starved, so that the
      // next claim follows as soon as its only slot is free.
      if (!lane.isShut() && (lane.mode() == LaneMode.PROBING || forClaimed(lane) == 0)) {
        starved.add(lane);
      } else {
        starved.remove(lane);
      }
    }
  }

  /** Returns whether another claim is worthwhile after a delivery of this lane has left. */
  boolean isWorthwhile(@Nullable Lane lane) {
    if (allStarved && left() * 2 > limits.owned()) {
      return true;
    }
    if (lane == null || !starved.contains(lane)) {
      return false;
    }
    int room = forClaimed(lane);
    return switch (lane.mode()) {
      case FULL -> room * 4 >= usual(lane);
      case REDUCED -> room * 4 >= Math.min(usual(lane), lane.window.size());
      case PROBING -> room > 0;
    };
  }

  /** Removes a lane. */
  void forget(Lane lane) {
    starved.remove(lane);
  }

  /**
   * Returns how many more deliveries, fresh or claimed, may wait in a lane given the health and the
   * rate of its endpoint. Each kind has its own slots, so that neither crowds out the other; while
   * the endpoint is probed, both share a single slot.
   *
   * @param waiting number of deliveries of that kind that wait in the lane
   */
  private int allowance(Lane lane, int waiting) {
    if (lane.isShut()) {
      return 0;
    }
    int byHealth =
        switch (lane.mode()) {
          case FULL -> Integer.MAX_VALUE;
          case REDUCED -> lane.window.size() - waiting;
          case PROBING -> 1 - lane.load();
        };
    SendPacer pacer = lane.pacer();
    return pacer == null ? byHealth : Math.min(byHealth, pacer.lookahead() - waiting);
  }

  /** Returns the configured capacity of a lane, or its pacer's lookahead if that is less. */
  private int usual(Lane lane) {
    SendPacer pacer = lane.pacer();
    return pacer == null ? limits.lane() : Math.min(limits.lane(), pacer.lookahead());
  }

  /** Returns how many more deliveries fit into the share of a lane, and into the node. */
  private int room(Lane lane, int left) {
    return Math.min(share(left) - lane.load(), left);
  }

  /** Returns how many deliveries a lane may have: more while the node has plenty of room. */
  private int share(int left) {
    return Math.max(limits.lane(), left / 2);
  }
}
