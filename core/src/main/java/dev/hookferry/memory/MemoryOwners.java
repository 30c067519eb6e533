package dev.hookferry.memory;

import dev.hookferry.store.FailureDetector;
import dev.hookferry.store.Node;
import dev.hookferry.store.Owner;
import dev.hookferry.store.StoreInfo.LiveNode;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Registry of the live owners and their last heartbeats. */
final class MemoryOwners {
  private final InstantSource clock;
  private final FailureDetector detector;
  private final Map<Owner, Instant> lastSeen = new HashMap<>();
  private final Map<Owner, LiveNode> nodes = new LinkedHashMap<>();
  private final Set<Owner> delivering = new HashSet<>();
  private long count;

  MemoryOwners(InstantSource clock, FailureDetector detector) {
    this.clock = clock;
    this.detector = detector;
  }

  Owner add(Node node) {
    Owner owner = new Owner(new UUID(now().toEpochMilli(), ++count));
    lastSeen.put(owner, now());
    nodes.put(owner, new LiveNode(node.name(), now(), now()));
    if (node.delivers()) {
      delivering.add(owner);
    }
    return owner;
  }

  /** Records a heartbeat; no effect if the owner was already declared dead. */
  void recordHeartbeat(Owner owner) {
    lastSeen.computeIfPresent(owner, (same, before) -> now());
  }

  /** Declares dead the owners whose heartbeats have stopped, and returns them. */
  Set<Owner> evictSilent() {
    Set<Owner> silent = detector.silentOwners(now(), lastSeen);
    lastSeen.keySet().removeAll(silent);
    nodes.keySet().removeAll(silent);
    delivering.removeAll(silent);
    return silent;
  }

  void remove(Owner owner) {
    lastSeen.remove(owner);
    nodes.remove(owner);
    delivering.remove(owner);
  }

  /** Returns the number of live owners that deliver, at least 1. */
  int count() {
    return Math.max(1, delivering.size());
  }

  boolean isAlive(Owner owner) {
    return lastSeen.containsKey(owner);
  }

  /** Returns the live owners, longest running first. */
  List<LiveNode> alive() {
    List<LiveNode> alive = new ArrayList<>();
    nodes.forEach(
        (owner, node) ->
            alive.add(
                new LiveNode(
                    node.name(), node.since(), lastSeen.getOrDefault(owner, node.heardAt()))));
    return alive;
  }

  Instant now() {
    return clock.instant();
  }
}
