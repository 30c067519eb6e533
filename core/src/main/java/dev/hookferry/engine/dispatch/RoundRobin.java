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
  private final Map<Lane, Place> places = new HashMap<>();
  private final Set<SiteId> sites = new LinkedHashSet<>();
  private int waiting;

  /** Appends a lane to its site's ring, if it is ready and not yet in it. */
  void offer(Lane lane) {
    Place place = places.get(lane);
    if (place == null) {
      if (!lane.isReady()) {
        return;
      }
      place = new Place();
      places.put(lane, place);
    }
    if (!place.queued && lane.isReady()) {
      place.queued = true;
      turn(lane.site).ready.add(lane);
      sites.add(lane.site);
    }
    count(lane, place);
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
      Place place = place(lane);
      place.queued = false;
      count(lane, place);
      if (ready) {
        return lane;
      }
    }
    return null;
  }

  /** Removes a lane. */
  void leave(Lane lane) {
    Place place = places.remove(lane);
    if (place != null && place.queued) {
      turn(lane.site).ready.remove(lane);
      place.queued = false;
      count(lane, place);
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
  private void count(Lane lane, Place place) {
    int now = place.queued && lane.isReady() ? lane.waiting() : 0;
    if (now != place.counted) {
      waiting += now - place.counted;
      turn(lane.site).waiting += now - place.counted;
      place.counted = now;
    }
  }

  /** Forgets all lanes. */
  void clear() {
    turns.clear();
    places.clear();
    sites.clear();
    waiting = 0;
  }

  private Place place(Lane lane) {
    return places.computeIfAbsent(lane, l -> new Place());
  }

  private Turn turn(SiteId site) {
    return turns.computeIfAbsent(site, s -> new Turn());
  }

  private SiteId firstSite() {
    Iterator<SiteId> some = sites.iterator();
    SiteId one = some.next();
    some.remove();
    return one;
  }

  /** A lane's place in its ring. */
  private static final class Place {
    boolean queued;

    /** Number of waiting deliveries that are counted for the lane. */
    int counted;
  }

  /** Ready lanes of one site, in order. */
  private static final class Turn {
    final Set<Lane> ready = new LinkedHashSet<>();
    int waiting;
  }
}
