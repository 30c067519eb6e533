package dev.hookferry.engine.dispatch;

import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.store.ClaimResult.Work;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * In-memory queue of one endpoint's deliveries on this node: those waiting for a slot in the
 * concurrency window, and the number in flight. A slow endpoint fills only its own lane. Fresh and
 * claimed deliveries take turns, so that neither starves the other.
 */
final class Lane {
  final SiteId site;
  final EndpointId endpoint;
  final ConcurrencyWindow window;

  private final Deque<Work> fresh = new ArrayDeque<>();
  private final Deque<Work> claimed = new ArrayDeque<>();
  private boolean claimedsTurn;
  private int reserved;
  private int inFlight;
  private LaneMode mode = LaneMode.FULL;
  private boolean shut;
  private @Nullable SendPacer pacer;
  private boolean pacing;

  Lane(SiteId site, EndpointId endpoint) {
    this.site = site;
    this.endpoint = endpoint;
    this.window = new ConcurrencyWindow();
  }

  /** Returns the number of deliveries being committed, waiting or in flight. */
  int load() {
    return reserved + waiting() + inFlight;
  }

  /** Returns the number of requests in flight. */
  int inFlight() {
    return inFlight;
  }

  /** Returns the number of deliveries that wait to be sent. */
  int waiting() {
    return fresh.size() + claimed.size();
  }

  /** Returns the number of waiting deliveries that were claimed from the store. */
  int waitingClaimed() {
    return claimed.size();
  }

  /** Returns whether the next delivery can be sent as soon as the node has a free slot. */
  boolean isReady() {
    return !shut && !pacing && hasPlace() && waiting() > 0;
  }

  /** Returns whether the window allows another request. */
  boolean hasPlace() {
    return inFlight < (mode == LaneMode.PROBING ? 1 : window.size());
  }

  /** Returns whether nothing may be sent, temporarily or permanently. */
  boolean isShut() {
    return shut;
  }

  /** Sets whether nothing may be sent. */
  void shut(boolean now) {
    shut = now;
  }

  /** Returns the pacer that limits its rate, or null if there is no limit. */
  @Nullable SendPacer pacer() {
    return pacer;
  }

  /** Sets the pacer that limits its rate; null for no limit. */
  void pacer(@Nullable SendPacer now) {
    pacer = now;
    pacing = false;
  }

  /** Returns whether it waits for its rate to allow another request. */
  boolean isPacing() {
    return pacing;
  }

  /** Sets whether it waits for its rate. */
  void pacing(boolean now) {
    pacing = now;
  }

  /** Returns the limit that the endpoint's health sets. */
  LaneMode mode() {
    return mode;
  }

  /** Sets the limit that the endpoint's health sets. */
  void mode(LaneMode now) {
    mode = now;
  }

  /** Reserves a place for a delivery that is being committed. */
  void reserve() {
    reserved++;
  }

  /** Releases one reserved place. */
  void releaseReservation() {
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

  /**
   * Removes the next waiting delivery and counts it as in flight; fresh and claimed ones take
   * turns.
   */
  Work take() {
    inFlight++;
    claimedsTurn = !claimed.isEmpty() && (fresh.isEmpty() || !claimedsTurn);
    return (claimedsTurn ? claimed : fresh).removeFirst();
  }

  /** Counts a request that bypassed the queue. */
  void begin() {
    inFlight++;
  }

  /** Counts one request fewer in flight. */
  void end() {
    inFlight--;
  }

  /** Removes a waiting delivery. */
  void remove(Work work) {
    if (!fresh.remove(work)) {
      claimed.remove(work);
    }
  }

  /** Removes and returns all waiting deliveries. */
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
