package dev.hookferry.engine;

import dev.hookferry.contract.support.Samples;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.endpoint.DeliveryOrder;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.engine.effect.Sending;
import dev.hookferry.engine.simulation.World;
import dev.hookferry.event.Event;
import dev.hookferry.event.EventOptions;
import dev.hookferry.store.commit.Command;
import dev.hookferry.store.config.ConfigChange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A node with an endpoint ordered by key, and requests left in flight. */
abstract class OrderedWorld {
  final World world = new World();
  final List<Sending> open = new ArrayList<>();
  Endpoint endpoint = ordered(DeliveryOrder.BY_KEY);

  OrderedWorld() {
    world.retries(1, Duration.ofSeconds(10));
    world.receiver =
        sending -> {
          open.add(sending);
          return null;
        };
  }

  final Endpoint ordered(DeliveryOrder order) {
    Endpoint made = world.endpoint("https://a.example/", "*").with(s -> s.order(order));
    world.configure(new ConfigChange.PutEndpoint(made));
    return made;
  }

  final Event event(@Nullable String key) {
    Event event = world.event(Samples.SITE, "license_created");
    return new Event(
        event.id(),
        event.site(),
        event.type(),
        event.occurredAt(),
        event.acceptedAt(),
        event.payload(),
        event.idempotence(),
        new EventOptions(Map.of(), List.of(), null, key, Map.of(), null, false));
  }

  final Event publish(@Nullable String key) {
    Event event = event(key);
    world.publish(event);
    return event;
  }

  final List<Event> open() {
    return open.stream().map(Sending::event).toList();
  }

  final void end(Outcome outcome) {
    world.end(open.remove(0), outcome);
  }

  final Delivery deliveryOf(Event event) {
    return world.deliveries().stream()
        .filter(delivery -> delivery.event().equals(event.id()))
        .findFirst()
        .orElseThrow();
  }

  final Command.Kind skip(Event event) {
    CompletableFuture<Command.Kind> answer = new CompletableFuture<>();
    world.engine.skip(skipping(event), () -> {}, answer);
    world.run();
    return answer.join();
  }

  final Command.Skip skipping(Event event) {
    return new Command.Skip(Samples.SITE, deliveryOf(event).id(), world.now());
  }
}
