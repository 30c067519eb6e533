package dev.hookferry.engine.dispatch;

import dev.hookferry.observe.LoadLimits;

/** Computes how many more deliveries a lane may take. */
final class LaneCapacity {
  private final LoadLimits limits;

  LaneCapacity(LoadLimits limits) {
    this.limits = limits;
  }

  /**
   * Returns the room for newly accepted deliveries; they leave half to claimed ones while the store
   * has some that could not be claimed.
   *
   * @param left room of the whole node
   */
  int forFresh(Lane lane, int left) {
    int fresh = lane.load() - lane.waitingClaimed();
    int room =
        lane.starved ? Math.min(share(left) / 2 - fresh, room(lane, left)) : room(lane, left);
    return Math.min(room, lane.allowance());
  }

  /** Returns the room for deliveries claimed from the store. */
  int forClaimed(Lane lane, int left) {
    int room = Math.min((share(left) + 1) / 2 - lane.waitingClaimed(), room(lane, left));
    return Math.min(room, lane.allowance());
  }

  /** Returns whether another claim is worthwhile for a lane that could not take everything. */
  boolean isWorthwhile(Lane lane, int left) {
    int room = forClaimed(lane, left);
    return lane.health.isCramped() ? room > 0 : room * 4 >= limits.lane();
  }

  private int room(Lane lane, int left) {
    return Math.min(share(left) - lane.load(), left);
  }

  /** Lets a lane exceed its share while the node has plenty of room. */
  private int share(int left) {
    return Math.max(limits.lane(), left / 2);
  }
}
