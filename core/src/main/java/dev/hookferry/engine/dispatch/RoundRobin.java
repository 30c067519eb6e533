package dev.hookferry.engine.dispatch;

import dev.hookferry.id.SiteId;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Two-level round robin over sites and, within a site, over endpoints, so that neither a busy site
 * nor a busy endpoint starves another.
 */
final class RoundRobin {
  private final Map<SiteId, Turn> turns = new HashMap<>();
  private final Set<SiteId> sites = new LinkedHashSet<>();
  private int waiting;

  /** Appends a lane to its site's ring, if it is ready and not yet in it. */
  void offer(Lane lane) {
    if (!lane.queued && lane.isReady()) {
      lane.queued = true;
      turn(lane.site).ready.add(lane);
      sites.add(lane.site);
    }
    count(lane);
  }

  /**
   * Takes the lane whose turn it is, or null if none is ready. Skips lanes with at least as many
   * requests in flight as there are free places. Offer the lane again after taking from it.
   *
   * @param free how many more requests may start
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

  /** Removes a lane. */
  void leave(Lane lane) {
    if (lane.queued) {
      turn(lane.site).ready.remove(lane);
      lane.queued = false;
      count(lane);
    }
  }

  /** Returns the number of deliveries waiting in queued lanes. */
  int waiting() {
    return waiting;
  }

  /** Returns the number of deliveries of a site waiting in queued lanes. */
  int waiting(SiteId site) {
    Turn turn = turns.get(site);
    return turn == null ? 0 : turn.waiting;
  }

  /** Updates the count of waiting deliveries of a queued lane. */
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

  /** Ready lanes of one site, in order. */
  private static final class Turn {
    final Set<Lane> ready = new LinkedHashSet<>();
    int waiting;
  }
}
