package dev.hookferry.file.pending;

import dev.hookferry.delivery.DeliveryState;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The pending deliveries of each endpoint and ordering key, in queue order. Only the first in a
 * queue may be sent, unless it is blocked. Not thread-safe.
 */
public final class KeyChains {
  private final Map<Key, NavigableMap<Long, UUID>> chains = new HashMap<>();
  private final Map<UUID, Link> links = new HashMap<>();
  private long last;

  private record Key(int lane, String key) {}

  private record Link(Key key, long position, boolean blocked) {}

  /** Returns the highest position so far. */
  public long last() {
    return last;
  }

  /** Returns the deliveries that have a turn. */
  public Set<UUID> all() {
    return Set.copyOf(links.keySet());
  }

  /** Returns the deliveries of an endpoint with an ordering key, in order. */
  Collection<UUID> chain(int lane, String key) {
    return chains.getOrDefault(new Key(lane, key), Collections.emptyNavigableMap()).values();
  }

  /** Returns how many deliveries of an endpoint wait behind the first of an ordering key. */
  public int waiting(int lane, String key) {
    return Math.max(0, chain(lane, key).size() - 1);
  }

  /** Returns the turn of a delivery, or null if it has none. */
  public @Nullable KeyTurn turn(UUID id) {
    Link link = links.isEmpty() ? null : links.get(id);
    if (link == null) {
      return null;
    }
    boolean isFirst = id.equals(first(link.key()));
    DeliveryState first = link.blocked() ? DeliveryState.BLOCKED : DeliveryState.PENDING;
    return new KeyTurn(link.key().key(), link.position(), isFirst ? first : DeliveryState.WAITING);
  }

  /** Returns whether a delivery waits for its turn. */
  public boolean isWaiting(UUID id) {
    KeyTurn turn = turn(id);
    return turn != null && turn.state() == DeliveryState.WAITING;
  }

  /** Returns whether a delivery waits for its turn or is blocked. */
  boolean isParked(UUID id) {
    KeyTurn turn = turn(id);
    return turn != null && turn.state() != DeliveryState.PENDING;
  }

  /**
   * Adds or replaces a delivery.
   *
   * @param lane the number of its endpoint
   * @return the deliveries that may have started or stopped waiting
   */
  Set<UUID> enter(UUID id, int lane, KeyTurn turn) {
    Set<UUID> changed = new HashSet<>(leave(id));
    Key key = new Key(lane, turn.key());
    UUID before = first(key);
    if (before != null) {
      changed.add(before);
    }
    links.put(id, new Link(key, turn.position(), turn.state() == DeliveryState.BLOCKED));
    chains.computeIfAbsent(key, k -> new TreeMap<>()).put(turn.position(), id);
    last = Math.max(last, turn.position());
    changed.add(id);
    return changed;
  }

  /**
   * Removes a delivery.
   *
   * @return the deliveries that may have stopped waiting
   */
  Set<UUID> leave(UUID id) {
    Link link = links.isEmpty() ? null : links.remove(id);
    if (link == null) {
      return Set.of();
    }
    NavigableMap<Long, UUID> chain = chains.get(link.key());
    if (chain != null && chain.remove(link.position(), id) && chain.isEmpty()) {
      chains.remove(link.key());
    }
    UUID next = first(link.key());
    return next == null ? Set.of() : Set.of(next);
  }

  private @Nullable UUID first(Key key) {
    NavigableMap<Long, UUID> chain = chains.get(key);
    return chain == null || chain.isEmpty() ? null : chain.firstEntry().getValue();
  }
}
