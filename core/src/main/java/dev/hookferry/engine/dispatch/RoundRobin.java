package dev.hookferry.engine.dispatch;

import dev.hookferry.id.SiteId;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is: sites take turns, and within a site its endpoints take turns, so that neither a
 * busy site nor a busy endpoint starves another.
 */
final class RoundRobin {
  private final Map<SiteId, Turn> turns = new HashMap<>();
  private final Set<SiteId> sites = new LinkedHashSet<>();
  private int waiting;

  /** Puts a lane at the end of its site's turn, if it is ready and not there yet. */
  void offer(Lane lane) {
    if (!lane.queued && lane.isReady()) {
      lane.queued = true;
      turn(lane.site).ready.add(lane);
      sites.add(lane.site);
    }
    count(lane);
  }

  /**
   * The lane whose turn it is, or null if none is ready. Passes over those that have as many
   * requests under way as places are free, or more. Offer it again after taking from it.
   *
   * @param free how many more requests may begin
   */
  @Nullable Lane next(int free) {
    for (int left = free > 0 ? sites.size() : 0; left > 0; left--) {
      SiteId site = firstSite();
      Turn turn = turn(site);
      Lane lane = next(turn, free);
      if (!turn.ready.isEmpty()) {
        sites.add(site);
      }
      if (lane != null) {
        return lane;
      }
    }
    return null;
  }

  private @Nullable Lane next(Turn turn, int free) {
    Iterator<Lane> lanes = turn.ready.iterator();
    while (lanes.hasNext()) {
      Lane lane = lanes.next();
      boolean ready = lane.isReady();
      if (ready && lane.inFlight() >= free) {
        continue;
      }
      lanes.remove();
      lane.queued = false;
      count(lane);
      if (ready) {
        return lane;
      }
    }
    return null;
  }

  /** Takes a lane out, wherever it stands. */
  void leave(Lane lane) {
    if (lane.queued) {
      turn(lane.site).ready.remove(lane);
      lane.queued = false;
      count(lane);
    }
  }

  /** How many deliveries wait in lanes whose turn will come. */
  int waiting() {
    return waiting;
  }

  /** How many of them are of this site. */
  int waiting(SiteId site) {
    Turn turn = turns.get(site);
    return turn == null ? 0 : turn.waiting;
  }

  /** Learns that a lane of this ring has more or fewer that wait. */
  void count(Lane lane) {
    int now = lane.queued && lane.isReady() ? lane.waiting() : 0;
    waiting += now - lane.counted;
    turn(lane.site).waiting += now - lane.counted;
    lane.counted = now;
  }

  void clear() {
    turns.values().forEach(turn -> turn.ready.forEach(RoundRobin::forget));
    turns.clear();
    sites.clear();
    waiting = 0;
  }

  private Turn turn(SiteId site) {
    return turns.computeIfAbsent(site, s -> new Turn());
  }

  private static void forget(Lane lane) {
    lane.queued = false;
    lane.counted = 0;
  }

  private SiteId firstSite() {
    Iterator<SiteId> some = sites.iterator();
    SiteId one = some.next();
    some.remove();
    return one;
  }

  /** The lanes of one site that are ready, in their order. */
  private static final class Turn {
    final Set<Lane> ready = new LinkedHashSet<>();
    int waiting;
  }
}
