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
 * The deliveries of one endpoint that this node has in memory: those that wait for a free place in
 * the window, and how many are under way. A slow endpoint fills its own lane only. Fresh deliveries
 * and those that the store gave take turns, so that neither waits behind a pile of the other.
 */
public final class Lane {
  final SiteId site;
  public final EndpointId endpoint;
  public final ConcurrencyWindow window;

  /** What its endpoint's answers say of it; another one where the endpoint begins anew. */
  public HealthTracker health = new HealthTracker();

  private final Deque<Work> fresh = new ArrayDeque<>();
  private final Deque<Work> claimed = new ArrayDeque<>();
  private boolean claimedsTurn;
  private int reserved;
  private int inFlight;

  /** Whether the store may hold due deliveries that were not claimed for lack of room. */
  boolean starved;

  boolean paused;

  /** Whether nothing is sent for a while, and until when; kept by {@link LaneTimers}. */
  boolean resting;

  Instant restsUntil = Instant.MIN;

  /** Whether the endpoint is no more; the lane goes once it answers for nothing. */
  boolean removed;

  /** Whether the endpoint takes its time, by its last attempt or by one that is under way. */
  boolean slow;

  /** Whether the lane stands in a ring. */
  boolean queued;

  /** How many waiting deliveries the ring has counted for this lane. */
  int counted;

  Lane(SiteId site, EndpointId endpoint, int window) {
    this.site = site;
    this.endpoint = endpoint;
    this.window = new ConcurrencyWindow(window);
  }

  /** Everything that this lane answers for: being committed, waiting, under way. */
  int load() {
    return reserved + waiting() + inFlight;
  }

  /** How many requests are under way. */
  int inFlight() {
    return inFlight;
  }

  int waiting() {
    return fresh.size() + claimed.size();
  }

  /** How many of those that wait came from the store. */
  int waitingClaimed() {
    return claimed.size();
  }

  boolean isReady() {
    return !isShut() && hasPlace() && waiting() > 0;
  }

  /** Whether one request more may be under way. */
  public boolean hasPlace() {
    return inFlight < (health.isFailing() ? 1 : window.size());
  }

  /** Whether nothing may be sent, now or for ever. */
  boolean isShut() {
    return paused || resting;
  }

  /** How many deliveries it may still have in memory, by what is known of its endpoint. */
  int allowance() {
    if (isShut()) {
      return 0;
    }
    return health.isCramped() ? cramped() - load() : Integer.MAX_VALUE;
  }

  private int cramped() {
    return health.isFailing() ? 1 : 2 * window.size();
  }

  /** The store is asked for so many of its deliveries. */
  void asked(int room) {
    // One that rests is asked for when its rest is over; one that is tried out, when it is free.
    starved = !isShut() && (room <= 0 || health.isCramped());
  }

  /** Keeps a place for a delivery whose commit is under way. */
  void reserve() {
    reserved++;
  }

  /** Gives a kept place back. */
  void unreserve() {
    reserved--;
  }

  /** Lets a delivery wait that was just accepted. */
  void addFresh(Work work) {
    fresh.addLast(work);
  }

  /** Lets a delivery wait that the store gave. */
  void addClaimed(Work work) {
    claimed.addLast(work);
  }

  Work take() {
    inFlight++;
    claimedsTurn = !claimed.isEmpty() && (fresh.isEmpty() || !claimedsTurn);
    return (claimedsTurn ? claimed : fresh).removeFirst();
  }

  /** Counts a request that did not wait in the lane. */
  void begin() {
    inFlight++;
  }

  void end() {
    inFlight--;
  }

  /** Takes one waiting delivery out. */
  void remove(Work work) {
    if (!fresh.remove(work)) {
      claimed.remove(work);
    }
  }

  /** Takes all waiting deliveries out. */
  List<Work> empty() {
    List<Work> all = new ArrayList<>(fresh);
    all.addAll(claimed);
    fresh.clear();
    claimed.clear();
    return all;
  }

  /** Forgets what waits and what is under way. */
  void reset() {
    fresh.clear();
    claimed.clear();
    inFlight = 0;
  }
}
