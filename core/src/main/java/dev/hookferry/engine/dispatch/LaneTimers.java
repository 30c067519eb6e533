package dev.hookferry.engine.dispatch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The lanes that rest, and when each may go on. */
final class LaneTimers {
  private final TreeSet<Lane> resting =
      new TreeSet<>(
          Comparator.comparing((Lane lane) -> lane.restsUntil)
              .thenComparing(lane -> lane.endpoint.value()));

  /** Lets a lane rest, or changes until when it does. */
  void begin(Lane lane, Instant until) {
    end(lane);
    lane.restsUntil = until;
    lane.resting = true;
    resting.add(lane);
  }

  /** Lets a lane go on. */
  void end(Lane lane) {
    if (lane.resting) {
      resting.remove(lane);
      lane.resting = false;
    }
  }

  /** Lets all go on that have rested long enough, and says which. */
  List<Lane> over(Instant now) {
    List<Lane> over = new ArrayList<>();
    while (!resting.isEmpty() && !resting.first().restsUntil.isAfter(now)) {
      Lane lane = resting.first();
      end(lane);
      over.add(lane);
    }
    return over;
  }

  /** The clock was set back by this much: what is left of each rest stays the same. */
  void setBack(Duration by) {
    List<Lane> all = List.copyOf(resting);
    resting.clear();
    all.forEach(lane -> lane.restsUntil = lane.restsUntil.minus(by));
    resting.addAll(all);
  }

  /** When the next may go on, or null if none rests. */
  @Nullable Instant next() {
    return resting.isEmpty() ? null : resting.first().restsUntil;
  }
}
