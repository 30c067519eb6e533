package dev.hookferry.engine.dispatch;

import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.id.EndpointId;
import dev.hookferry.limit.SendRate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Enforces the limits of endpoints on their lanes: concurrency, and this node's share of the rate.
 */
final class LanePacing {
  private final Function<Endpoint, LaneLimits> limits;
  private final LaneTimers timers = new LaneTimers();
  private final Set<Lane> limited = new HashSet<>();

  /** Endpoints whose due deliveries exceed their rate. */
  private final Map<EndpointId, SendRate> exceeded = new ConcurrentHashMap<>();

  private int nodes = 1;

  /**
   * Creates an instance without lanes.
   *
   * @param limits the configured limits of an endpoint
   */
  LanePacing(Function<Endpoint, LaneLimits> limits) {
    this.limits = limits;
  }

  /** Applies the configured limits of an endpoint to its lane. */
  void configured(Lane lane, Endpoint endpoint) {
    LaneLimits configured = limits.apply(endpoint);
    lane.window.limit(configured.concurrency());
    SendPacer pacer = lane.pacer();
    SendRate rate = configured.rate();
    if (Objects.equals(pacer == null ? null : pacer.rate(), rate)) {
      return;
    }
    end(lane);
    if (rate != null) {
      lane.pacer(new SendPacer(rate, nodes));
      limited.add(lane);
    }
  }

  /** Takes a token for a request; if none is left, the lane waits. */
  void took(Lane lane, Instant now) {
    SendPacer pacer = lane.pacer();
    if (pacer != null) {
      pacer.take(now);
      if (!pacer.isReady(now)) {
        lane.pacing(true);
        timers.begin(lane, pacer.readyAt(now));
      }
    }
  }

  /** Ends the waits that are over and returns their lanes. */
  List<Lane> expire(Instant now) {
    List<Lane> over = timers.expire(now);
    over.forEach(lane -> lane.pacing(false));
    return over;
  }

  /** Records whether deliveries wait for the rate; call it whenever a lane has changed. */
  void changed(Lane lane) {
    SendPacer pacer = lane.pacer();
    if (pacer != null && lane.isPacing() && lane.waiting() > 0) {
      exceeded.put(lane.endpoint, pacer.rate());
    } else if (pacer != null) {
      exceeded.remove(lane.endpoint);
    }
  }

  /** Returns when the next wait ends, or null if no lane waits. */
  @Nullable Instant next() {
    return timers.next();
  }

  /** Removes the rate limit of a lane. */
  void end(Lane lane) {
    timers.end(lane);
    lane.pacer(null);
    limited.remove(lane);
    exceeded.remove(lane.endpoint);
  }

  /** Returns the endpoints whose due deliveries exceed their rate; any thread may read it. */
  Map<EndpointId, SendRate> exceeded() {
    return Collections.unmodifiableMap(exceeded);
  }

  /** Changes the number of nodes that share the rates, and adjusts current waits. */
  void share(int count, Instant now) {
    if (nodes == count) {
      return;
    }
    nodes = count;
    for (Lane lane : limited) {
      SendPacer pacer = lane.pacer();
      if (pacer != null) {
        pacer.share(count);
        if (lane.isPacing()) {
          timers.begin(lane, pacer.readyAt(now));
        }
      }
    }
  }

  /** Shifts all times after the clock was set back, so that remaining times stay the same. */
  void clockSetBack(Duration by) {
    timers.clockSetBack(by);
    for (Lane lane : limited) {
      SendPacer pacer = lane.pacer();
      if (pacer != null) {
        pacer.clockSetBack(by);
      }
    }
  }
}
