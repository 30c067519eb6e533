package dev.hookferry.file;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.endpoint.EndpointId;
import dev.hookferry.port.Command;
import dev.hookferry.port.Command.Kind;
import dev.hookferry.port.Command.Reply;
import dev.hookferry.port.Result;
import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Plans new deliveries of an event that the store has, or that the same batch publishes. */
final class Addressing {
  private final Plan plan;
  private final Lookup lookup;

  Addressing(Plan plan, Lookup lookup) {
    this.plan = plan;
    this.lookup = lookup;
  }

  Reply deliver(Command.Deliver command) throws IOException {
    Optional<Lookup.Found> found = plan.event(command.site(), command.event());
    if (found.isEmpty()) {
      found = lookup.event(command.site(), command.event());
    }
    if (found.isEmpty() || !isMeant(found.get(), command)) {
      return new Reply(Kind.NOT_FOUND, 0);
    }
    Lookup.Found event = found.get();
    Set<EndpointId> reached = reached(event, command);
    int count = 0;
    for (Delivery fresh : command.deliveries()) {
      if (reached.add(fresh.endpoint())) {
        plan.change(
            new Plan.Planned(fresh, event.place().sequence(), false),
            new Result(fresh, null),
            Pending.of(fresh, event.place(), event.record().payloadSize()));
        count++;
      }
    }
    return new Reply(Kind.DONE, count);
  }

  /** An id can be given anew once its event is forgotten. */
  private static boolean isMeant(Lookup.Found found, Command.Deliver command) {
    return found.record().event().acceptedAt().toEpochMilli()
        == command.acceptedAt().toEpochMilli();
  }

  /** The endpoints that the event has a delivery to. */
  private Set<EndpointId> reached(Lookup.Found event, Command.Deliver command) throws IOException {
    Set<EndpointId> reached = new HashSet<>();
    event.record().deliveries().forEach(delivery -> reached.add(delivery.endpoint()));
    lookup.added(event).forEach(delivery -> reached.add(delivery.endpoint()));
    for (Plan.Planned planned : plan.touched()) {
      Delivery delivery = planned.delivery();
      if (delivery.site().equals(command.site()) && delivery.event().equals(command.event())) {
        reached.add(delivery.endpoint());
      }
    }
    return reached;
  }
}
