package dev.hookferry.engine;

import dev.hookferry.delivery.Outcome;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.engine.dispatch.Lane;
import dev.hookferry.engine.effect.Sending;
import dev.hookferry.engine.outcome.HealthTracker;
import dev.hookferry.id.EventType;
import dev.hookferry.observe.EndpointHealth;
import dev.hookferry.observe.EndpointHealthEvent;
import dev.hookferry.retry.RetrySettings;
import dev.hookferry.site.Site;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Applies the outcomes of attempts to the health of their endpoint: back-off, probes, disabling.
 */
final class EndpointMonitor {
  private final EngineState memory;
  private final Dispatcher delivering;

  EndpointMonitor(EngineState memory, Dispatcher delivering) {
    this.memory = memory;
    this.delivering = delivering;
  }

  /** Handles the end of an attempt, after its slot in the lane was freed. */
  void ended(Sending sent, Outcome outcome, Instant now) {
    Lane lane = memory.lanes.lane(sent.endpoint().id());
    Endpoint endpoint = memory.routes.endpoint(sent.endpoint().id());
    if (lane == null || endpoint == null || (outcome.isSuccess() && lane.health.isPristine())) {
      return;
    }
    // A response from a former URL says nothing about the current one.
    if (!endpoint.url().equals(sent.endpoint().url())) {
      return;
    }
    EventType failingSince = lane.health.failingSince();
    EndpointHealthEvent.Kind news = learned(lane, sent, outcome, pace(sent.site(), endpoint, now));
    if (news == EndpointHealthEvent.Kind.RECOVERED) {
      lane.window.restart();
      memory.claims.dueAt(now);
    }
    memory.lanes.settle(lane, now).forEach(delivering::release);
    show(lane, now);
    if (news != null) {
      EventType cause = failingSince == null ? sent.event().type() : failingSince;
      EndpointHealthEvent told =
          new EndpointHealthEvent(
              news,
              endpoint.site(),
              endpoint.id(),
              cause,
              reason(news, lane.health, outcome),
              lane.health.failures(),
              now);
      memory.effects.tell(listener -> listener.endpointChanged(told));
    }
  }

  /** An exception here must not make the node lose track of what it owns. */
  private EndpointHealthEvent.@Nullable Kind learned(
      Lane lane, Sending sent, Outcome outcome, HealthTracker.Pace pace) {
    try {
      return lane.health.ended(sent, outcome, pace);
    } catch (RuntimeException | Error e) {
      memory.effects.tell(l -> l.fault("could not evaluate a response of " + lane.endpoint, e));
      return null;
    }
  }

  private HealthTracker.Pace pace(Site site, Endpoint endpoint, Instant now) {
    RetrySettings own = endpoint.retry();
    RetrySettings retry = own == null ? site.settings().retry() : own;
    return new HealthTracker.Pace(retry.interval(), now, memory.chance);
  }

  private void show(Lane lane, Instant now) {
    EndpointHealth seen = lane.health.seen(now);
    if (seen.equals(EndpointHealth.WELL)) {
      memory.board.remove(lane.endpoint);
    } else {
      memory.board.put(lane.endpoint, seen);
    }
  }

  private static String reason(
      EndpointHealthEvent.Kind news, HealthTracker health, Outcome outcome) {
    return switch (news) {
      case FAILING ->
          health.failures() + " attempts in a row failed, the last one: " + outcome.detail();
      case GONE -> "the receiver answered 410 Gone";
      case RECOVERED -> "the receiver answered " + outcome.statusCode();
    };
  }
}
