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
  private final Map<Lane, LaneTimer> byLane = new HashMap<>();
  private final TreeSet<LaneTimer> byEnd =
      new TreeSet<>(
          Comparator.comparing(LaneTimer::until)
              .thenComparing(timer -> timer.lane().endpoint.value()));

  private record LaneTimer(Lane lane, Instant until) {}

  /** Starts or changes the timer of a lane. */
  void begin(Lane lane, Instant until) {
    end(lane);
    LaneTimer timer = new LaneTimer(lane, until);
    byLane.put(lane, timer);
    byEnd.add(timer);
  }

  /** Ends the timer of a lane. */
  void end(Lane lane) {
    LaneTimer timer = byLane.remove(lane);
    if (timer != null) {
      byEnd.remove(timer);
    }
  }

  /** Returns whether the timer of a lane is running. */
  boolean isRunning(Lane lane) {
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
    List<LaneTimer> all = List.copyOf(byEnd);
    all.forEach(timer -> begin(timer.lane(), timer.until().minus(by)));
  }

  /** Returns when the next timer expires, or null if none is running. */
  @Nullable Instant next() {
    return byEnd.isEmpty() ? null : byEnd.first().until();
  }
}
