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
  private final Map<SiteId, SiteRing> rings = new HashMap<>();
  private final Map<Lane, LaneSlot> slots = new HashMap<>();
  private final Set<SiteId> sites = new LinkedHashSet<>();
  private int waiting;

  /** Appends a lane to its site's ring, if it is ready and not yet in it. */
  void offer(Lane lane) {
    LaneSlot slot = slots.get(lane);
    if (slot == null) {
      if (!lane.isReady()) {
        return;
      }
      slot = new LaneSlot();
      slots.put(lane, slot);
    }
    if (!slot.queued && lane.isReady()) {
      slot.queued = true;
      ring(lane.site).ready.add(lane);
      sites.add(lane.site);
    }
    count(lane, slot);
  }

  /**
   * Takes the lane whose turn it is, or null if none is ready. Skips lanes with at least as many
   * requests in flight as there are free slots. Offer the lane again after taking from it.
   *
   * @param free how many more requests may start
   */
  @Nullable Lane next(int free) {
    for (int left = free > 0 ? sites.size() : 0; left > 0; left--) {
      SiteId site = firstSite();
      SiteRing ring = ring(site);
      Lane lane = next(ring, free);
      if (!ring.ready.isEmpty()) {
        sites.add(site);
      }
      if (lane != null) {
        return lane;
      }
    }
    return null;
  }

  private @Nullable Lane next(SiteRing ring, int free) {
    Iterator<Lane> lanes = ring.ready.iterator();
    while (lanes.hasNext()) {
      Lane lane = lanes.next();
      boolean ready = lane.isReady();
      if (ready && lane.inFlight() >= free) {
        continue;
      }
      lanes.remove();
      LaneSlot slot = slot(lane);
      slot.queued = false;
      count(lane, slot);
      if (ready) {
        return lane;
      }
    }
    return null;
  }

  /** Removes a lane. */
  void leave(Lane lane) {
    LaneSlot slot = slots.remove(lane);
    if (slot != null && slot.queued) {
      ring(lane.site).ready.remove(lane);
      slot.queued = false;
      count(lane, slot);
    }
  }

  /** Returns the number of deliveries waiting in queued lanes. */
  int waiting() {
    return waiting;
  }

  /** Returns the number of deliveries of a site waiting in queued lanes. */
  int waiting(SiteId site) {
    SiteRing ring = rings.get(site);
    return ring == null ? 0 : ring.waiting;
  }

  /** Updates the count of waiting deliveries of a queued lane. */
  private void count(Lane lane, LaneSlot slot) {
    int now = slot.queued && lane.isReady() ? lane.waiting() : 0;
    if (now != slot.counted) {
      waiting += now - slot.counted;
      ring(lane.site).waiting += now - slot.counted;
      slot.counted = now;
    }
  }

  /** Forgets all lanes. */
  void clear() {
    rings.clear();
    slots.clear();
    sites.clear();
    waiting = 0;
  }

  private LaneSlot slot(Lane lane) {
    return slots.computeIfAbsent(lane, l -> new LaneSlot());
  }

  private SiteRing ring(SiteId site) {
    return rings.computeIfAbsent(site, s -> new SiteRing());
  }

  private SiteId firstSite() {
    Iterator<SiteId> some = sites.iterator();
    SiteId one = some.next();
    some.remove();
    return one;
  }

  /** A lane's slot in its ring. */
  private static final class LaneSlot {
    boolean queued;

    /** Number of waiting deliveries that are counted for the lane. */
    int counted;
  }

  /** Ready lanes of one site, in order. */
  private static final class SiteRing {
    final Set<Lane> ready = new LinkedHashSet<>();
    int waiting;
  }
}
