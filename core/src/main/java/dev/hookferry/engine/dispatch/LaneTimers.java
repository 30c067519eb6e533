package dev.hookferry.engine.dispatch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Lanes that are backing off, ordered by the end of their back-off. */
final class LaneTimers {
  private final TreeSet<Lane> resting =
      new TreeSet<>(
          Comparator.comparing((Lane lane) -> lane.restsUntil)
              .thenComparing(lane -> lane.endpoint.value()));

  /** Starts or changes the back-off of a lane. */
  void begin(Lane lane, Instant until) {
    end(lane);
    lane.restsUntil = until;
    lane.resting = true;
    resting.add(lane);
  }

  /** Ends the back-off of a lane. */
  void end(Lane lane) {
    if (lane.resting) {
      resting.remove(lane);
      lane.resting = false;
    }
  }

  /** Ends all expired back-offs and returns their lanes. */
  List<Lane> over(Instant now) {
    List<Lane> over = new ArrayList<>();
    while (!resting.isEmpty() && !resting.first().restsUntil.isAfter(now)) {
      Lane lane = resting.first();
      end(lane);
      over.add(lane);
    }
    return over;
  }

  /** Shifts all timers after the clock was set back, so that remaining times stay the same. */
  void setBack(Duration by) {
    List<Lane> all = List.copyOf(resting);
    resting.clear();
    all.forEach(lane -> lane.restsUntil = lane.restsUntil.minus(by));
    resting.addAll(all);
  }

  /** Returns when the next back-off ends, or null if there is none. */
  @Nullable Instant next() {
    return resting.isEmpty() ? null : resting.first().restsUntil;
  }
}
