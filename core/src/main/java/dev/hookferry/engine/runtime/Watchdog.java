package dev.hookferry.engine.runtime;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Knows when each loop last came round, so that one that stands still is noticed. A store that
 * fails is no such case: its calls come back. Thread-safe.
 */
final class Watchdog {
  /** The engine comes round every few milliseconds, unless something blocks it. */
  private static final Duration TURN = Duration.ofSeconds(10);

  /** Calls of the slowest store end within a minute, whatever happens. */
  private static final Duration CALL = Duration.ofMinutes(2);

  private final LongSupplier nanos;
  private final Set<Call> calls = ConcurrentHashMap.newKeySet();
  private volatile long turned;
  private volatile long kept;

  Watchdog(LongSupplier nanos) {
    this.nanos = nanos;
    turned = nanos.getAsLong();
    kept = nanos.getAsLong();
  }

  /** A call to the store that is under way; compared by identity. */
  static final class Call {
    private final String what;
    private final long begun;

    private Call(String what, long begun) {
      this.what = what;
      this.begun = begun;
    }
  }

  /** The engine came round. */
  void turned() {
    turned = nanos.getAsLong();
  }

  /** The heartbeat came round, with or without an answer. */
  void kept() {
    kept = nanos.getAsLong();
  }

  Call begin(String what) {
    Call call = new Call(what, nanos.getAsLong());
    calls.add(call);
    return call;
  }

  void end(Call call) {
    calls.remove(call);
  }

  /** What stands still, in words, or nothing. */
  Optional<String> still() {
    if (isLonger(turned, TURN)) {
      return Optional.of("the engine stands still");
    }
    if (isLonger(kept, CALL)) {
      return Optional.of("the heartbeat stands still");
    }
    return calls.stream()
        .filter(call -> isLonger(call.begun, CALL))
        .map(call -> call.what + " does not come back")
        .findFirst();
  }

  private boolean isLonger(long since, Duration than) {
    return nanos.getAsLong() - since > than.toNanos();
  }
}
