package dev.hookferry.engine.dispatch;

import dev.hookferry.engine.outcome.HealthTracker;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.store.ClaimResult.Work;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * In-memory queue of one endpoint's deliveries on this node: those waiting for a slot in the
 * concurrency window, and the number in flight. A slow endpoint fills only its own lane. Fresh and
 * claimed deliveries take turns, so that neither starves the other.
 */
public final class Lane {
  final SiteId site;
  public final EndpointId endpoint;
  public final ConcurrencyWindow window;

  /** Health of the endpoint; replaced when the endpoint gets a fresh start. */
  public HealthTracker health = new HealthTracker();

  private final Deque<Work> fresh = new ArrayDeque<>();
  private final Deque<Work> claimed = new ArrayDeque<>();
  private boolean claimedsTurn;
  private int reserved;
  private int inFlight;

  /** Whether the store may hold due deliveries that could not be claimed for lack of room. */
  boolean starved;

  boolean paused;

  /** Whether the lane is backing off; maintained by {@link LaneTimers}. */
  boolean resting;

  Instant restsUntil = Instant.MIN;

  /** Whether the endpoint was removed; the lane is dropped once it is empty. */
  boolean removed;

  /** Whether the endpoint is slow, judged by its last attempt or one in flight. */
  boolean slow;

  /** Whether the lane is in a round-robin ring. */
  boolean queued;

  /** Number of waiting deliveries that the ring has counted for this lane. */
  int counted;

  Lane(SiteId site, EndpointId endpoint, int window) {
    this.site = site;
    this.endpoint = endpoint;
    this.window = new ConcurrencyWindow(window);
  }

  /** Returns the number of deliveries being committed, waiting or in flight. */
  int load() {
    return reserved + waiting() + inFlight;
  }

  /** Returns the number of requests in flight. */
  int inFlight() {
    return inFlight;
  }

  int waiting() {
    return fresh.size() + claimed.size();
  }

  /** Returns the number of waiting deliveries that were claimed from the store. */
  int waitingClaimed() {
    return claimed.size();
  }

  boolean isReady() {
    return !isShut() && hasPlace() && waiting() > 0;
  }

  /** Returns whether the window allows another request. */
  public boolean hasPlace() {
    return inFlight < (health.isFailing() ? 1 : window.size());
  }

  /** Returns whether nothing may be sent, temporarily or permanently. */
  boolean isShut() {
    return paused || resting;
  }

  /** Returns how many deliveries it may hold in memory, given the endpoint's health. */
  int allowance() {
    if (isShut()) {
      return 0;
    }
    return health.isCramped() ? cramped() - load() : Integer.MAX_VALUE;
  }

  private int cramped() {
    return health.isFailing() ? 1 : 2 * window.size();
  }

  /** Records that the store is asked for this many deliveries. */
  void asked(int room) {
    // A lane that is backing off is claimed for afterwards; one that is being probed, once it is
    // free.
    starved = !isShut() && (room <= 0 || health.isCramped());
  }

  /** Reserves a place for a delivery that is being committed. */
  void reserve() {
    reserved++;
  }

  /** Returns a reserved place. */
  void unreserve() {
    reserved--;
  }

  /** Queues a delivery that was just accepted. */
  void addFresh(Work work) {
    fresh.addLast(work);
  }

  /** Queues a claimed delivery. */
  void addClaimed(Work work) {
    claimed.addLast(work);
  }

  Work take() {
    inFlight++;
    claimedsTurn = !claimed.isEmpty() && (fresh.isEmpty() || !claimedsTurn);
    return (claimedsTurn ? claimed : fresh).removeFirst();
  }

  /** Counts a request that bypassed the queue. */
  void begin() {
    inFlight++;
  }

  void end() {
    inFlight--;
  }

  /** Removes a waiting delivery. */
  void remove(Work work) {
    if (!fresh.remove(work)) {
      claimed.remove(work);
    }
  }

  /** Removes all waiting deliveries. */
  List<Work> empty() {
    List<Work> all = new ArrayList<>(fresh);
    all.addAll(claimed);
    fresh.clear();
    claimed.clear();
    return all;
  }

  /** Clears waiting deliveries and the count of requests in flight. */
  void reset() {
    fresh.clear();
    claimed.clear();
    inFlight = 0;
  }
}
