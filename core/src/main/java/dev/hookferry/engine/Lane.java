package dev.hookferry.engine;

import dev.hookferry.endpoint.EndpointId;
import dev.hookferry.endpoint.SiteId;
import dev.hookferry.port.Claimed.Work;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The deliveries of one endpoint that this node has in memory: those that wait for a free place in
 * the window, and how many are under way. A slow endpoint fills its own lane only.
 */
final class Lane {
  final SiteId site;
  final EndpointId endpoint;

  private final Deque<Work> waiting = new ArrayDeque<>();
  private final int window;
  private int reserved;
  private int inFlight;

  /** Whether the store may hold due deliveries that were not claimed for lack of room. */
  boolean starved;

  boolean paused;

  /** Whether the endpoint is no more; the lane goes once it answers for nothing. */
  boolean removed;

  /** Whether the lane stands in the ring. */
  boolean queued;

  Lane(SiteId site, EndpointId endpoint, int window) {
    this.site = site;
    this.endpoint = endpoint;
    this.window = window;
  }

  /** Everything that this lane answers for: being committed, waiting, under way. */
  int load() {
    return reserved + waiting.size() + inFlight;
  }

  boolean isReady() {
    return !paused && inFlight < window && !waiting.isEmpty();
  }

  /** Keeps a place for a delivery whose commit is under way. */
  void reserve() {
    reserved++;
  }

  /** Gives a kept place back. */
  void unreserve() {
    reserved--;
  }

  void add(Work work) {
    waiting.addLast(work);
  }

  Work take() {
    inFlight++;
    return waiting.removeFirst();
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
    waiting.remove(work);
  }

  /** Takes all waiting deliveries out. */
  List<Work> empty() {
    List<Work> all = new ArrayList<>(waiting);
    waiting.clear();
    return all;
  }

  /** Forgets what waits and what is under way. */
  void reset() {
    waiting.clear();
    inFlight = 0;
  }
}
