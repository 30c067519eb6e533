package dev.hookferry.store;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Says which owners have been silent for too long, for stores that several processes share. The
 * store's clock may be set while they run; that must neither make all of them look dead at once nor
 * let a dead one look alive for hours. So it is believed only as far as it agrees with a clock of
 * this process that nobody can set. Thread-safe.
 */
public final class FailureDetector {
  private final Duration timeout;
  private final LongSupplier ticks;
  private final Map<Owner, Sign> signs = new HashMap<>();
  private @Nullable Instant storeBefore;
  private long ticksBefore;
  private boolean jumped;
  private long jumpedAt;

  private record Sign(Instant heardAt, long since) {}

  /**
   * Patience of one process.
   *
   * @param timeout how long an owner may be silent
   * @param ticks nanoseconds that never jump
   */
  public FailureDetector(Duration timeout, LongSupplier ticks) {
    this.timeout = timeout;
    this.ticks = ticks;
  }

  /**
   * Which owners to give up. To be called at each heartbeat.
   *
   * @param storeTime the store's time now
   * @param heardAt of each owner, when it was heard of last by the store's clock
   */
  public synchronized Set<Owner> isOver(Instant storeTime, Map<Owner, Instant> heardAt) {
    long now = ticks.getAsLong();
    noteJump(storeTime, now);
    signs.keySet().retainAll(heardAt.keySet());
    heardAt.forEach(
        (owner, at) ->
            signs.merge(
                owner,
                new Sign(at, now),
                (before, next) -> before.heardAt().equals(at) ? before : next));
    boolean believed = !jumped || now - jumpedAt >= timeout.toNanos();
    Instant earliest = storeTime.minus(timeout);
    return signs.entrySet().stream()
        .filter(
            entry ->
                (believed && entry.getValue().heardAt().isBefore(earliest))
                    || now - entry.getValue().since() > timeout.toNanos())
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  /** Heartbeats of nodes that live come within the time that this leaves them. */
  private void noteJump(Instant storeTime, long now) {
    Instant before = storeBefore;
    if (before != null) {
      Duration drift = Duration.between(before, storeTime).minusNanos(now - ticksBefore).abs();
      if (drift.compareTo(timeout.dividedBy(4)) > 0) {
        jumped = true;
        jumpedAt = now;
      }
    }
    storeBefore = storeTime;
    ticksBefore = now;
  }
}
