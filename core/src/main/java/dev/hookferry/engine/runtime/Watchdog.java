package dev.hookferry.engine.runtime;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Watchdog that detects stalled loops and store calls. A failing store is not a stall, because its
 * calls return. Thread-safe.
 */
final class Watchdog {
  /** Maximum time between turns; the engine takes at least one a second unless it is blocked. */
  private static final Duration TURN = Duration.ofSeconds(10);

  /** Maximum duration of a store call; even the slowest store returns within a minute. */
  private static final Duration CALL = Duration.ofMinutes(2);

  private final LongSupplier nanos;
  private final Set<WatchedCall> calls = ConcurrentHashMap.newKeySet();
  private volatile long lastTurn;
  private volatile long lastHeartbeat;

  Watchdog(LongSupplier nanos) {
    this.nanos = nanos;
    lastTurn = nanos.getAsLong();
    lastHeartbeat = nanos.getAsLong();
  }

  /** A running call to the store; compared by identity. */
  static final class WatchedCall {
    private final String what;
    private final long startNanos;

    private WatchedCall(String what, long startNanos) {
      this.what = what;
      this.startNanos = startNanos;
    }
  }

  /** Records that the engine takes a turn. */
  void recordTurn() {
    lastTurn = nanos.getAsLong();
  }

  /** Records a completed heartbeat, successful or not. */
  void recordHeartbeat() {
    lastHeartbeat = nanos.getAsLong();
  }

  /** Records that a call to the store has begun; {@link #end} must follow. */
  WatchedCall begin(String what) {
    WatchedCall call = new WatchedCall(what, nanos.getAsLong());
    calls.add(call);
    return call;
  }

  /** Records that a call has returned. */
  void end(WatchedCall call) {
    calls.remove(call);
  }

  /**
   * Describes a component that has stalled and needs a restart; empty if all are making progress.
   */
  Optional<String> stalledReason() {
    if (isLonger(lastTurn, TURN)) {
      return Optional.of("the engine has stalled");
    }
    if (isLonger(lastHeartbeat, CALL)) {
      return Optional.of("the heartbeat has stalled");
    }
    return calls.stream()
        .filter(call -> isLonger(call.startNanos, CALL))
        .map(call -> call.what + " has not returned")
        .findFirst();
  }

  private boolean isLonger(long since, Duration than) {
    return nanos.getAsLong() - since > than.toNanos();
  }
}
