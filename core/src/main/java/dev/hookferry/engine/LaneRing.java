package dev.hookferry.engine;

import dev.hookferry.endpoint.SiteId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is: sites take turns, and within a site its endpoints take turns, so that neither a
 * busy site nor a busy endpoint starves another.
 */
final class LaneRing {
  private final Map<SiteId, Deque<Lane>> lanes = new HashMap<>();
  private final Deque<SiteId> sites = new ArrayDeque<>();

  /** Puts a lane at the end of its site's turn, if it is ready and not there yet. */
  void offer(Lane lane) {
    if (lane.queued || !lane.isReady()) {
      return;
    }
    lane.queued = true;
    Deque<Lane> ready = lanes.computeIfAbsent(lane.site, s -> new ArrayDeque<>());
    if (ready.isEmpty()) {
      sites.addLast(lane.site);
    }
    ready.addLast(lane);
  }

  /** The lane whose turn it is, or null if none is ready. Offer it again after taking from it. */
  @Nullable Lane next() {
    while (!sites.isEmpty()) {
      SiteId site = sites.removeFirst();
      Deque<Lane> ready = lanes.get(site);
      Lane lane = ready == null ? null : ready.pollFirst();
      if (ready == null || lane == null) {
        continue;
      }
      if (!ready.isEmpty()) {
        sites.addLast(site);
      }
      lane.queued = false;
      if (lane.isReady()) {
        return lane;
      }
    }
    return null;
  }

  void clear() {
    lanes.values().forEach(ready -> ready.forEach(lane -> lane.queued = false));
    lanes.clear();
    sites.clear();
  }
}
