package dev.hookferry.file;

import dev.hookferry.file.pending.PendingIndex;
import dev.hookferry.store.Node;
import dev.hookferry.store.Owner;
import dev.hookferry.store.StoreInfo.LiveNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The owners that this process has registered, each with its number in the pending index. Kept in
 * memory only: a process that has ended owns nothing. Thread-safe.
 */
final class LocalOwners {
  private final Map<Owner, Integer> numbers = new ConcurrentHashMap<>();
  private final Map<Owner, LiveNode> nodes = new ConcurrentHashMap<>();
  private int last;

  synchronized void add(Owner owner, Node node, Instant now) {
    Instant since = now.truncatedTo(ChronoUnit.MILLIS);
    last++;
    numbers.put(owner, last);
    nodes.put(owner, new LiveNode(node.name(), since, since));
  }

  boolean isAlive(Owner owner) {
    return numbers.containsKey(owner);
  }

  /** Returns the number of an owner, or {@link PendingIndex#NOBODY} if it is not alive. */
  int number(Owner owner) {
    return numbers.getOrDefault(owner, PendingIndex.NOBODY);
  }

  /** Removes an owner and returns its number, or null if it is not alive. */
  @Nullable Integer remove(Owner owner) {
    nodes.remove(owner);
    return numbers.remove(owner);
  }

  /**
   * Returns the live owners, oldest first. Within one process, an owner needs no heartbeat to be
   * considered alive.
   */
  List<LiveNode> alive(Instant now) {
    Instant seen = now.truncatedTo(ChronoUnit.MILLIS);
    return nodes.values().stream()
        .sorted(Comparator.comparing(LiveNode::since))
        .map(node -> new LiveNode(node.name(), node.since(), seen))
        .toList();
  }
}
