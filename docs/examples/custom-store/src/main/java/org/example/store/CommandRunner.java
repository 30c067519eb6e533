package org.example.store;

import dev.hookferry.delivery.CrashSuspicion;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.store.commit.Command;
import dev.hookferry.store.commit.Command.Kind;
import dev.hookferry.store.commit.Command.Reply;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Runs the commands of a commit. */
final class CommandRunner implements Command.Fold<Reply, RuntimeException> {
  private final Ledger.Change change;
  private final DeliveryIndex deliveries;

  CommandRunner(Ledger.Change change) {
    this.change = change;
    deliveries = change.tables().deliveries();
  }

  @Override
  public Reply retry(Command.Retry command) {
    return is(command.site(), command.delivery(), DeliveryState.WAITING)
        ? new Reply(Kind.WAITING, 0)
        : update(command.site(), command.delivery(), command::applyTo);
  }

  @Override
  public Reply skip(Command.Skip command) {
    Optional<DeliveryIndex.Row> row = deliveries.find(command.site(), command.delivery());
    boolean isFree = row.filter(found -> found.owner() == null).isPresent();
    return isFree && !is(command.site(), command.delivery(), DeliveryState.BLOCKED)
        ? new Reply(Kind.NOT_BLOCKED, 0)
        : update(command.site(), command.delivery(), d -> d.skipped(command.at()));
  }

  private boolean is(SiteId site, DeliveryId id, DeliveryState state) {
    return deliveries.find(site, id).filter(row -> row.delivery().state() == state).isPresent();
  }

  @Override
  public Reply cancel(Command.Cancel command) {
    boolean isFinal =
        deliveries
            .find(command.site(), command.delivery())
            .filter(row -> !row.isPending())
            .isPresent();
    return isFinal
        ? new Reply(Kind.FINAL, 0)
        : update(command.site(), command.delivery(), d -> d.cancelled(command.at()));
  }

  private Reply update(SiteId site, DeliveryId id, UnaryOperator<Delivery> step) {
    Optional<DeliveryIndex.Row> row = deliveries.find(site, id);
    if (row.isEmpty()) {
      return new Reply(Kind.NOT_FOUND, 0);
    }
    if (row.get().owner() != null) {
      return new Reply(Kind.OWNED, 0);
    }
    put(step.apply(row.get().delivery()));
    return new Reply(Kind.DONE, 1);
  }

  @Override
  public Reply abandon(Command.Abandon command) {
    List<Delivery> abandoned =
        Stream.concat(
                deliveries.parked().map(DeliveryIndex.Row::delivery),
                deliveries.free(command.endpoint()).stream())
            .filter(delivery -> delivery.endpoint().equals(command.endpoint()))
            .filter(delivery -> delivery.site().equals(command.site()))
            .limit(command.atMost())
            .toList();
    abandoned.forEach(delivery -> put(delivery.cancelled(command.at())));
    return new Reply(Kind.DONE, abandoned.size());
  }

  @Override
  public Reply deliver(Command.Deliver command) {
    Optional<EventRow> row =
        change
            .tables()
            .event(command.site(), command.event())
            .filter(found -> found.event().acceptedAt().equals(command.acceptedAt()));
    if (row.isEmpty()) {
      return new Reply(Kind.NOT_FOUND, 0);
    }
    Set<EndpointId> reached = new HashSet<>();
    for (DeliveryId id : row.get().deliveries()) {
      deliveries.find(command.site(), id).ifPresent(d -> reached.add(d.delivery().endpoint()));
    }
    int added = 0;
    for (Delivery delivery : command.deliveries()) {
      if (reached.add(delivery.endpoint())) {
        put(delivery);
        added++;
      }
    }
    return new Reply(Kind.DONE, added);
  }

  private void put(Delivery delivery) {
    change.add(new Fact.DeliveryChanged(delivery, null, CrashSuspicion.NONE));
  }
}
