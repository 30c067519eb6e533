package dev.hookferry.engine.dispatch;

import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.id.EndpointId;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Lanes by endpoint. A lane is created for the first delivery, so most endpoints may have none. */
final class LaneTable {
  private final Predicate<Endpoint> held;
  private final LanePacing pacing;
  private final Map<EndpointId, Lane> lanes = new HashMap<>();
  private final Set<Lane> retired = new HashSet<>();

  /**
   * Creates an empty table.
   *
   * @param held whether the configuration holds the deliveries of an endpoint
   * @param pacing applies the configured limits
   */
  LaneTable(Predicate<Endpoint> held, LanePacing pacing) {
    this.held = held;
    this.pacing = pacing;
  }

  /** Returns the lane of an endpoint; creates it if there is none. */
  Lane of(Endpoint endpoint) {
    Lane lane = lanes.get(endpoint.id());
    if (lane == null) {
      lane = new Lane(endpoint.site(), endpoint.id());
      lane.shut(isHeld(endpoint));
      pacing.configured(lane, endpoint);
      lanes.put(endpoint.id(), lane);
    }
    return lane;
  }

  /** Returns the lane of an endpoint, or null if it has none. */
  @Nullable Lane get(EndpointId endpoint) {
    return lanes.get(endpoint);
  }

  /** Returns the lane of an endpoint that must have one. */
  Lane present(EndpointId endpoint) {
    Lane lane = lanes.get(endpoint);
    if (lane == null) {
      throw new IllegalStateException("there is no lane for " + endpoint);
    }
    return lane;
  }

  /** Returns whether the configuration holds the deliveries of an endpoint. */
  boolean isHeld(Endpoint endpoint) {
    return held.test(endpoint);
  }

  /** Returns all lanes; a live view. */
  Collection<Lane> all() {
    return lanes.values();
  }

  /** Marks the lane of a removed endpoint to be dropped once it is empty. */
  void retire(Lane lane) {
    retired.add(lane);
  }

  /** Drops a lane if it is retired and empty; returns whether it did. */
  boolean drops(Lane lane) {
    boolean over = !retired.isEmpty() && lane.load() == 0 && retired.remove(lane);
    if (over) {
      pacing.end(lane);
      lanes.remove(lane.endpoint, lane);
    }
    return over;
  }
}
