package dev.hookferry.engine.simulation;

import dev.hookferry.id.EventType;
import dev.hookferry.internal.incident.IncidentRules;
import dev.hookferry.observe.EndpointHealthEvent;
import dev.hookferry.store.config.ConfigChange;
import java.time.Duration;
import java.util.List;

/** Follows up changes in the health of endpoints by the rules of the facade. */
final class SimulatedIncidents {
  private static final Duration AGAIN = Duration.ofSeconds(5);

  private final Simulation world;

  SimulatedIncidents(Simulation world) {
    this.world = world;
  }

  /** A node noticed something of an endpoint. */
  void follow(SimulatedNode node, EndpointHealthEvent news) {
    if (news.kind() == EndpointHealthEvent.Kind.GONE) {
      disable(node, news);
    } else {
      tell(news);
    }
  }

  private void disable(SimulatedNode node, EndpointHealthEvent news) {
    world.weather.call(
        node::reaches,
        true,
        () -> isDisabled(news),
        done ->
            node.read(
                () -> {
                  if (done) {
                    tell(news);
                  }
                }),
        failure -> node.later(AGAIN, () -> disable(node, news)));
  }

  private boolean isDisabled(EndpointHealthEvent news) {
    ConfigChange change = IncidentRules.disabling(world.store.config().load(), news);
    if (change != null) {
      world.configure(change);
    }
    return change != null;
  }

  private void tell(EndpointHealthEvent news) {
    EventType type = IncidentRules.type(news.kind());
    if (IncidentRules.isReported(world.store.config().load(), type, news)) {
      world.producers.offer(List.of(world.producers.event(news.site(), type)));
    }
  }
}
