package dev.hookferry.engine.dispatch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Timers of lanes that wait, for a back-off or for their rate, ordered by end. Not thread-safe. */
final class LaneTimers {
  private final Map<Lane, Backoff> byLane = new HashMap<>();
  private final TreeSet<Backoff> byEnd =
      new TreeSet<>(
          Comparator.comparing(Backoff::until)
              .thenComparing(backoff -> backoff.lane().endpoint.value()));

  private record Backoff(Lane lane, Instant until) {}

  /** Starts or changes the timer of a lane. */
  void begin(Lane lane, Instant until) {
    end(lane);
    Backoff backoff = new Backoff(lane, until);
    byLane.put(lane, backoff);
    byEnd.add(backoff);
  }

  /** Ends the timer of a lane. */
  void end(Lane lane) {
    Backoff backoff = byLane.remove(lane);
    if (backoff != null) {
      byEnd.remove(backoff);
    }
  }

  /** Returns whether the timer of a lane is running. */
  boolean isBackingOff(Lane lane) {
    return byLane.containsKey(lane);
  }

  /** Ends all expired timers and returns their lanes. */
  List<Lane> expire(Instant now) {
    if (byEnd.isEmpty() || byEnd.first().until().isAfter(now)) {
      return List.of();
    }
    List<Lane> over = new ArrayList<>();
    while (!byEnd.isEmpty() && !byEnd.first().until().isAfter(now)) {
      Lane lane = byEnd.first().lane();
      end(lane);
      over.add(lane);
    }
    return over;
  }

  /** Shifts all timers after the clock was set back, so that remaining times stay the same. */
  void clockSetBack(Duration by) {
    List<Backoff> all = List.copyOf(byEnd);
    all.forEach(backoff -> begin(backoff.lane(), backoff.until().minus(by)));
  }

  /** Returns when the next timer expires, or null if none is running. */
  @Nullable Instant next() {
    return byEnd.isEmpty() ? null : byEnd.first().until();
  }
}
