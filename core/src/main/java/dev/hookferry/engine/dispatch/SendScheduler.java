package dev.hookferry.engine.dispatch;

import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.engine.owned.OwnedDelivery;
import dev.hookferry.id.SiteId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tracks requests in flight and schedules the next ones. Fast and slow endpoints have separate
 * rings and slots, so that hanging endpoints never block responsive ones. An endpoint counts as
 * fast until one of its requests takes too long; the threshold is lower while few fast slots are
 * left. No endpoint may use more slots than are free, so none can take the last ones.
 */
final class SendScheduler {
  /** A request that takes longer than this marks its endpoint as slow. */
  static final Duration SLOW_AFTER = Duration.ofSeconds(1);

  /** The threshold while more than half of the fast slots are in use. */
  static final Duration SLOW_AFTER_WHEN_BUSY = Duration.ofMillis(100);

  private final int limit;
  private final RoundRobin fastRing = new RoundRobin();
  private final RoundRobin slowRing = new RoundRobin();

  /** Requests in flight not yet known to be slow, in order of their start. */
  private final Map<OwnedDelivery, Lane> fastRequests = new LinkedHashMap<>();

  /** Lanes of slow endpoints, judged by their last attempt or one in flight. */
  private final Set<Lane> slowLanes = new HashSet<>();

  private int slowRequests;
  private boolean slowTurn;

  /**
   * Creates a scheduler.
   *
   * @param limit number of fast slots, and of slow slots
   */
  SendScheduler(int limit) {
    this.limit = limit;
  }

  /** Returns the number of requests in flight, fast and slow. */
  int inFlight() {
    return fastRequests.size() + slowRequests;
  }

  /** Returns the number of deliveries to fast endpoints that wait only for a free slot. */
  int ready() {
    return fastRing.waiting();
  }

  /** Returns the number of a site's deliveries to fast endpoints that wait only for a free slot. */
  int ready(SiteId site) {
    return fastRing.waiting(site);
  }

  /** Updates a lane whose readiness or number of waiting deliveries may have changed. */
  void offer(Lane lane) {
    ring(lane).offer(lane);
  }

  /** Returns the lane whose turn it is, or null if none is ready or no slot is free. */
  @Nullable Lane next() {
    slowTurn = !slowTurn;
    Lane lane = slowTurn ? nextSlow() : nextFast();
    if (lane != null) {
      return lane;
    }
    return slowTurn ? nextFast() : nextSlow();
  }

  /** Records the start of a request. */
  void begin(OwnedDelivery owned, Lane lane, Instant now) {
    owned.begunAt = now;
    if (isSlow(lane)) {
      slowRequests++;
    } else {
      fastRequests.put(owned, lane);
    }
  }

  /** Records the end of a request. */
  void end(OwnedDelivery owned, Lane lane, Outcome outcome) {
    if (fastRequests.remove(owned) == null) {
      slowRequests--;
    }
    boolean hung =
        outcome.kind() == OutcomeKind.TIMEOUT || outcome.kind() == OutcomeKind.CONNECT_TIMEOUT;
    mark(lane, hung || outcome.atReceiver().compareTo(SLOW_AFTER) > 0);
    lane.window.ended(outcome);
  }

  /** Reclassifies requests that have become slow. */
  void age(Instant now) {
    // Uses one threshold for all, so that hanging requests are found together before slow slots are
    // refilled.
    Duration patience = slowThreshold();
    Iterator<Map.Entry<OwnedDelivery, Lane>> oldest = fastRequests.entrySet().iterator();
    while (oldest.hasNext()) {
      Map.Entry<OwnedDelivery, Lane> request = oldest.next();
      if (request.getKey().begunAt.plus(patience).isAfter(now)) {
        return;
      }
      Lane lane = request.getValue();
      oldest.remove();
      slowRequests++;
      mark(lane, true);
    }
  }

  /** Returns when the next request may become slow, or null if there is none. */
  @Nullable Instant agesAt() {
    return fastRequests.isEmpty()
        ? null
        : fastRequests.keySet().iterator().next().begunAt.plus(slowThreshold());
  }

  /** Adjusts start times after the clock was set back by this much. */
  void clockSetBack(Duration by) {
    fastRequests.keySet().forEach(owned -> owned.begunAt = owned.begunAt.minus(by));
  }

  /** Forgets all requests in flight. */
  void clear() {
    fastRing.clear();
    slowRing.clear();
    fastRequests.clear();
    slowRequests = 0;
  }

  /**
   * Returns the current threshold; half of the slots suffice for endpoints that respond quickly.
   */
  private Duration slowThreshold() {
    return fastRequests.size() > limit / 2 ? SLOW_AFTER_WHEN_BUSY : SLOW_AFTER;
  }

  private @Nullable Lane nextFast() {
    return fastRing.next(Math.min(limit - fastRequests.size(), 2 * limit - inFlight()));
  }

  private @Nullable Lane nextSlow() {
    return slowRing.next(limit - slowRequests);
  }

  /** Marks a lane as fast or slow, and moves it to the other ring if that has changed. */
  private void mark(Lane lane, boolean slowNow) {
    if (isSlow(lane) == slowNow) {
      return;
    }
    ring(lane).leave(lane);
    if (slowNow) {
      slowLanes.add(lane);
    } else {
      slowLanes.remove(lane);
    }
    offer(lane);
  }

  /** Removes a lane. */
  void forget(Lane lane) {
    ring(lane).leave(lane);
    slowLanes.remove(lane);
  }

  /** Returns whether the endpoint of a lane counts as slow. */
  boolean isSlow(Lane lane) {
    return !slowLanes.isEmpty() && slowLanes.contains(lane);
  }

  private RoundRobin ring(Lane lane) {
    return isSlow(lane) ? slowRing : fastRing;
  }
}
