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

/** Lanes that are backing off, ordered by the end of their back-off. */
final class LaneTimers {
  private final Map<Lane, Rest> byLane = new HashMap<>();
  private final TreeSet<Rest> byEnd =
      new TreeSet<>(
          Comparator.comparing(Rest::until).thenComparing(rest -> rest.lane().endpoint.value()));

  private record Rest(Lane lane, Instant until) {}

  /** Starts or changes the back-off of a lane. */
  void begin(Lane lane, Instant until) {
    end(lane);
    Rest rest = new Rest(lane, until);
    byLane.put(lane, rest);
    byEnd.add(rest);
  }

  /** Ends the back-off of a lane. */
  void end(Lane lane) {
    Rest rest = byLane.remove(lane);
    if (rest != null) {
      byEnd.remove(rest);
    }
  }

  /** Returns whether a lane is backing off. */
  boolean isResting(Lane lane) {
    return byLane.containsKey(lane);
  }

  /** Ends all expired back-offs and returns their lanes. */
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
    List<Rest> all = List.copyOf(byEnd);
    all.forEach(rest -> begin(rest.lane(), rest.until().minus(by)));
  }

  /** Returns when the next back-off ends, or null if there is none. */
  @Nullable Instant next() {
    return byEnd.isEmpty() ? null : byEnd.first().until();
  }
}
