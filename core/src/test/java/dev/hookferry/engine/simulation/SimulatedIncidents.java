package dev.hookferry.engine.simulation;

import dev.hookferry.contract.Samples;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointStatus;
import dev.hookferry.event.OperationalEvents;
import dev.hookferry.id.EventType;
import dev.hookferry.observe.EndpointHealthEvent;
import dev.hookferry.store.config.Config;
import dev.hookferry.store.config.ConfigChange;
import java.time.Duration;
import java.util.List;

/** What the facade makes of news: disables what is gone, and tells those that asked for it. */
final class SimulatedIncidents {
  private static final Duration AGAIN = Duration.ofSeconds(5);

  private final Simulation world;

  SimulatedIncidents(Simulation world) {
    this.world = world;
  }

  /** A node noticed something of an endpoint. */
  void follow(SimulatedNode node, EndpointHealthEvent news) {
    switch (news.kind()) {
      case GONE -> disable(node, news);
      case FAILING -> tell(OperationalEvents.FAILING, news);
      case RECOVERED -> tell(OperationalEvents.RECOVERED, news);
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
                    tell(OperationalEvents.DISABLED, news);
                  }
                }),
        failure -> node.later(AGAIN, () -> disable(node, news)));
  }

  private boolean isDisabled(EndpointHealthEvent news) {
    Endpoint present = world.store.config().load().endpoints().get(news.endpoint());
    if (present == null || !present.enabled()) {
      return false;
    }
    EndpointStatus standing = EndpointStatus.disabled(news.reason(), world.agenda.now());
    world.configure(new ConfigChange.PutEndpoint(present.with(standing)));
    return true;
  }

  private void tell(EventType type, EndpointHealthEvent news) {
    Config config = world.store.config().load();
    boolean isWanted =
        config.endpoints().values().stream()
            .anyMatch(e -> e.wants(type) && !e.id().equals(news.endpoint()));
    if (isWanted && !news.isAboutOperationalEvents() && news.site().equals(Samples.SITE)) {
      world.producers.offer(List.of(world.producers.event(type)));
    }
  }
}
