package dev.hookferry.engine.dispatch;

import dev.hookferry.observe.LoadLimits;

/** How many more deliveries a lane may take. */
final class LaneCapacity {
  private final LoadLimits limits;

  LaneCapacity(LoadLimits limits) {
    this.limits = limits;
  }

  /**
   * For deliveries that are just being accepted. While the store has some that could not be
   * claimed, fresh ones leave them their half.
   *
   * @param left how many the node as a whole may take
   */
  int forFresh(Lane lane, int left) {
    int fresh = lane.load() - lane.waitingClaimed();
    int room =
        lane.starved ? Math.min(share(left) / 2 - fresh, room(lane, left)) : room(lane, left);
    return Math.min(room, lane.allowance());
  }

  /** The same for deliveries from the store. */
  int forClaimed(Lane lane, int left) {
    int room = Math.min((share(left) + 1) / 2 - lane.waitingClaimed(), room(lane, left));
    return Math.min(room, lane.allowance());
  }

  /** Whether it is worth asking the store again for a lane that could not take all. */
  boolean isWorthwhile(Lane lane, int left) {
    int room = forClaimed(lane, left);
    return lane.health.isCramped() ? room > 0 : room * 4 >= limits.lane();
  }

  private int room(Lane lane, int left) {
    return Math.min(share(left) - lane.load(), left);
  }

  /** A lane may take more than its share while the node as a whole has plenty of room. */
  private int share(int left) {
    return Math.max(limits.lane(), left / 2);
  }
}
