package dev.hookferry.memory;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.store.commit.Command;
import dev.hookferry.store.commit.Command.Kind;
import dev.hookferry.store.commit.Command.Reply;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Executor of administrative commands on the tables. */
final class MemoryCommands implements Command.Fold<Reply, RuntimeException> {
  private final EventTable events;
  private final DeliveryTable deliveries;

  MemoryCommands(Tables tables) {
    events = tables.events;
    deliveries = tables.deliveries;
  }

  Reply apply(Command command) {
    return command.fold(this);
  }

  @Override
  public Reply retry(Command.Retry command) {
    boolean waits = state(command.site(), command.delivery()) == DeliveryState.WAITING;
    return waits
        ? new Reply(Kind.WAITING, 0)
        : change(command.site(), command.delivery(), command::applyTo);
  }

  @Override
  public Reply cancel(Command.Cancel command) {
    boolean tooLate =
        deliveries
            .find(command.site(), command.delivery())
            .filter(row -> !row.isPending())
            .isPresent();
    return tooLate
        ? new Reply(Kind.FINAL, 0)
        : change(command.site(), command.delivery(), d -> d.cancelled(command.at()));
  }

  @Override
  public Reply skip(Command.Skip command) {
    boolean refused =
        deliveries
            .find(command.site(), command.delivery())
            .filter(row -> row.owner() == null)
            .filter(row -> row.delivery().state() != DeliveryState.BLOCKED)
            .isPresent();
    return refused
        ? new Reply(Kind.NOT_BLOCKED, 0)
        : change(command.site(), command.delivery(), d -> d.skipped(command.at()));
  }

  private @Nullable DeliveryState state(SiteId site, DeliveryId id) {
    return deliveries.find(site, id).map(row -> row.delivery().state()).orElse(null);
  }

  @Override
  public Reply deliver(Command.Deliver command) {
    return events
        .find(command.site(), command.event())
        .filter(kept -> kept.event().acceptedAt().equals(command.acceptedAt()))
        .map(kept -> deliver(command, kept))
        .orElse(new Reply(Kind.NOT_FOUND, 0));
  }

  private Reply deliver(Command.Deliver command, EventTable.Kept kept) {
    Set<EndpointId> reached =
        kept.all().stream()
            .flatMap(id -> deliveries.find(command.site(), id).stream())
            .map(row -> row.delivery().endpoint())
            .collect(Collectors.toCollection(HashSet::new));
    int count = 0;
    for (Delivery fresh : command.deliveries()) {
      if (reached.add(fresh.endpoint())) {
        deliveries.put(fresh, null);
        events.add(kept, fresh.id());
        count++;
      }
    }
    return new Reply(Kind.DONE, count);
  }

  private Reply change(SiteId site, DeliveryId id, UnaryOperator<Delivery> verb) {
    Optional<DeliveryTable.Row> row = deliveries.find(site, id);
    if (row.isEmpty()) {
      return new Reply(Kind.NOT_FOUND, 0);
    }
    if (row.get().owner() != null) {
      return new Reply(Kind.OWNED, 0);
    }
    deliveries.put(verb.apply(row.get().delivery()), null);
    return new Reply(Kind.DONE, 1);
  }

  @Override
  public Reply abandon(Command.Abandon command) {
    List<Delivery> doomed =
        Stream.of(deliveries.parked(command.endpoint()), deliveries.free(command.endpoint()))
            .flatMap(Collection::stream)
            .filter(delivery -> delivery.site().equals(command.site()))
            .limit(command.atMost())
            .toList();
    doomed.forEach(delivery -> deliveries.put(delivery.cancelled(command.at()), null));
    return new Reply(Kind.DONE, doomed.size());
  }
}
