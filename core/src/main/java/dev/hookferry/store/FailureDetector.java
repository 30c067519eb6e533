package dev.hookferry.store;

import dev.hookferry.refusal.InvalidException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Failure detector for shared stores, which finds owners that have missed their heartbeats. If the
 * store's clock is adjusted, live owners must not appear dead, and a dead one must not appear alive
 * for hours. The store's clock is therefore trusted only while it agrees with this process's
 * monotonic clock. Thread-safe.
 */
public final class FailureDetector {
  private static final Duration MAX_TIME = Duration.ofDays(36_500);

  private final Duration timeout;
  private final LongSupplier ticks;
  private final Map<Owner, Sign> signs = new HashMap<>();
  private @Nullable Instant storeBefore;
  private long ticksBefore;
  private boolean jumped;
  private long jumpedAt;

  private record Sign(Instant heardAt, long since) {}

  /**
   * Creates a failure detector.
   *
   * @param timeout how long an owner may go without a heartbeat
   * @param ticks a monotonic clock in nanoseconds
   * @throws InvalidException if {@link #checkedTimeout} rejects the timeout
   */
  public FailureDetector(Duration timeout, LongSupplier ticks) {
    this.timeout = checkedTimeout(timeout);
    this.ticks = Objects.requireNonNull(ticks, "ticks");
  }

  /**
   * Checks the {@code ownerTimeout} of a store and returns it.
   *
   * @throws InvalidException if it is zero, negative or longer than 36,500 days
   */
  public static Duration checkedTimeout(Duration timeout) {
    Objects.requireNonNull(timeout, "timeout");
    if (timeout.isZero() || timeout.isNegative() || timeout.compareTo(MAX_TIME) > 0) {
      throw InvalidException.of(
          "ownerTimeout",
          "must be longer than zero, and 36500d or shorter (got "
              + timeout
              + "); several heartbeat intervals of 2s are recommended");
    }
    return timeout;
  }

  /**
   * Returns the owners to evict. Call this method on every heartbeat.
   *
   * @param storeTime the store's current time
   * @param heardAt the last heartbeat of each owner, by the store's clock
   */
  public synchronized Set<Owner> silentOwners(Instant storeTime, Map<Owner, Instant> heardAt) {
    Objects.requireNonNull(storeTime, "storeTime");
    Objects.requireNonNull(heardAt, "heardAt");
    long now = ticks.getAsLong();
    recordJump(storeTime, now);
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

  /**
   * Records a jump of the store's clock. Jumps of up to a quarter of the timeout are tolerated,
   * because live nodes still heartbeat in time.
   */
  private void recordJump(Instant storeTime, long now) {
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
