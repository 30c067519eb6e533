package dev.hookferry.file.commit;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.file.pending.PendingDelivery;
import dev.hookferry.file.search.RecordLookup;
import dev.hookferry.id.EndpointId;
import dev.hookferry.store.commit.AttemptResult;
import dev.hookferry.store.commit.Command;
import dev.hookferry.store.commit.Command.Kind;
import dev.hookferry.store.commit.Command.Reply;
import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Plans new deliveries of an event that is already stored or published by the same batch. */
final class DeliveryPlanner {
  private final CommitPlan plan;
  private final RecordLookup lookup;

  DeliveryPlanner(CommitPlan plan, RecordLookup lookup) {
    this.plan = plan;
    this.lookup = lookup;
  }

  Reply deliver(Command.Deliver command) throws IOException {
    Optional<RecordLookup.LocatedEvent> found = plan.event(command.site(), command.event());
    if (found.isEmpty()) {
      found = lookup.event(command.site(), command.event());
    }
    if (found.isEmpty() || !isSameEvent(found.get(), command)) {
      return new Reply(Kind.NOT_FOUND, 0);
    }
    RecordLookup.LocatedEvent event = found.get();
    Set<EndpointId> reached = reached(event, command);
    int count = 0;
    for (Delivery fresh : command.deliveries()) {
      if (reached.add(fresh.endpoint())) {
        plan.change(
            new CommitPlan.Planned(fresh, event.place().sequence(), false),
            new AttemptResult(fresh, null),
            PendingDelivery.of(fresh, event.place(), event.record().payloadSize()));
        count++;
      }
    }
    return new Reply(Kind.DONE, count);
  }

  /** Compares acceptance times, because an id can be reused once its event has expired. */
  private static boolean isSameEvent(RecordLookup.LocatedEvent found, Command.Deliver command) {
    return found.record().event().acceptedAt().toEpochMilli()
        == command.acceptedAt().toEpochMilli();
  }

  /** Returns the endpoints that already have a delivery of the event, planned or stored. */
  private Set<EndpointId> reached(RecordLookup.LocatedEvent event, Command.Deliver command)
      throws IOException {
    Set<EndpointId> reached = new HashSet<>();
    event.record().deliveries().forEach(delivery -> reached.add(delivery.endpoint()));
    lookup.added(event).forEach(delivery -> reached.add(delivery.endpoint()));
    for (CommitPlan.Planned planned : plan.touched()) {
      Delivery delivery = planned.delivery();
      if (delivery.site().equals(command.site()) && delivery.event().equals(command.event())) {
        reached.add(delivery.endpoint());
      }
    }
    return reached;
  }
}
