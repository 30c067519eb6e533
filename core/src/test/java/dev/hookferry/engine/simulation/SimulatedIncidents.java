package dev.hookferry.engine.simulation;

import dev.hookferry.event.Event;
import dev.hookferry.event.Receipt;
import dev.hookferry.id.EventType;
import dev.hookferry.internal.incident.IncidentQueue;
import dev.hookferry.internal.incident.IncidentRules;
import dev.hookferry.observe.EndpointHealthEvent;
import dev.hookferry.store.config.ConfigChange;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Follows up changes in the health of endpoints as the facade does, with the same rules and queue.
 */
final class SimulatedIncidents {
  private static final int FOR_EVER = Integer.MAX_VALUE;
  private static final int TRIES = 100;

  private final Simulation world;
  private final Map<SimulatedNode, IncidentQueue> queues = new HashMap<>();

  SimulatedIncidents(Simulation world) {
    this.world = world;
  }

  private record Host(Simulation world, SimulatedNode node) implements IncidentQueue.Host {
    @Override
    public void after(Duration delay, Runnable action) {
      node.later(delay, action);
    }

    @Override
    public CompletableFuture<List<Receipt>> publish(Event event) {
      return world.producers.publish(node, List.of(event));
    }

    @Override
    public void fault(String text, Throwable cause) {}
  }

  /** A node noticed something of an endpoint. */
  void follow(SimulatedNode node, EndpointHealthEvent news) {
    IncidentQueue queue =
        queues.computeIfAbsent(node, one -> new IncidentQueue(new Host(world, one)));
    queue.later(() -> follow(queue, node, news), Duration.ZERO, FOR_EVER);
  }

  private void follow(IncidentQueue queue, SimulatedNode node, EndpointHealthEvent news) {
    if (news.kind() != EndpointHealthEvent.Kind.GONE
        || world.weather.now(node::reaches, true, () -> isDisabled(news))) {
      tell(queue, node, news);
    }
  }

  private boolean isDisabled(EndpointHealthEvent news) {
    ConfigChange change = IncidentRules.disabling(world.store.config().load(), news);
    if (change != null) {
      world.configure(change);
    }
    return change != null;
  }

  private void tell(IncidentQueue queue, SimulatedNode node, EndpointHealthEvent news) {
    EventType type = IncidentRules.type(news.kind());
    if (IncidentRules.isReported(world.store.config().load(), type, news)) {
      Event event = world.producers.storable(news.site(), type);
      queue.publish(SimulatedProducers.at(event, node.now()), TRIES);
    }
  }
}
